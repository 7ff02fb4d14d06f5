"""Procedure iku: setting the key performance indicators (IKU)."""
