"""Procedure pewarta-warga: selection of citizen journalism contributions."""
