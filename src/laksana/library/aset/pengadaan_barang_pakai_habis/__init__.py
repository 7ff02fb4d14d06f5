"""Procedure pengadaan-barang-pakai-habis: request for procurement of consumables."""
