"""Procedure keberatan-informasi: objection to the answer on a public information request."""
