"""Procedure pemeliharaan-hak-akses: maintenance of access rights."""
