"""Procedures of the household of the office: meetings, guests, food, cleaning."""
