"""Procedure makanan-minuman: providing food and drink for meetings and guests."""
