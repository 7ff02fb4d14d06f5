"""Procedure kebersihan-kantor: office cleaning service."""
