"""Procedures of payments and accounts of the office."""
