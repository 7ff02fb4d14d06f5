"""Procedure bahan-bacaan: buying reading matter and legislation."""
