"""The year's figures of information service, counted from the registers: the same for a year whenever they are counted.

What Perki 1/2021 article 56 asks for. Requests are those registered in the year, with what had become of them at its end; what
was registered before and was still open stands apart.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from laksana.cases.models import Case
from laksana.library.rounding import half_up
from laksana.registers import services as registers
from laksana.registers.services import Cell, Entry, UnknownBookError
from laksana.worktime.zone import OFFICE_ZONE, local_day

REQUESTS = ("permohonan-informasi", "register-permohonan")
OBJECTIONS = ("keberatan-informasi", "register-keberatan")
DISPUTES = ("sengketa-informasi", "register-sengketa")
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
OUTCOMES = {
    "Diberikan seluruhnya": "dikabulkan_penuh",
    "Diberikan sebagian": "dikabulkan_sebagian",
    "Ditolak": "ditolak",
    "Tidak dikuasai": "tidak_dikuasai",
    "Belum didokumentasikan": "tidak_dikuasai",
}
"""What the register calls a decision -> its column in the report."""
ANSWERED = ("dikabulkan_penuh", "dikabulkan_sebagian", "ditolak", "tidak_dikuasai")
_SPOKEN = {
    "jumlah": "Diterima",
    "sudah_ditanggapi": "Sudah ditanggapi",
    "alasan": "Alasan",
    "keputusan": "Tanggapan",
    "tanggapan_pemohon": "Sikap pemohon",
    "mediasi": "Mediasi",
    "amar": "Amar",
    "sikap_pemerintah": "Sikap pemerintah",
    "putusan_akhir": "Putusan akhir",
    "diputus": "Diputus Komisi Informasi",
    "ke_pengadilan": "Dibawa ke pengadilan",
    "dilaksanakan": "Putusan dilaksanakan",
}
"""Figures of objections and disputes as a page says them."""
_LETTER = re.compile(r"\b([a-j])\. ")
_MANY = re.compile(r", (?=[a-z]\. )")


@dataclass
class Month:
    """The requests registered in a month, and what had become of them at the end of the year."""

    name: str
    requests: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    objections: int = 0
    disputes: int = 0
    days: int = 0
    """Working days until the notice, of the answered ones together."""
    on_time: int = 0

    @property
    def row(self) -> dict[str, Any]:
        """Return it as a row of the report's table."""
        return {
            "bulan": self.name,
            "jumlah_permohonan": self.requests,
            **{name: self.outcomes[name] for name in (*ANSWERED, "dicabut", "masih_berjalan")},
            "keberatan": self.objections,
            "sengketa": self.disputes,
            "hari_terpakai": self.days,
            "tepat_waktu": self.on_time,
        }


