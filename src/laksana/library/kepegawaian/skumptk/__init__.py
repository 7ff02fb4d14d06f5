"""Procedure skumptk: the statement for the payment of family allowance (SKUM-PTK)."""
