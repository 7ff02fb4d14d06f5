"""Procedure phbi-phbn: commemoration of Islamic and national feasts."""
