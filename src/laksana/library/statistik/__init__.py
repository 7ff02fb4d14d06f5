"""Procedures of sectoral statistics."""
