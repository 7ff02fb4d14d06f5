"""Procedure backup-eksternal: external (off-site) backup of electronic records of ordinary and excluded official documents."""
