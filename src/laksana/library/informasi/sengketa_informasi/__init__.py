"""Information dispute at the Information Commission."""
