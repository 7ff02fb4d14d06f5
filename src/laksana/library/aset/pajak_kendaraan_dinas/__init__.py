"""Procedure pajak-kendaraan-dinas: payment of taxes on official vehicles."""
