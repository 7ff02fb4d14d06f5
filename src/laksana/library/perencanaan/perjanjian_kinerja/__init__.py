"""Procedure perjanjian-kinerja: performance agreement (Perjanjian Kinerja)."""
