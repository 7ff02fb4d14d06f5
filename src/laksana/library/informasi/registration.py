"""What the books of the PPID share: their numbers, and on what day something counts as received."""

from datetime import date, datetime

from laksana.cases.behaviour import Situation
from laksana.numbering.services import allot
from laksana.worktime.calendar import WorkCalendar
from laksana.worktime.zone import local_day

_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def register_number(situation: Situation, series: str, book: str, day: date) -> str:
    """Return the next number of a book, such as 042/PI/PPID/XI/2026."""
    order = allot(series, day.year, situation.at, situation.case.number)
    return f"{order:03d}/{book}/PPID/{_MONTHS[day.month - 1]}/{day.year}"


def day_received(calendar: WorkCalendar, at: datetime) -> date:
    """Return the day on which something counts as received: after closing time or on a free day, the next working day."""
    day = local_day(at)
    if calendar.is_workday(day) and at <= calendar.closing(day):
        return day
    return calendar.add_workdays(day, 1)
