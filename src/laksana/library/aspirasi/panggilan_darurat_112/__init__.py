"""Procedure panggilan-darurat-112: emergency call service 112 (Serang Siaga 112)."""
