"""Procedure rabeg-email: intake of citizen aspirations through the RABEG e-mail account."""
