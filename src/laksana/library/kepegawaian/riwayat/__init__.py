"""The employee file (riwayat): what is true of an employee from when to when, and what proves it."""
