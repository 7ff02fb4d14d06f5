"""Procedure penerimaan-berita-berklasifikasi: secured receipt of classified messages (crypto service)."""
