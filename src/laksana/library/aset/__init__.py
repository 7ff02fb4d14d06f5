"""Procedures of supplies and assets of the office."""
