"""Retirement (pension) proposal."""
