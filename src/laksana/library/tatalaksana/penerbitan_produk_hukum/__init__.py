"""Procedure penerbitan-produk-hukum: request for the issue of a legal product (decision or regulation)."""
