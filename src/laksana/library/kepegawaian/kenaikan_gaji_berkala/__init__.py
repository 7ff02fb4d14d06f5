"""Procedure kenaikan-gaji-berkala: periodic salary increase (every two years of service in grade)."""
