"""Procedure integrasi-aplikasi: integration of applications and data sharing between agencies."""
