"""What the budget execution document must satisfy: its days, its lines, the cash plan, and who may approve a shift."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from laksana.library.rounding import down
from laksana.library.tables import Row, Settings, Table
from laksana.sop.rules import rule
from laksana.worktime.calendar import WorkCalendar

LEVELS = ("jenis", "jenis", "jenis", "objek", "rincian_objek", "sub_rincian")
"""Of each part of an account's code: the level of a shift between codes that differ there first."""
LAW = "Permendagri 77/2020"
Key = tuple[str, str, str]
"""What a line is known by: sub kegiatan, account, source of money."""


class Authority(Row):
    """Who approves a shift that changes nothing above a level; `urutan` grows with the level."""

    tingkat: str
    urutan: int
    berwenang: str
    nama: str


AUTHORITIES = Table(__file__, "../kewenangan-pergeseran.csv", Authority, key="tingkat")
figure = Settings(__file__, "../ketentuan-dpa.csv").whole


@rule("dpa.jatuh-tempo", title="Batas penyusunan DPA", source="PP 12/2019", checked=True)
def due_after(day: date, workdays: int, calendar: WorkCalendar) -> date:
    """Return the last day of so many working days; the first is the working day after `day`."""
    return calendar.add_workdays(day, workdays)


@rule("dpa.gaji-14", title="Anggaran kas gaji", source="pola belanja gaji; pilihan sistem")
def payroll_plan(amount: Decimal, holiday_month: int) -> list[Decimal]:
    """Return twelve months in rupiah: equal shares, one more for THR and for the 13th salary, what is left over in December."""
    shares = figure("bagian_gaji")
    share = down(amount / shares)
    plan = [share] * 12
    for month in (holiday_month, figure("bulan_gaji_13")):
        plan[month - 1] += share
    plan[11] += amount - shares * share
    return plan


@rule("dpa.spd-kumulatif", title="SPD kumulatif per triwulan", source=LAW)
def released(months: Sequence[Decimal]) -> list[Decimal]:
    """Return in rupiah what the SPD of each quarter releases up to its end: the cash plan of all months until then."""
    return [sum(months[: 3 * quarter], Decimal()) for quarter in range(1, 5)]


@rule("dpa.tingkat-pergeseran", title="Tingkat pergeseran", source=LAW, checked=True)
def level_of_shift(source: str, target: str, new_item: bool = False) -> str:
    """Return the highest level that a shift between two accounts changes; within one, whether it brings a new item."""
    for level, ours, theirs in zip(LEVELS, source.split("."), target.split("."), strict=True):
        if ours != theirs:
            return level
    return "item" if new_item else "uraian"


def authority(levels: Sequence[str]) -> str:
    """Return who approves shifts of these levels: whoever approves the highest of them."""
    return max((AUTHORITIES[level] for level in levels), key=lambda row: row.urutan).berwenang


@rule("dpa.rangkap", title="Rangkap jabatan pengelola keuangan", source="PP 12/2019")
def doubled(roles: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the people who are PPK-SKPD and besides that treasurer or PPTK."""
    barred = {*roles.get("BENDAHARA", ()), *roles.get("PPTK", ())}
    return [name for name in roles.get("PPK_SKPD", ()) if name in barred]


def lines(rows: Sequence[Mapping[str, Any]]) -> dict[Key, Decimal]:
    """Return line -> rupiah of a table of lines."""
    found: dict[Key, Decimal] = {}
    for row in rows:
        key = (row["sub_kegiatan"], row["kode_rekening"], row["sumber_dana"])
        found[key] = found.get(key, Decimal()) + row["jumlah"]
    return found


@rule("dpa.total-tetap", title="Baris sesudah pergeseran", source=LAW)
def shifted(before: Mapping[Key, Decimal], shifts: Sequence[Mapping[str, Any]]) -> dict[Key, Decimal]:
    """Return the lines after shifts, in rupiah: what leaves one line comes to another, so that the total stays."""
    after = dict(before)
    for row in shifts:
        for column, sign in (("dari_rekening", -1), ("ke_rekening", 1)):
            key = (row["sub_kegiatan"], row[column], row["sumber_dana"])
            after[key] = after.get(key, Decimal()) + sign * row["jumlah"]
    return after


def differences(
    actual: Mapping[Key, Decimal], wanted: Mapping[Key, Decimal]
) -> Iterator[tuple[Key, Decimal]]:
    """Yield each line that is not as it must be, and by how many rupiah it is more."""
    for key in sorted({*actual, *wanted}):
        if gap := actual.get(key, Decimal()) - wanted.get(key, Decimal()):
            yield key, gap
