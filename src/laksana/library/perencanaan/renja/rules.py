"""The rules of the yearly work plan: codes of the nomenclature, calendar weeks, sums, forward estimates, progress."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from laksana.library.rounding import half_up
from laksana.library.tables import Listed, Row, Table
from laksana.sop.rules import rule
from laksana.worktime.calendar import WorkCalendar

Rows = Sequence[Mapping[str, Any]]
SUPPORT = "X.XX"
"""What the nomenclature writes for the bidang urusan of the programme that every dinas has."""


class Setting(Row):
    """A figure or a word that the office sets."""

    ketentuan: str
    angka: Decimal = Decimal()
    kata: str = ""


class Milestone(Row):
    """The week in which a stage must be done: the week of a month of the year that lies so far from the plan's."""

    tahap: str
    nama: str
    minggu: int
    bulan: int
    tahun: int


class SubActivity(Row):
    """A sub kegiatan of the nomenclature, and the codes that it took the place of."""

    kode_program: str
    program: str
    kode_kegiatan: str
    kegiatan: str
    kode_sub_kegiatan: str
    sub_kegiatan: str
    kinerja: str
    indikator: str
    satuan: str
    jenis: str = ""
    kode_sebelumnya: Listed = ()


SETTINGS = Table(__file__, "../ketentuan-renja.csv", Setting, key="ketentuan")
SCHEDULE = Table(__file__, "../jadwal-renja.csv", Milestone, key="tahap")
NOMENCLATURE = Table(__file__, "../nomenklatur-subkegiatan.csv", SubActivity, key="kode_sub_kegiatan")


@rule(
    "renja.kode",
    title="Sub kegiatan menurut nomenklatur",
    source="Permendagri 90/2019 dan pemutakhirannya",
    checked=True,
)
def sub_activity(code: str) -> SubActivity | None:
    """Return what the nomenclature says of a code; None for one that it lacks, a superseded one, or a support code of others."""
    return NOMENCLATURE.get(_as_written(code))


@rule(
    "renja.kode-lama",
    title="Pengganti kode lama",
    source="Permendagri 90/2019 dan pemutakhirannya",
    checked=True,
)
def successor(code: str) -> SubActivity | None:
    """Return the sub kegiatan that took the place of a superseded code, or None."""
    written = _as_written(code)
    return next((row for row in NOMENCLATURE.rows() if written in row.kode_sebelumnya), None)


def _as_written(code: str) -> str:
    """Return a code as the nomenclature writes it: that of the support programme without the dinas's own bidang urusan."""
    own = SETTINGS["bidang_urusan"].kata
    return SUPPORT + code.removeprefix(own) if code.startswith(f"{own}.01.") else code


def upward(code: str) -> tuple[str, str]:
    """Return the codes of the program and of the kegiatan in which a sub kegiatan lies."""
    parts = code.split(".")
    return ".".join(parts[:3]), ".".join(parts[:5])


@rule("renja.jumlah", title="Jumlah pagu ke atas", source="Permendagri 86/2017")
def summed(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the money of each program and kegiatan, in rupiah and not rounded, in the order of their codes."""
    sums: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in rows:
        for code, level in zip(upward(row["sub_kegiatan"]), ("program", "kegiatan"), strict=True):
            sums[code, level] += row["pagu"]
    return [{"kode": code, "tingkat": level, "jumlah": sums[code, level]} for code, level in sorted(sums)]


@rule("renja.prakiraan-maju", title="Prakiraan maju", source="pilihan sistem")
def forward(ceiling: Decimal) -> Decimal:
    """Return the proposal for year n+1 in rupiah: the year's money, raised and rounded as the office set it."""
    step = SETTINGS["pembulatan_prakiraan_maju"].angka
    raised = ceiling * (100 + SETTINGS["kenaikan_prakiraan_maju"].angka) / 100
    return half_up(raised / step, 0) * step


@rule("renja.capaian-renstra", title="Capaian target Renstra s.d. tahun n-1", source="Permendagri 86/2017")
def progress(realised: Sequence[Decimal | None], target: Decimal, aggregation: str) -> Decimal | None:
    """Return the progress in percent of the five-year target, not rounded: of the years' sum, or of the latest year."""
    given = [value for value in realised if value is not None]
    if not given or not target:
        return None
    return (sum(given, Decimal()) if aggregation == "kumulatif" else given[-1]) / target * 100


@rule("renja.minggu", title="Batas menurut minggu", source="Permendagri 86/2017")
def week_end(calendar: WorkCalendar, year: int, month: int, week: int) -> date:
    """Return the last working day of the week-th Monday-to-Friday week that begins in a month."""
    first = date(year, month, 1)
    monday = first + timedelta(days=-first.weekday() % 7, weeks=week - 1)
    return calendar.workday_on_or_before(monday + timedelta(days=4))


def milestone(calendar: WorkCalendar, planned: int, stage: str) -> date:
    """Return until when a stage of the plan for a year must be done."""
    row = SCHEDULE[stage]
    return week_end(calendar, planned + row.tahun, row.bulan, row.minggu)
