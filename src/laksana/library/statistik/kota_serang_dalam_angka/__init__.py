"""Procedure kota-serang-dalam-angka: compilation of the statistical yearbook Serang Municipality in Figures."""
