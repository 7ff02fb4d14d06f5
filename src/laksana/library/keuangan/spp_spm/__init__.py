"""Procedure spp-spm: payment request (SPP) and payment order (SPM) for UP, GU, TU and LS."""
