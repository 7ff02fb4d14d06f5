"""Procedure pemeliharaan-kendaraan-dinas: maintenance of official vehicles."""
