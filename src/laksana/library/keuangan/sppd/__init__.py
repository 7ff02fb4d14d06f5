"""Procedure sppd: official travel - assignment, travel order, advance, report and settlement."""
