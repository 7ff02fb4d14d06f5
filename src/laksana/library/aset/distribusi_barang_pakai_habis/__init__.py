"""Procedure distribusi-barang-pakai-habis: distribution of consumables."""
