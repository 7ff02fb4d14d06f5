"""Procedure distribusi-barang-modal: distribution of capital goods."""
