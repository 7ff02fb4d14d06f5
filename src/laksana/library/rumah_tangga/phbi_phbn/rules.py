"""The rules of feasts: when a case opens, on which day a feast is kept, flags, and the rate of attendance."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from laksana.library.rounding import percent
from laksana.library.tables import Row, Settings, Table, YesNo
from laksana.sop.rules import rule
from laksana.worktime.calendar import WorkCalendar


class Feast(Row):
    """A feast: its group, and whether its ceremony stays on its day whatever the calendar says."""

    kode: str
    nama: str
    kelompok: Literal["PHBI", "PHBN"]
    tetap: YesNo


class FeastDay(Row):
    """One day on which a feast falls."""

    kode: str
    tanggal: date


class Flag(Row):
    """How the flag flies, from so many days to so many days of the feast."""

    kode: str
    dari: int
    sampai: int
    bentuk: Literal["penuh", "setengah_tiang"]
    pukul: str


FEASTS = Table(__file__, "../hari-besar.csv", Feast, key="kode")
DAYS = Table(__file__, "../tanggal-hari-besar.csv", FeastDay)
FLAGS = Table(__file__, "../jadwal-bendera.csv", Flag)
figure = Settings(__file__, "../ketentuan-hari-besar.csv").whole


@rule("hari-besar.berikut", title="Tanggal hari besar berikutnya", source="tanggal-hari-besar.csv")
def next_day(feast: str, since: date) -> date | None:
    """Return the first day of a feast on or after a day; None where the list ends before it."""
    return min(
        (row.tanggal for row in DAYS.rows() if row.kode == feast and row.tanggal >= since), default=None
    )


@rule("hari-besar.pengingat", title="Hari berkas dibuka", source="ketetapan kantor")
def opens(day: date) -> date:
    """Return the calendar day on which a feast's case opens."""
    return day - timedelta(days=figure("pengingat_hari"))


@rule("hari-besar.geser", title="Tanggal kegiatan yang diusulkan", source="praktik kantor; edaran menentukan")
def kept_on(group: str, stays: bool, day: date, ordered: date | None, calendar: WorkCalendar) -> date:
    """Return the day proposed: that of a circular, of a fixed feast the day itself, else a working day by its group."""
    if ordered or stays:
        return ordered or day
    if group == "PHBN":
        return calendar.workday_on_or_after(day)
    first, last = figure("phbi_paling_awal_hari"), figure("phbi_paling_lambat_hari")
    around = [day + timedelta(days=n) for n in range(-first, last + 1)]
    fit = [each for each in around if calendar.is_workday(each)]
    return min(fit, key=lambda each: (abs(each - day), day - each), default=day)


@rule("hari-besar.bendera", title="Jadwal bendera", source="UU 24/2009 pasal 7 dan edaran tahunan")
def flags(feast: str, group: str, day: date) -> Iterator[tuple[date, Flag]]:
    """Yield each day on which the flag flies for a feast, and how."""
    own = [row for row in FLAGS.rows() if row.kode == feast]
    for row in own or [row for row in FLAGS.rows() if row.kode == group]:
        for n in range(row.dari, row.sampai + 1):
            yield day + timedelta(days=n), row


@rule("hari-besar.kehadiran", title="Persentase kehadiran", source="praktik kantor")
def attendance(present: int, ordered: int, excused: int) -> Decimal | None:
    """Return who came, in percent with one decimal of those ordered to come and not excused; None where all are."""
    return percent(Decimal(present), Decimal(ordered - excused), 1)
