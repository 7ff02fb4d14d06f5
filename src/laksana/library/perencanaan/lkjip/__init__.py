"""Procedure lkjip: the yearly performance report of the office (LKjIP)."""
