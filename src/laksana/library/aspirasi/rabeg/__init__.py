"""Procedure rabeg: handling of citizen aspirations and complaints through RABEG."""
