"""Procedure informasi-dikecualikan: proposal of exempt information and consequence test."""
