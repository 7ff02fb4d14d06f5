"""Procedure rapat-bimtek-sosialisasi: meetings, technical training and socialisations."""
