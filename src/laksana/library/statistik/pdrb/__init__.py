"""Procedure pdrb: compilation of gross regional domestic product (GRDP)."""
