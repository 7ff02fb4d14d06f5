"""The office's time zone."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

OFFICE_ZONE = ZoneInfo("Asia/Jakarta")


def local(at: datetime) -> datetime:
    """Return an instant as the office's clock shows it."""
    return at.astimezone(OFFICE_ZONE)


def local_day(at: datetime) -> date:
    """Return the office's calendar day of an instant."""
    return at.astimezone(OFFICE_ZONE).date()


def day_begins(day: date) -> datetime:
    """Return the instant at which a calendar day begins in the office."""
    return datetime.combine(day, time(), OFFICE_ZONE)
