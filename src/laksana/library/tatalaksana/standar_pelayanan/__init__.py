"""Procedure standar-pelayanan: writing and fixing service standards (Standar Pelayanan)."""
