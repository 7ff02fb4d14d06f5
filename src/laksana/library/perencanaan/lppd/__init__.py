"""Procedure lppd: the office's figures for the city's report to the central government (LPPD)."""
