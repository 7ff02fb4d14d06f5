"""Procedure skp-asn: employee performance targets (SKP) and performance evaluation."""
