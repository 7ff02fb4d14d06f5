"""The days of a month: entries of several sources become one code for each employee and day, and these a recap."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from laksana.library.kepegawaian.kehadiran_manual.rules import (
    cut_percent,
    days_of_month,
    minutes_off,
    rate_of,
    shift_minutes,
)
from laksana.library.rounding import half_up
from laksana.worktime.calendar import WorkCalendar

Rows = Sequence[Mapping[str, Any]]
PRESENT, TRAVEL, MISSING = "H", "DL", "TK"
MACHINE = "entri_mesin"
"""Under this name stands what the machines say of the month, which no form asks for."""
COUNTED = ("H", "DL", "C", "S", "I", "TB", "TK")
"""The codes that a working day may have; L and CB stand on days off."""


@dataclass(frozen=True)
class Mark:
    """What is known of one employee's day."""

    code: str
    came: time | None = None
    left: time | None = None
    shift: tuple[time, time] | None = None

    @property
    def counted(self) -> str:
        """Return the code that counts: presence without any mark is absence."""
        return MISSING if self.code == PRESENT and self.came is None and self.left is None else self.code


Marks = dict[int, dict[date, Mark]]
"""Employee -> day -> mark."""


def days_of(row: Mapping[str, Any], calendar: WorkCalendar) -> list[date]:
    """Return the days that a row speaks of: its own, or the working days of its span."""
    first, last = row["tanggal"], row.get("sampai")
    if last is None:
        return [first]
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if calendar.is_workday(day)]


def merged(values: Mapping[str, Any], calendar: WorkCalendar) -> Marks:
    """Return a mark for each employee and day: leave and travel over the sheets, these over the machine, corrections over all."""
    other: Rows = values.get("entri_lain") or ()
    layers: tuple[Iterable[Mapping[str, Any]], ...] = (
        values.get(MACHINE) or (),
        [row for row in other if row["sumber"] == "elektronik"],
        values.get("entri") or (),
        values.get("data_cuti") or (),
        [row for row in other if row["sumber"] != "elektronik"],
    )
    month = set(days_of_month(values["bulan"]))
    marks: Marks = defaultdict(dict)
    for rows in layers:
        for row in rows:
            begins, ends = row.get("jadwal_masuk"), row.get("jadwal_pulang")
            shift = (begins, ends) if begins and ends else None
            mark = Mark(row["kode"], row.get("jam_masuk"), row.get("jam_pulang"), shift)
            marks[row["pegawai"]] |= {day: mark for day in days_of(row, calendar) if day in month}
    for row in values.get("koreksi_sah") or ():
        mark = Mark(row["kode_seharusnya"], row.get("jam_masuk"), row.get("jam_pulang"))
        marks[row["pegawai"]][row["tanggal"]] = mark
    return marks


def gaps(marks: Marks, month: date, calendar: WorkCalendar) -> Iterator[tuple[int, list[date]]]:
    """Yield each employee with the working days that have no code; who works in shifts has a roster of his own."""
    workdays = [day for day in days_of_month(month) if calendar.is_workday(day)]
    for person, days in marks.items():
        missing = [day for day in workdays if day not in days or days[day].counted not in COUNTED]
        if missing and not any(mark.shift for mark in days.values()):
            yield person, missing


def absent_days(days: Mapping[date, Mark]) -> list[date]:
    """Return the days of absence without a valid reason."""
    return sorted(day for day, mark in days.items() if mark.counted == MISSING)


def recap(days: Mapping[date, Mark], calendar: WorkCalendar) -> dict[str, Any]:
    """Return an employee's month: days by code, lateness and early leaving, minutes worked, and the cut in percent."""
    codes = [mark.counted for mark in days.values()]
    late: list[int | None] = []
    early: list[int | None] = []
    worked = 0
    for day, mark in days.items():
        span = _span(day, mark, calendar)
        if span is None:
            continue
        opens, closes, minutes = span
        if mark.counted == PRESENT:
            came_late, left_early = minutes_off(opens, closes, mark.came, mark.left)
            late.append(came_late)
            early.append(left_early)
            complete = came_late is not None and left_early is not None
            worked += max(0, minutes - (came_late or 0) - (left_early or 0)) if complete else 0
        elif mark.counted == TRAVEL:
            worked += minutes
    rates = [*(rate_of("tl", each) for each in late), *(rate_of("psw", each) for each in early)]
    events = [rate.persen for rate in rates if rate is not None]
    return {
        **{code.lower(): codes.count(code) for code in COUNTED},
        "tl_kali": sum(each is None or each > 0 for each in late),
        "tl_menit": sum(each or 0 for each in late),
        "psw_kali": sum(each is None or each > 0 for each in early),
        "psw_menit": sum(each or 0 for each in early),
        "menit_kerja": worked,
        "persen_potongan": half_up(cut_percent(events, codes.count(MISSING))),
    }


def _span(day: date, mark: Mark, calendar: WorkCalendar) -> tuple[time, time, int] | None:
    """Return when work begins and ends and its minutes, by the employee's roster or else the office; None for a day off."""
    if mark.shift:
        begins, ends = mark.shift
        return begins, ends, shift_minutes(begins, ends)
    hours = calendar.hours_of(day)
    return (hours.open, hours.close, hours.minutes) if hours else None
