"""The calendar of the reference, 2024 to 2032, with days off on weekdays and at weekends."""

from datetime import date, time

from laksana.worktime.calendar import WorkCalendar
from laksana.worktime.hours import Hours

DECREED = (
    (1, 1), (1, 16), (2, 16), (2, 17), (3, 18), (3, 19), (3, 20), (3, 21), (3, 22), (3, 23), (3, 24), (4, 3), (4, 5),
    (5, 1), (5, 14), (5, 15), (5, 27), (5, 28), (5, 31), (6, 1), (6, 16), (8, 17), (8, 25), (12, 24), (12, 25),
)  # fmt: skip
"""The days off of 2026 by the joint decree of three ministers (1497/2025, 2/2025, 5/2025); laid on the other years as well."""
YEARS = range(2024, 2034)
HOLIDAYS = {date(year, month, day): "libur" for year in YEARS for month, day in DECREED}
CLOSES = {0: time(16), 1: time(16), 2: time(16), 3: time(16), 4: time(16, 30)}
CALENDAR = WorkCalendar(
    tuple(
        Hours(day, time(7, 30), close, time(11, 30) if day == 4 else time(12), time(13))
        for day, close in CLOSES.items()
    ),
    HOLIDAYS,
)
"""The office's hours by the reference: until four, on Fridays until half past four."""
