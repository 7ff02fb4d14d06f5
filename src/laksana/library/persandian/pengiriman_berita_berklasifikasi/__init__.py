"""Procedure pengiriman-berita-berklasifikasi: secured sending of classified messages (crypto service)."""
