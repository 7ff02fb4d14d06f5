"""What the office promises of its backups by class of data and place: how old, how fast, and how often tried."""

from collections.abc import Collection
from datetime import date

from laksana.library.tables import Row, Table
from laksana.sop.rules import rule
from laksana.worktime.calendar import WorkCalendar, months_later


class Promise(Row):
    """How old the newest copy may be, how long a restore may take, in hours, and after how many months it is tried."""

    kelas: str
    tempat: str
    rpo_jam: int
    rto_jam: int
    uji_bulan: int


PROMISES = Table(__file__, "ketentuan-pencadangan.csv", Promise)


def promised(place: str, classes: Collection[str]) -> list[Promise]:
    """Return what is promised at a place (internal, eksternal) for these classes of data."""
    return [row for row in PROMISES.rows() if row.tempat == place and row.kelas in classes]


@rule("pencadangan.uji-berkala", title="Uji pemulihan berikut", source="kebijakan pencadangan")
def test_due(lulus: date, tempat: str, kelas: list[str], calendar: WorkCalendar) -> date:
    """Return when the next trial of a restore is due after one that passed: for the class that is tried most often."""
    months = min(row.uji_bulan for row in promised(tempat, kelas))
    return calendar.workday_on_or_after(months_later(lulus, months))


def longest_restore(place: str, classes: Collection[str]) -> int:
    """Return how many minutes a restore of these classes may take."""
    return min(row.rto_jam for row in promised(place, classes)) * 60
