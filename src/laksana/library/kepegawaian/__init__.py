"""Procedures about the office's own people."""
