"""Working time: add, subtract and measure, in two units that never mix.

*Working minutes* pass only inside office hours. *Working days* count or do not count, whatever their hours.
Nothing here converts one into the other. A calendar is immutable and pure: it knows what it was given, and
reads no clock.

Closed time (night, break, weekend, holiday) is a single point on the line of working time. Adding lands on
its first instant, a closing rather than the next opening; subtracting on its last one, an opening rather than
the closing before it.
"""

from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from types import MappingProxyType

from laksana.sop.duration import Duration, Unit
from laksana.worktime.hours import MICROSECONDS, Hours
from laksana.worktime.year import WorkYear
from laksana.worktime.zone import OFFICE_ZONE

END_OF_DAY = time(23, 59, 59)
SEARCHED_YEARS = 60
"""How many years are searched for working time: a calendar may have no office hours at all."""


class NoWorkingTimeError(ValueError):
    """The office does not work where working time is needed."""


@dataclass(frozen=True, eq=False)
class WorkCalendar:
    """An office's working time. Where several hours cover a day, the last given hold (Ramadan's)."""

    hours: tuple[Hours, ...]
    holidays: Mapping[date, str]
    """Days off, national holidays and cuti bersama, with their names."""
    decreed_through: int | None = None
    """The last year whose days off a decree has set; None where nothing is a forecast."""
    _years: dict[int, WorkYear] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "hours", tuple(self.hours))
        object.__setattr__(self, "holidays", MappingProxyType(dict(self.holidays)))

    def hours_of(self, day: date) -> Hours | None:
        """Return the office hours in force on `day`; None on a day off."""
        if day in self.holidays:
            return None
        return next((hours for hours in reversed(self.hours) if hours.covers(day)), None)

    def is_workday(self, day: date) -> bool:
        """Return whether `day` counts as a working day."""
        return bool(self._year(day.year).spans_of(day))

    def is_open(self, at: datetime) -> bool:
        """Return whether the office works at that instant; at its closing it no longer does."""
        day, instant = _local(at)
        return any(start <= instant < end for start, end in self._year(day.year).spans_of(day))

    def is_forecast(self, day: date) -> bool:
        """Return whether the days off of that year are a forecast (perkiraan), no decree having set them."""
        return self.decreed_through is not None and day.year > self.decreed_through

    def opening(self, day: date) -> datetime:
        """Return when the office opens on `day`. Raises NoWorkingTimeError on a day off."""
        return _at(day, timedelta(microseconds=self._working_spans(day)[0][0]))

    def closing(self, day: date) -> datetime:
        """Return when the office closes on `day`. Raises NoWorkingTimeError on a day off."""
        return _at(day, timedelta(microseconds=self._working_spans(day)[-1][1]))

    def workday_on_or_before(self, day: date) -> date:
        """Return `day` if it is a working day, else the last one before it."""
        return day if self.is_workday(day) else self.subtract_workdays(day, 1)

    def workday_on_or_after(self, day: date) -> date:
        """Return `day` if it is a working day, else the first one after it."""
        return day if self.is_workday(day) else self.add_workdays(day, 1)

    def add_workdays(self, day: date, n: int) -> date:
        """Return the n-th working day after `day`, itself not counted; `day` for 0, backwards below."""
        if n <= 0:
            return self.subtract_workdays(day, -n) if n else day
        year = self._year(day.year)
        index = bisect_right(year.workdays, day.toordinal()) + n - 1
        for _ in range(SEARCHED_YEARS):
            if index < len(year.workdays):
                return date.fromordinal(year.workdays[index])
            index -= len(year.workdays)
            year = self._year(year.number + 1)
        raise NoWorkingTimeError(f"no {n} working days in the {SEARCHED_YEARS} years after {day}")

    def subtract_workdays(self, day: date, n: int) -> date:
        """Return the n-th working day before `day`, itself not counted; `day` for 0, forwards below."""
        if n <= 0:
            return self.add_workdays(day, -n) if n else day
        year = self._year(day.year)
        index = bisect_left(year.workdays, day.toordinal()) - n
        for _ in range(SEARCHED_YEARS):
            if index >= 0:
                return date.fromordinal(year.workdays[index])
            year = self._year(year.number - 1)
            index += len(year.workdays)
        raise NoWorkingTimeError(f"no {n} working days in the {SEARCHED_YEARS} years before {day}")

    def workdays_between(self, a: date, b: date) -> int:
        """Return the working days after `a` up to and including `b`; negative where `b` is before `a`."""
        if b < a:
            return -self.workdays_between(b, a)
        before_a = bisect_right(self._year(a.year).workdays, a.toordinal())
        before_b = bisect_right(self._year(b.year).workdays, b.toordinal())
        return sum(len(self._year(number).workdays) for number in range(a.year, b.year)) + before_b - before_a

    def add_minutes(self, at: datetime, minutes: int) -> datetime:
        """Return the first instant at which `minutes` working minutes have passed since `at`; `at` for 0."""
        return self._add(at, minutes * MICROSECONDS)

    def subtract_minutes(self, at: datetime, minutes: int) -> datetime:
        """Return the last instant from which `minutes` working minutes pass until `at`; `at` for 0."""
        return self._subtract(at, minutes * MICROSECONDS)

    def minutes_between(self, a: datetime, b: datetime) -> int:
        """Return the working minutes from `a` to `b`, negative backwards.

        Each instant stands for the last full minute worked at it, so that the parts of a span always add up.
        """
        if b < a:
            return -self.minutes_between(b, a)
        first, start = self._position(a)
        last, end = self._position(b)
        between = sum(self._year(number).total for number in range(first.number, last.number))
        return (between + end) // MICROSECONDS - start // MICROSECONDS

    def deadline(self, start: datetime, limit: Duration) -> datetime:
        """Return the last instant of a limit that begins at `start`.

        menit, jam: working minutes. menit berjalan, jam berjalan: by the clock. hari kerja: the day of the
        start is not counted; ends at the closing hour of the n-th working day. hari, minggu, bulan, tahun: by
        the calendar, ends at 23:59:59; in a month that lacks the day on its last one.
        """
        day, _ = _local(start)
        match limit.unit:
            case Unit.MINUTE | Unit.HOUR:
                return self._add(start, _microseconds(limit))
            case Unit.RUNNING_MINUTE | Unit.RUNNING_HOUR:
                return start.astimezone(OFFICE_ZONE) + timedelta(microseconds=_microseconds(limit))
            case Unit.WORKDAY:
                return self.closing(self.workday_on_or_after(self.add_workdays(day, int(limit.amount))))
            case _:
                return datetime.combine(_calendar_day(day, limit, 1), END_OF_DAY, OFFICE_ZONE)

    def subtract(self, end: datetime, limit: Duration) -> datetime:
        """Return the last instant that leaves `limit` before `end` ("at the latest 3 hari kerja before").

        The mirror of `deadline`: the day of the end is not counted; ends at the closing hour or at 23:59:59.
        """
        day, _ = _local(end)
        match limit.unit:
            case Unit.MINUTE | Unit.HOUR:
                return self._subtract(end, _microseconds(limit))
            case Unit.RUNNING_MINUTE | Unit.RUNNING_HOUR:
                return end.astimezone(OFFICE_ZONE) - timedelta(microseconds=_microseconds(limit))
            case Unit.WORKDAY:
                return self.closing(self.workday_on_or_before(self.subtract_workdays(day, int(limit.amount))))
            case _:
                return datetime.combine(_calendar_day(day, limit, -1), END_OF_DAY, OFFICE_ZONE)

    def _year(self, number: int) -> WorkYear:
        year = self._years.get(number)
        if year is None:
            if not date.min.year <= number <= date.max.year:
                raise NoWorkingTimeError(f"no calendar reaches the year {number}")
            year = self._years.setdefault(number, WorkYear(number, self.hours_of))
        return year

    def _working_spans(self, day: date) -> tuple[tuple[int, int], ...]:
        spans = self._year(day.year).spans_of(day)
        if not spans:
            why = self.holidays.get(day) or "no office hours"
            raise NoWorkingTimeError(f"{day:%Y-%m-%d} is not a working day: {why}")
        return spans

    def _position(self, at: datetime) -> tuple[WorkYear, int]:
        day, instant = _local(at)
        year = self._year(day.year)
        return year, year.position(day, instant)

    def _add(self, at: datetime, microseconds: int) -> datetime:
        if microseconds <= 0:
            return self._subtract(at, -microseconds) if microseconds else at.astimezone(OFFICE_ZONE)
        year, position = self._position(at)
        position += microseconds
        for _ in range(SEARCHED_YEARS):
            if position <= year.total:
                return _at(*year.earliest(position))
            position -= year.total
            year = self._year(year.number + 1)
        raise NoWorkingTimeError(f"not enough working time in the {SEARCHED_YEARS} years after {at}")

    def _subtract(self, at: datetime, microseconds: int) -> datetime:
        if microseconds <= 0:
            return self._add(at, -microseconds) if microseconds else at.astimezone(OFFICE_ZONE)
        year, position = self._position(at)
        position -= microseconds
        for _ in range(SEARCHED_YEARS):
            if position >= 0:
                return _at(*year.latest(position))
            year = self._year(year.number - 1)
            position += year.total
        raise NoWorkingTimeError(f"not enough working time in the {SEARCHED_YEARS} years before {at}")


def _local(at: datetime) -> tuple[date, int]:
    """Return the day in Asia/Jakarta and the microseconds since its midnight."""
    if at.tzinfo is None:
        raise ValueError(f"{at} says no time zone")
    local = at.astimezone(OFFICE_ZONE)
    seconds = (local.hour * 60 + local.minute) * 60 + local.second
    return local.date(), seconds * 1_000_000 + local.microsecond


def _at(day: date, since_midnight: timedelta) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=OFFICE_ZONE) + since_midnight


def _microseconds(limit: Duration) -> int:
    minutes = limit.amount * 60 if limit.unit in (Unit.HOUR, Unit.RUNNING_HOUR) else limit.amount
    return int(minutes * MICROSECONDS)


def _calendar_day(day: date, limit: Duration, direction: int) -> date:
    amount = int(limit.amount) * direction
    match limit.unit:
        case Unit.DAY:
            return day + timedelta(days=amount)
        case Unit.WEEK:
            return day + timedelta(weeks=amount)
        case Unit.MONTH:
            return months_later(day, amount)
        case _:
            return months_later(day, 12 * amount)


def months_later(day: date, months: int) -> date:
    """Return the day so many months later (earlier when negative), the month's last where it lacks that day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
