"""How a piece of work stands against its standard time, as a page says it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from laksana.worktime.calendar import WorkCalendar
from laksana.worktime.zone import local, local_day

SOON = 75
"""From this share of the standard time on, in percent, work counts as due soon."""
MINUTES_OF_A_DAY = 450
"""For saying long spans of working minutes in days only; limits are never computed with it."""


@dataclass(frozen=True)
class Standing:
    """How far the standard time is used up. `state` is "ok", "soon" or "late", "" without a limit."""

    state: str
    text: str
    percent: int
    due_at: datetime | None = None


def standing(opened_at: datetime, due_at: datetime | None, at: datetime, calendar: WorkCalendar) -> Standing:
    """Return how open work stands at an instant."""
    if due_at is None:
        return Standing("", _("No time limit"), 0)
    if at > due_at:
        over = calendar.minutes_between(due_at, at)
        text = _("Late by %(time)s") % {"time": working_time(over)} if over else _("Late")
        return Standing("late", text, 100, due_at)
    whole = calendar.minutes_between(opened_at, due_at)
    used = calendar.minutes_between(opened_at, at)
    percent = min(100, max(0, 100 * used // whole)) if whole > 0 else 0
    days = calendar.workdays_between(local_day(at), local_day(due_at))
    state = "soon" if percent >= SOON or days <= 0 else "ok"
    return Standing(state, _remaining(at, due_at, days), percent, due_at)


def _remaining(at: datetime, due_at: datetime, workdays: int) -> str:
    clock = date_format(local(due_at), "H.i")
    away = (local_day(due_at) - local_day(at)).days
    if away == 0:
        return _("Today, %(time)s") % {"time": clock}
    if away == 1:
        return _("Tomorrow, %(time)s") % {"time": clock}
    if workdays <= 0:
        return _("On %(day)s, %(time)s") % {"day": day_text(local_day(due_at)), "time": clock}
    return ngettext("%(count)s working day left", "%(count)s working days left", workdays) % {
        "count": workdays
    }


def day_text(day: date) -> str:
    """Return a day as it is written: 24 November 2026."""
    return date_format(day, "j F Y")


def working_time(minutes: int) -> str:
    """Return working minutes as they are said: 48 menit, 2 jam 10 menit, 2,6 hari kerja."""
    if minutes < 60:
        return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
    if minutes < MINUTES_OF_A_DAY:
        hours, rest = divmod(minutes, 60)
        said = ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
        return said if not rest else said + " " + working_time(rest)
    days = _tenths(minutes / MINUTES_OF_A_DAY)
    return ngettext("%(count)s working day", "%(count)s working days", 1 if days == "1" else 2) % {
        "count": days
    }


def short_time(minutes: int) -> str:
    """Return working minutes in the least room, as a figure in a symbol: 48 mnt, 2,2 jam, 2,6 hk."""
    if minutes < 60:
        return _("%(count)s min") % {"count": minutes}
    if minutes < MINUTES_OF_A_DAY:
        return _("%(count)s hr") % {"count": _tenths(minutes / 60)}
    return _("%(count)s wd") % {"count": _tenths(minutes / MINUTES_OF_A_DAY)}


def _tenths(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0").replace(".", ",")
