"""Procedure dpa: making the budget execution document (DPA) and the cash plan."""
