"""Procedure backup-internal: internal (on-site) backup of electronic records of ordinary and excluded official documents."""
