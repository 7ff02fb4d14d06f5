"""Procedures of statistics: the yearbook Kota Serang Dalam Angka and the gross regional domestic product."""
