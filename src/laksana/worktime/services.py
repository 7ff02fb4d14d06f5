"""The door of `worktime`: the calendar in force, and the changes of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from laksana.worktime.calendar import NoWorkingTimeError, WorkCalendar
from laksana.worktime.changes import changing, on_change, recompute
from laksana.worktime.current import current_calendar, forget_calendar
from laksana.worktime.hours import Hours
from laksana.worktime.models import CalendarChange, Decree, Holiday, OfficeHours, Ramadan
from laksana.worktime.seed import seed_tables, shipped_calendar
from laksana.worktime.tables import read_calendar

__all__ = [
    "DayOff",
    "apply_decree",
    "calendar",
    "forget_calendar",
    "on_change",
    "record_decree",
    "remove_holiday",
    "seed",
    "set_holiday",
    "set_hours",
    "set_ramadan",
    "settle",
    "shipped_calendar",
]


@dataclass(frozen=True)
class DayOff:
    """A day off as a decree lists it."""

    date: date
    category: str
    name: str


def calendar() -> WorkCalendar:
    """Return the office's calendar in force. Raises NoWorkingTimeError where the office has no hours yet."""
    current = current_calendar()
    if not current.hours:
        raise NoWorkingTimeError(_("The office has no office hours yet. Run `laksana init`."))
    return current


def seed(at: datetime) -> int:
    """Lay out hours and the days off of the years around `at` where there are none; return the rows added.

    Run it every year: a new year is added as a forecast until its decree is recorded.
    """
    with changing(at) as change:
        added = seed_tables(at)
        if added:
            change.what = _("Calendar laid out: %(count)d rows added") % {"count": added}
    return added


def record_decree(
    number: str, about: str, issued: date | None = None, source: str = "", *, checked: bool = False
) -> Decree:
    """Return the decree of that number, recorded now if it was not yet."""
    values = {"about": about, "issued": issued, "source": source, "checked": checked}
    return Decree.objects.get_or_create(number=number, defaults=values)[0]


def set_holiday(
    day: date, name: str, category: str, decree: Decree, at: datetime, by: str = ""
) -> CalendarChange:
    """Make `day` a day off by `decree`, or rename it; return the change with what moved."""
    with changing(at, decree, by) as change:
        values = {"name": name, "category": Holiday.Category(category), "decree": decree}
        Holiday.objects.update_or_create(date=day, defaults=values)
        change.what = _("%(day)s is a day off: %(name)s") % {"day": day, "name": name}
    return change


def remove_holiday(day: date, decree: Decree, at: datetime, by: str = "") -> CalendarChange:
    """Make `day` an ordinary day again by `decree`; return the change with what moved.

    Raises Holiday.DoesNotExist when it was no day off.
    """
    with changing(at, decree, by) as change:
        holiday = Holiday.objects.get(date=day)
        holiday.delete()
        change.what = _("%(day)s is no longer a day off: %(name)s") % {"day": day, "name": holiday.name}
    return change


def apply_decree(decree: Decree, days_off: Iterable[DayOff], at: datetime, by: str = "") -> CalendarChange:
    """Replace the days off of the years that a decree lists, such as the SKB of a new year, in one change."""
    listed = {day.date: day for day in days_off}
    years = {day.year for day in listed}
    with changing(at, decree, by) as change:
        before = {row.date: row for row in Holiday.objects.filter(date__year__in=years)}
        Holiday.objects.filter(date__year__in=years).delete()
        Holiday.objects.bulk_create(
            Holiday(date=day.date, category=Holiday.Category(day.category), name=day.name, decree=decree)
            for day in listed.values()
        )
        change.what = _("Days off of %(years)s set; added: %(added)s; removed: %(removed)s") % {
            "years": _listed(years),
            "added": _listed(listed.keys() - before.keys()),
            "removed": _listed(before.keys() - listed.keys()),
        }
    return change


def set_ramadan(
    since: date, until: date, source: str, at: datetime, by: str = "", *, checked: bool = False
) -> CalendarChange:
    """Set the days of a Ramadan, in place of a forecast that overlaps; return the change with what moved.

    Raises ValueError when it would end before it begins.
    """
    if until < since:
        raise ValueError(
            _("Ramadan cannot end on %(until)s before it begins on %(since)s.") % _span(since, until)
        )
    with changing(at, by=by) as change:
        Ramadan.objects.filter(since__lte=until, until__gte=since).delete()
        Ramadan.objects.create(since=since, until=until, source=source, checked=checked)
        change.what = _("Ramadan lasts from %(since)s to %(until)s") % _span(since, until)
    return change


def set_hours(
    kind: str,
    since: date,
    week: Iterable[Hours],
    source: str,
    at: datetime,
    by: str = "",
    *,
    checked: bool = False,
) -> CalendarChange:
    """Let the week of a kind be worked by these hours from `since` on; return the change with what moved.

    A weekday that is not given is off. What was in force until then ends on the day before.
    """
    rows = OfficeHours.objects.filter(kind=OfficeHours.Kind(kind))
    with changing(at, by=by) as change:
        rows.filter(since__gte=since).delete()
        rows.filter(Q(until=None) | Q(until__gte=since)).update(until=since - timedelta(days=1))
        OfficeHours.objects.bulk_create(
            OfficeHours(
                kind=kind,
                weekday=hours.weekday,
                open=hours.open,
                break_start=hours.break_start,
                break_end=hours.break_end,
                close=hours.close,
                since=since,
                source=source,
                checked=checked,
            )
            for hours in week
        )
        change.what = _("Office hours (%(kind)s) change on %(since)s") % {
            "kind": OfficeHours.Kind(kind).label,
            "since": since,
        }
    return change


def settle(at: datetime) -> list[str]:
    """Recompute once more what depends on the calendar; return a line for each thing that moved.

    An action under way while the calendar changed may have used the old one: run regularly, this mends it.
    """
    with transaction.atomic():
        return recompute(read_calendar(), at)


def _span(since: date, until: date) -> dict[str, date]:
    return {"since": since, "until": until}


def _listed(parts: "Iterable[date] | Iterable[int]") -> str:
    return ", ".join(sorted(str(part) for part in parts)) or "-"
