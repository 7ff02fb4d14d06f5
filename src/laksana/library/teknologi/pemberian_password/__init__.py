"""Procedure pemberian-password: issuing of passwords and official accounts."""
