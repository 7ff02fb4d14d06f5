"""Procedure lkpj: the office's part of the mayor's yearly accountability report (LKPJ)."""