@dataclass(frozen=True)
class Figures:
    """A year of information service."""

    year: int
    until: date
    """The last day that is counted: the year's last, or the day asked on while the year runs."""
    months: list[Month]
    grounds: Mapping[str, int]
    """Letter of article 17 -> refused or partly refused requests that rest on it."""
    ways: Mapping[str, int]
    fastest: int | None
    slowest: int | None
    carried_over: int
    """Registered before the year and not answered when it began."""
    carried_answered: int
    """Of these, answered in the year."""
    objections: Mapping[str, Mapping[str, int]]
    disputes: Mapping[str, Mapping[str, int]]

    def total(self, *names: str) -> int:
        """Return a sum over the months: outcomes by their names."""
        return sum(month.outcomes[name] for month in self.months for name in names)

    @property
    def requests(self) -> int:
        """Return how many requests were registered."""
        return sum(month.requests for month in self.months)

    @property
    def answered(self) -> int:
        """Return how many of them were answered."""
        return self.total(*ANSWERED)

    @property
    def mean(self) -> Decimal:
        """Return the mean working days until the notice, one decimal; 0 where none was answered."""
        return _share(sum(month.days for month in self.months), self.answered, 1)

    @property
    def on_time(self) -> int:
        """Return how many were answered in time."""
        return sum(month.on_time for month in self.months)

    @property
    def on_time_percent(self) -> Decimal:
        """Return the share answered in time, in percent."""
        return _share(self.on_time, self.answered, 100)

    @property
    def refused_percent(self) -> Decimal:
        """Return the share refused, in percent."""
        return _share(self.total("ditolak"), self.answered, 100)

    @property
    def after_requests(self) -> list[tuple[str, list[tuple[str, int]]]]:
        """Return the figures of objections and of disputes in words."""
        parts = (("Keberatan", self.objections), ("Sengketa", self.disputes))
        return [(title, list(_in_words(told))) for title, told in parts]

    def lines(self) -> Iterator[tuple[str, str, str, str]]:
        """Yield every figure as (part, figure, of what, value), for open data."""
        yield "permohonan", "terdaftar", "", str(self.requests)
        for name in (*ANSWERED, "dicabut", "masih_berjalan"):
            yield "permohonan", "hasil", name, str(self.total(name))
        for letter, count in self.grounds.items():
            yield "permohonan", "alasan_pasal_17", letter, str(count)
        for way, count in self.ways.items():
            yield "permohonan", "cara_memperoleh", way, str(count)
        yield "permohonan", "rata_rata_hari_kerja", "", str(self.mean)
        for name, days in (("tercepat", self.fastest), ("terlama", self.slowest)):
            yield "permohonan", "hari_kerja", name, "" if days is None else str(days)
        yield "permohonan", "tepat_waktu", "", str(self.on_time)
        yield "permohonan", "tepat_waktu_persen", "", str(self.on_time_percent)
        yield "permohonan", "ditolak_persen", "", str(self.refused_percent)
        yield "permohonan_tahun_lalu", "belum_dijawab_pada_awal_tahun", "", str(self.carried_over)
        yield "permohonan_tahun_lalu", "dijawab_tahun_ini", "", str(self.carried_answered)
        for part, told in (("keberatan", self.objections), ("sengketa", self.disputes)):
            for figure, counts in told.items():
                yield from ((part, figure, of, str(count)) for of, count in counts.items())
        for month in self.months:
            yield from (
                (f"bulan {month.name}", name, "", str(value))
                for name, value in month.row.items()
                if name != "bulan"
            )


def figures(year: int, at: datetime) -> Figures:
    """Return the figures of a year as they stood at its end, or stand at `at` where that comes first."""
    end = min(_new_year(year + 1), at)
    rows = list(_rows(*REQUESTS, end, year))
    withdrawn = _withdrawn({case for case, _at, _row in rows}, end)
    months = [Month(name) for name in MONTHS]
    grounds: Counter[str] = Counter()
    ways: Counter[str] = Counter()
    days: list[int] = []
    for case, registered, row in rows:
        month = months[registered.month - 1]
        month.requests += 1
        ways[registers.words(row.get("jenis_permintaan")) or "tidak disebut"] += 1
        outcome = _outcome(row, cancelled=case in withdrawn)
        month.outcomes[outcome] += 1
        if outcome in ANSWERED:
            taken = int(registers.words(row.get("hari_kerja")) or 0)
            days.append(taken)
            month.days += taken
            month.on_time += registers.words(row.get("tepat_waktu")) == "Ya"
        if outcome in ("ditolak", "dikabulkan_sebagian"):
            grounds.update(set(_LETTER.findall(registers.words(row.get("alasan_penolakan")))))
    objections, disputes = list(_rows(*OBJECTIONS, end, year)), list(_rows(*DISPUTES, end, year))
    for _case, registered, _row in objections:
        months[registered.month - 1].objections += 1
    for _case, registered, _row in disputes:
        months[registered.month - 1].disputes += 1
    carried, answered = _carried_over(year, end)
    return Figures(
        year=year,
        until=min(date(year, 12, 31), local_day(at)),
        months=months,
        grounds=dict(sorted(grounds.items())),
        ways=dict(ways.most_common()),
        fastest=min(days, default=None),
        slowest=max(days, default=None),
        carried_over=carried,
        carried_answered=answered,
        objections=_told(
            [row for _case, _at, row in objections],
            {"alasan": "alasan", "keputusan": "keputusan", "tanggapan_pemohon": "tanggapan_pemohon"},
            {"sudah_ditanggapi": "tanggal_tanggapan"},
        ),
        disputes=_told(
            [row for _case, _at, row in disputes],
            {
                "mediasi": "hasil_mediasi",
                "amar": "amar",
                "sikap_pemerintah": "sikap",
                "putusan_akhir": "putusan_akhir",
            },
            {
                "diputus": "tanggal_putusan",
                "ke_pengadilan": "perkara_pengadilan",
                "dilaksanakan": "tanggal_pelaksanaan",
            },
        ),
    )


