"""Procedure data-center: data centre maintenance and access."""
