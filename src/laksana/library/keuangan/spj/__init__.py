"""Procedure spj: monthly accountability report of the expenditure treasurer (SPJ/LPJ)."""
