"""Lists of what falls due for employees (penjagaan): made by the system weeks ahead, so that nobody has to remember."""
