"""Procedure rka: preparation of the budget work plan (RKA-SKPD)."""
