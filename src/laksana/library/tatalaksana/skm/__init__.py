"""Procedure skm: the public satisfaction survey (SKM) and its report."""
