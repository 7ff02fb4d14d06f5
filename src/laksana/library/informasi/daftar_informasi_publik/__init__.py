"""Procedure daftar-informasi-publik: the list of public information and the yearly report of the information service."""
