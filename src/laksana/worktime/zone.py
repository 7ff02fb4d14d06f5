"""The office's time zone."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

OFFICE_ZONE = ZoneInfo("Asia/Jakarta")


def local(at: datetime) -> datetime:
    """Return an instant as the office's clock shows it."""
    return at.astimezone(OFFICE_ZONE)


def local_day(at: datetime) -> date:
    """Return the office's calendar day of an instant."""
    return at.astimezone(OFFICE_ZONE).date()
