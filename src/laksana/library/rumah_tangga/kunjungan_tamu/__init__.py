"""Procedure kunjungan-tamu: receiving official visitors from other regions."""
