"""Procedure pemeliharaan-gedung-kantor: maintenance and repair of the office building."""
