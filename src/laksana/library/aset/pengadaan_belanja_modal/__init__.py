"""Procedure pengadaan-belanja-modal."""
