"""Procedure kehadiran-manual: manual attendance data (monthly recap)."""
