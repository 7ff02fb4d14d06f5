"""Procedure renstra: the five-year strategic plan of the office (Renstra)."""
