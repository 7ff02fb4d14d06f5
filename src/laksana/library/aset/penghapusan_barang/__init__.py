"""Procedure penghapusan-barang: proposal for write-off and disposal of regional assets."""
