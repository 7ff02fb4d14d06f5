"""Procedure pengembangan-aplikasi: building and developing applications for the city's agencies."""
