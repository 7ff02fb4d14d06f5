"""An opening in words: "each month, working day 1"."""

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import gettext as _

from laksana.sop.definition import Opening, Procedure


def in_words(opening: Opening, procedure: Procedure) -> str:
    """Return when a case opens; "" where a procedure's Python finds it and only its source says so."""
    if opening.follows:
        return _following(opening, procedure)
    match opening.each:
        case None:
            return ""
        case "day":
            return _daily(opening)
        case "month":
            told = _("each month, %(day)s")
        case "quarter":
            told = _("each quarter, month %(month)d, %(day)s")
        case "half-year":
            told = _("each half-year, month %(month)d, %(day)s")
        case "year":
            told = _("each year in %(name)s, %(day)s")
    return told % {"month": opening.month, "name": MONTHS[opening.month], "day": _day(opening)}


def _following(opening: Opening, procedure: Procedure) -> str:
    date = {"date": procedure.fields[opening.follows or ""].label}
    if opening.ahead is None:
        return _("on the date of the last case: %(date)s") % date
    return _("%(ahead)s before the date of the last case: %(date)s") % {**date, "ahead": opening.ahead}


def _daily(opening: Opening) -> str:
    days = [str(WEEKDAYS[number - 1]) for number in opening.weekdays]
    told = {"days": ", ".join(days), "time": opening.at.replace(":", ".")}
    return _("every %(days)s at %(time)s") % told if days else _("every day at %(time)s") % told


def _day(opening: Opening) -> str:
    if opening.day is not None:
        return _("day %(n)d") % {"n": opening.day}
    if opening.week is not None:
        return _("first working day of week %(n)d") % {"n": opening.week}
    if opening.workday == -1:
        return _("last working day")
    if opening.workday is not None and opening.workday < 0:
        return _("working day %(n)d from the end") % {"n": -opening.workday}
    return _("working day %(n)d") % {"n": opening.workday or 1}
