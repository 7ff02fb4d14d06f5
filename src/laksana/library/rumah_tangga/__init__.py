"""Procedures of the household of the office"""
