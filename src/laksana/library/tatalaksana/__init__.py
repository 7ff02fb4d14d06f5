"""Procedures about the office's own rules"""
