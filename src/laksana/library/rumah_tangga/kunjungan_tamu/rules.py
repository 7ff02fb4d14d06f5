"""The rules of visits: hours, notice, how many fit, what is served, and which gifts are reported."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from math import ceil
from typing import Literal

from laksana.library.tables import Row, Settings, Table, YesNo
from laksana.sop.rules import rule
from laksana.worktime.calendar import WorkCalendar
from laksana.worktime.zone import local


class VisitingHours(Row):
    """When visitors are received on a day of the week, 1 for Monday."""

    hari: int
    buka: time
    tutup: time


class Gift(Row):
    """A kind of gift, and whether it must be reported."""

    sifat: str
    wajib_lapor: YesNo


figure = Settings(__file__, "../ketentuan-kunjungan.csv").whole
HOURS = Table(__file__, "../jam-kunjungan.csv", VisitingHours, key="hari")
GIFTS = Table(__file__, "../pemberian-tamu.csv", Gift, key="sifat")


@rule("kunjungan.jam", title="Kunjungan dalam jam kunjungan", source="ketetapan kantor")
def within_hours(start: datetime, minutes: int, calendar: WorkCalendar) -> bool:
    """Return whether a visit lies wholly within the visiting hours of a working day."""
    begins, ends = local(start), local(start + timedelta(minutes=minutes))
    hours = HOURS.get(str(begins.isoweekday()))
    if hours is None or not calendar.is_workday(begins.date()) or ends.date() != begins.date():
        return False
    return begins.time() >= hours.buka and ends.time() <= hours.tutup


@rule("kunjungan.tenggang", title="Hari kerja antara permohonan dan kunjungan", source="ketetapan kantor")
def notice(submitted: date, visit: date, calendar: WorkCalendar) -> int:
    """Return the working days between the day of a request and that of the visit, neither counted."""
    return max(0, calendar.workdays_between(submitted, visit - timedelta(days=1)))


@rule("kunjungan.paruh-hari", title="Paruh hari kunjungan", source="ketetapan kantor")
def half_day(start: datetime) -> Literal["pagi", "siang"]:
    """Return the half of the day in which a visit begins."""
    return "pagi" if local(start).time() < time(12) else "siang"


@rule("kunjungan.porsi", title="Porsi jamuan terbanyak", source="ketetapan kantor")
def portions(guests: int) -> int:
    """Return the portions for so many guests and their hosts."""
    return guests + ceil(Fraction(guests * figure("tuan_rumah_persen"), 100))


@rule("kunjungan.wajib-lapor", title="Pemberian yang wajib dilaporkan", source="UU 20/2001 pasal 12C")
def must_report(kinds: Collection[str]) -> bool:
    """Return whether any of these kinds of gifts must be reported."""
    return any(GIFTS[kind].wajib_lapor for kind in kinds)
