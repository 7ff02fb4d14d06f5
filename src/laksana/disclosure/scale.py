"""How places on a page are counted."""

WHOLE = 10_000
"""A page is so many parts wide and so many high; the places of marks are counted in them from the upper left."""
