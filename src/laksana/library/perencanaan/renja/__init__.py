"""Procedure renja: preparation of the yearly work plan of the dinas (Renja)."""
