"""The rules of integrations: load tests, quotas, keys, availability, and when data protection is assessed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from laksana.library.rounding import half_up
from laksana.library.tables import Row, Settings, Table
from laksana.sop.rules import rule
from laksana.worktime.calendar import months_later

figure = Settings(__file__, "../ketentuan-aplikasi.csv")
_MOST_LINES = 200_000
"""A longer list is no load test of ten minutes."""


class Reminder(Row):
    """How many days before its end the holder of a key is reminded."""

    hari: int


REMINDERS = Table(__file__, "pengingat-kunci.csv", Reminder)


class Load(NamedTuple):
    """What a load test found: requests, their 95th percentile in milliseconds, and the exact share that failed in percent."""

    requests: int
    p95: int
    failed: Fraction


class LoadError(ValueError):
    """A text is no list of a load test; the message says in which line and why."""


@rule("integrasi.p95", title="Persentil ke-95 menurut urutan terdekat", source="ketetapan setempat")
def p95(milidetik: Sequence[int]) -> int:
    """Return the duration at position ceil(0.95 n) of the sorted ones. Raises ValueError where there are none."""
    if not milidetik:
        raise ValueError("no durations")
    return sorted(milidetik)[-(-95 * len(milidetik) // 100) - 1]


def measured(text: str) -> Load:
    """Return what the list of a load test says: lines of `status,milliseconds` below their heading; status 0 is a time-out.

    Answers 5xx and time-outs have failed; 4xx are as designed. Raises LoadError.
    """
    lines = [line.strip() for line in text.lstrip("\ufeff").splitlines() if line.strip()]
    if not lines or lines[0].lower().replace(" ", "") != "status,milidetik":
        raise LoadError("Baris pertama bertuliskan: status,milidetik.")
    if len(lines) > _MOST_LINES:
        raise LoadError(f"Lebih dari {_MOST_LINES} baris.")
    durations, failed = [], 0
    for number, line in enumerate(lines[1:], 2):
        status, comma, duration = line.partition(",")
        if not (comma and _is_number(status) and _is_number(duration)):
            raise LoadError(f"Baris {number}: bukan status dan milidetik.")
        durations.append(int(duration))
        failed += int(status) == 0 or int(status) >= 500
    if not durations:
        raise LoadError("Tidak ada permintaan.")
    return Load(len(durations), p95(durations), Fraction(100 * failed, len(durations)))


def _is_number(text: str) -> bool:
    text = text.strip()
    return text.isascii() and text.isdigit() and len(text) <= 9


@rule("integrasi.kuota", title="Kuota per menit dan per hari", source="ketetapan setempat")
def quotas(puncak_menit: Decimal, volume_harian: Decimal) -> tuple[int, int]:
    """Return the calls allowed in a minute and in a day: half as many again as expected, rounded up, but at least the floor."""
    return (
        max(figure.whole("kuota_menit_terendah"), _half_again(puncak_menit)),
        max(figure.whole("kuota_hari_terendah"), _half_again(volume_harian)),
    )


def _half_again(expected: Decimal) -> int:
    return int((figure("kuota_kali") * expected).to_integral_value(ROUND_CEILING))


@rule("integrasi.kunci", title="Kunci berlaku sampai", source="ketetapan desain")
def key_until(terbit: date, perjanjian_sampai: date | None) -> date:
    """Return the last day of a production key: days after it was issued, never beyond its agreement."""
    last = terbit + timedelta(days=figure.whole("kunci_hari"))
    return min(last, perjanjian_sampai) if perjanjian_sampai else last


def reminders(until: date) -> list[date]:
    """Return the days on which the holder of a key is reminded to renew it, the earliest first."""
    return sorted(until - timedelta(days=row.hari) for row in REMINDERS.rows())


class Availability(NamedTuple):
    """A month of a service: minutes of outage that count, minutes allowed, the exact percent, and whether it meets its target."""

    minutes: int
    allowed: Fraction
    percent: Fraction
    met: bool

    @property
    def shown(self) -> Decimal:
        """Return the percent as it is shown."""
        return half_up(self.percent)


@rule("integrasi.ketersediaan", title="Ketersediaan sebulan", source="ketetapan setempat")
def availability(bulan: date, gangguan: Iterable[Mapping[str, Any]], target: Decimal) -> Availability:
    """Return the availability of a month from its outages (`menit`, `terencana` for announced maintenance), compared unrounded.

    Of announced maintenance only what goes beyond the hours that a month allows is an outage.
    """
    first = bulan.replace(day=1)
    whole = (months_later(first, 1) - first).days * 24 * 60
    rows = list(gangguan)
    planned = sum(int(row["menit"]) for row in rows if row.get("terencana"))
    counted = sum(int(row["menit"]) for row in rows if not row.get("terencana"))
    counted += max(0, planned - figure.whole("pemeliharaan_menit"))
    percent = Fraction(100 * (whole - counted), whole)
    return Availability(counted, whole * (1 - Fraction(target) / 100), percent, percent >= target)


@rule("integrasi.dpia", title="Perlu penilaian dampak pelindungan data pribadi", source="UU 27/2022")
def needs_assessment(elemen: Iterable[Mapping[str, Any]], jumlah_subjek: Decimal, penggabungan: bool) -> bool:
    """Return whether the effect on personal data is assessed first: specific data, many people, or sets that are merged.

    An element that its owner did not approve does not count.
    """
    wanted = [row for row in elemen if row.get("disetujui") is not False]
    specific = any(row["pribadi"] == "spesifik" for row in wanted)
    return specific or jumlah_subjek > figure("dpia_orang") or penggabungan
