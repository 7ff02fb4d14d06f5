"""Procedure capaian-kinerja: quarterly performance achievement report."""
