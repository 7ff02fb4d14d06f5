"""An agenda as RFC 5545 has it, for calendars on phones and desks."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from icalendar import Calendar, Event

from laksana.agenda.services import Entry, Kind

_SHOWN_BEFORE = timedelta(minutes=30)
"""How long before its end a limit stands in the calendar: an event without length is not drawn by most of them."""


def to_ical(entries: Iterable[Entry], name: str, host: str, at: datetime) -> bytes:
    """Return the entries as an iCalendar file. `host` makes their names unique in the world; `at` is when it was read."""
    calendar = Calendar()
    calendar.add("prodid", "-//Laksana//Agenda//ID")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"value": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(entry, host, at))
    return bytes(calendar.to_ical())


def _event(entry: Entry, host: str, at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{entry.key}@{host}")
    event.add("dtstamp", at)
    event.add("summary", entry.text)
    event.add("categories", [entry.kind.value])
    if entry.due is None:
        event.add("dtstart", entry.first)
        event.add("dtend", entry.last + timedelta(days=1))
    else:
        event.add("dtstart", entry.due - _SHOWN_BEFORE)
        event.add("dtend", entry.due)
    event.add("transp", "OPAQUE" if entry.kind is Kind.ABSENCE else "TRANSPARENT")
    return event
