"""Subject teknologi: applications, accounts, backups and the data centre."""
