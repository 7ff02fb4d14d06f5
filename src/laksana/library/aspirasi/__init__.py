"""Subject aspirasi: what citizens report and call for."""
