"""Procedure bahan-bakar-kendaraan-dinas: fuel for official vehicles."""