def years(at: datetime) -> list[int]:
    """Return the years of which there is something to tell, the latest first."""
    found = {local_day(at).year}
    for procedure, register in (REQUESTS, OBJECTIONS, DISPUTES):
        try:
            found |= set(registers.years(registers.book(procedure, register)))
        except UnknownBookError:
            continue
    return sorted(found, reverse=True)


def _rows(
    procedure: str, register: str, end: datetime, year: int
) -> Iterator[tuple[int, date, dict[str, Cell]]]:
    """Yield the rows of a book of one year as they stood at an instant: case, day of entry, cells."""
    try:
        opened = registers.book(procedure, register)
    except UnknownBookError:
        return
    for entry in registers.rows(opened, year).filter(at__lt=end).prefetch_related("later"):
        yield entry.case_id, local_day(entry.at), _as_of(entry, end)


def _as_of(entry: Entry, end: datetime) -> dict[str, Cell]:
    cells: dict[str, Cell] = dict(entry.values)
    for change in sorted(entry.later.all(), key=lambda each: each.pk):
        if change.at < end:
            cells |= change.values
    return cells


def _outcome(row: Mapping[str, Cell], *, cancelled: bool) -> str:
    """Return what became of a request: decided only when the notice went out."""
    if row.get("tanggal_pemberitahuan"):
        return OUTCOMES.get(registers.words(row.get("keputusan")), "tidak_dikuasai")
    return "dicabut" if cancelled else "masih_berjalan"


def _withdrawn(cases: set[int], end: datetime) -> set[int]:
    """Return those of the cases that were taken back before an instant."""
    cancelled = Case.objects.filter(pk__in=cases, state=Case.State.CANCELLED, ended_at__lt=end)
    return set(cancelled.values_list("pk", flat=True))


def _carried_over(year: int, end: datetime) -> tuple[int, int]:
    """Return how many requests of the year before were open at the year's beginning, and how many of them were answered in it."""
    began = _new_year(year)
    before = {case: row for case, _at, row in _rows(*REQUESTS, began, year - 1)}
    gone = _withdrawn(set(before), began)
    open_then = {case for case, row in before.items() if not row.get("tanggal_pemberitahuan")} - gone
    now = {case: row for case, _at, row in _rows(*REQUESTS, end, year - 1)}
    return len(open_then), sum(1 for case in open_then if now[case].get("tanggal_pemberitahuan"))


def _told(
    rows: list[dict[str, Cell]], choices: Mapping[str, str], filled: Mapping[str, str]
) -> dict[str, dict[str, int]]:
    """Return how many rows there are, how often each word of some columns, and in how many rows others are filled."""
    told: dict[str, dict[str, int]] = {"jumlah": {"": len(rows)}}
    for name, column in choices.items():
        counts: Counter[str] = Counter()
        for row in rows:
            text = registers.words(row.get(column))
            counts.update(_MANY.split(text) if text else ["belum ada"])
        told[name] = dict(sorted(counts.items()))
    for name, column in filled.items():
        told[name] = {"": sum(1 for row in rows if row.get(column))}
    return told


def _in_words(told: Mapping[str, Mapping[str, int]]) -> Iterator[tuple[str, int]]:
    for figure, counts in told.items():
        for of, count in counts.items():
            yield (f"{_SPOKEN[figure]}: {of}" if of else _SPOKEN[figure]), count


def _share(part: int, whole: int, factor: int) -> Decimal:
    return half_up(Decimal(factor * part) / whole, 1) if whole else Decimal(0)


def _new_year(year: int) -> datetime:
    return datetime(year, 1, 1, tzinfo=OFFICE_ZONE)
