"""Procedure pemeliharaan-peralatan-kantor: maintenance of office building equipment."""
