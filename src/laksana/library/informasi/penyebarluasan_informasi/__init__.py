"""Dissemination of information on local government."""
