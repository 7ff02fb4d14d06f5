"""Calendars to test with: the hours of Perpres 21/2023, Ramadan 2026 and holidays around them."""

from datetime import date, datetime, time

from laksana.worktime.calendar import WorkCalendar
from laksana.worktime.hours import Hours
from laksana.worktime.zone import OFFICE_ZONE

RAMADAN = (date(2026, 2, 19), date(2026, 3, 20))
ORDINARY_HOURS = [
    *(Hours(day, time(7, 30), time(16, 0), time(12, 0), time(13, 0)) for day in range(4)),
    Hours(4, time(7, 30), time(16, 30), time(11, 30), time(13, 0)),
]
RAMADAN_HOURS = [
    *(Hours(day, time(8, 0), time(15, 0), time(12, 0), time(12, 30), *RAMADAN) for day in range(4)),
    Hours(4, time(8, 0), time(15, 30), time(11, 30), time(12, 30), *RAMADAN),
]
HOLIDAYS = {
    date(2026, 1, 1): "Tahun Baru 2026 Masehi",
    date(2026, 3, 18): "Cuti bersama Nyepi",
    date(2026, 3, 19): "Hari Suci Nyepi",
    date(2026, 3, 20): "Cuti bersama Idulfitri",
    date(2026, 3, 21): "Idulfitri 1447 Hijriah",
    date(2026, 3, 23): "Cuti bersama Idulfitri",
    date(2026, 3, 24): "Cuti bersama Idulfitri",
    date(2026, 12, 24): "Cuti bersama Natal",
    date(2026, 12, 25): "Kelahiran Yesus Kristus",
    date(2027, 1, 1): "Tahun Baru 2027 Masehi",
}
OFFICE = WorkCalendar((*ORDINARY_HOURS, *RAMADAN_HOURS), HOLIDAYS, decreed_through=2026)


def wib(text: str) -> datetime:
    """Return the instant of "2026-11-10 09:20" in Asia/Jakarta."""
    return datetime.fromisoformat(text).replace(tzinfo=OFFICE_ZONE)
