"""What the calendar opens: cases that nobody asks for, because their period has come, or a date of the one before."""
