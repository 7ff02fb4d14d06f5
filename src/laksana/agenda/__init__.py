"""What a person has before him by day: tasks due, time limits, absences, days off; and the feed of it."""
