"""Procedure permohonan-informasi: public information request."""
