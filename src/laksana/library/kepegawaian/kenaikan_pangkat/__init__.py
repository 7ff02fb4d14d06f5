"""Procedure kenaikan-pangkat: promotion in rank."""
