"""Procedures of plans and budgets of the office."""
