"""What the fuel of vehicles reckons: quotas, coupons, consumption from full tank to full tank, and what is odd about it."""

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from laksana.library.rounding import down, half_up
from laksana.library.tables import Row, Settings, Table
from laksana.sop.rules import rule

OFFICE = "standar internal"
_SERIAL = re.compile(r"([A-Z]*)([0-9]+)")


class QuotaRow(Row):
    """What a vehicle for a purpose gets in a month, and what it is measured by."""

    peruntukan: str
    nama: str
    kuota_liter: Decimal
    tangki: Decimal
    acuan: Decimal


figure = Settings(__file__, "../ketentuan-bbm.csv")
QUOTAS = Table(__file__, "../kuota-bbm.csv", QuotaRow, key="peruntukan")


def is_barred(jenis_bbm: str) -> bool:
    """Return whether the office's policy keeps a kind of fuel from its vehicles."""
    found = figure.get(f"boleh_{jenis_bbm}")
    return found is not None and not found.angka


@rule("bahan-bakar-kendaraan-dinas.kuota", title="Kuota sebulan", source="keputusan internal")
def quota(kuota_dasar: Decimal, bulan: date, hari_tidak_operasi: int) -> Decimal:
    """Return the litres of a month: the base by the days in operation, rounded down."""
    days = monthrange(bulan.year, bulan.month)[1]
    return down(kuota_dasar * max(days - hari_tidak_operasi, 0) / days)


@rule("bahan-bakar-kendaraan-dinas.liter-kupon", title="Liter sebuah kupon", source=OFFICE)
def litres_of(nominal: Decimal, harga: Decimal) -> Decimal:
    """Return the litres that an amount buys at the day's price, with two decimals."""
    return half_up(nominal / harga, 2)


@rule("bahan-bakar-kendaraan-dinas.penggantian", title="Penggantian pemborosan", source=OFFICE)
def claim(liter: Decimal, km: Decimal, acuan: Decimal, harga: Decimal) -> Decimal:
    """Return what is claimed in rupiah for the litres above those tolerated for the distance."""
    tolerated = km / (acuan * figure("konsumsi_terendah_persen") / 100)
    return half_up(half_up(max(Decimal(), liter - tolerated), 2) * harga, 0)


@rule("bahan-bakar-kendaraan-dinas.rekon", title="Selisih rekonsiliasi", source=OFFICE)
def difference(tagihan: Decimal, jumlah_kupon: Decimal, sisa_kupon: Decimal, nominal: Decimal) -> Decimal:
    """Return how much the station bills above the value of the coupons used, in rupiah."""
    return tagihan - (jumlah_kupon - sisa_kupon) * nominal


def serials(first: str, last: str) -> list[str]:
    """Return all serial numbers from one to another. Raises ValueError where they are not of one series in this order."""
    start, end = _SERIAL.fullmatch(first), _SERIAL.fullmatch(last)
    if (
        not start
        or not end
        or start[1] != end[1]
        or len(start[2]) != len(end[2])
        or int(start[2]) > int(end[2])
    ):
        raise ValueError(f"{first} sampai {last} bukan satu rangkaian seri.")
    return [f"{start[1]}{number:0{len(start[2])}d}" for number in range(int(start[2]), int(end[2]) + 1)]


def written_serials(text: str) -> list[str]:
    """Return the serial numbers of a text such as "A000101-A000103, A000110". Raises ValueError."""
    found: list[str] = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        first, _, last = (side.strip() for side in part.partition("-"))
        found += serials(first, last or first)
    return found


@dataclass(frozen=True)
class Car:
    """What a vehicle is measured by this month."""

    nomor_polisi: str
    kuota: Decimal
    tangki: Decimal
    acuan: Decimal
    odometer: Decimal | None = None
    """At its last full tank, where that was before this month."""


@dataclass(frozen=True)
class Fill:
    """One fill."""

    tanggal: date
    odometer: Decimal
    liter: Decimal
    harga: Decimal
    rupiah: Decimal
    penuh: bool
    seri: tuple[str, ...]
    nomor_struk: str = ""


@dataclass(frozen=True)
class Span:
    """From one full tank to the next: the distance, and what was filled after the one up to the other."""

    km: Decimal
    liter: Decimal
    harga: Decimal

    @property
    def per_litre(self) -> Decimal:
        """Return the kilometres of a litre, not rounded."""
        return self.km / self.liter


@dataclass(frozen=True)
class Oddity:
    """Something odd about a vehicle's fuel, and what is claimed if it is not explained."""

    jenis: str
    uraian: str
    tuntutan: Decimal = Decimal()
    seri: str = ""


def spans(car: Car, fills: Sequence[Fill]) -> list[Span]:
    """Return the spans between full tanks; partial fills give none until the next full one."""
    found: list[Span] = []
    start, litres = car.odometer, Decimal()
    for fill in fills:
        litres += fill.liter
        if fill.penuh:
            if start is not None and fill.odometer > start:
                found.append(Span(fill.odometer - start, litres, fill.harga))
            start, litres = fill.odometer, Decimal()
    return found


def oddities(car: Car, fills: Sequence[Fill], in_workshop: Collection[date]) -> Iterator[Oddity]:
    """Yield what is odd about the fills of a vehicle in a month; serials used twice are seen over all vehicles."""
    yield from _odd_spans(car, fills)
    readings = [*([car.odometer] if car.odometer is not None else []), *(fill.odometer for fill in fills)]
    for before, after in pairwise(readings):
        if after <= before:
            yield Oddity("odometer", f"{after} km sesudah {before} km")
    for fill in fills:
        yield from _odd_fill(car, fill, in_workshop)
    total = sum((fill.liter for fill in fills), Decimal())
    if fills and total > car.kuota:
        over = half_up((total - car.kuota) * fills[-1].harga, 0)
        yield Oddity("kuota", f"{total} liter dari kuota {car.kuota} liter", over)


def _odd_spans(car: Car, fills: Sequence[Fill]) -> Iterator[Oddity]:
    for span in spans(car, fills):
        share = span.per_litre / car.acuan * 100
        text = f"{half_up(span.per_litre)} km per liter, {half_up(share, 1)}% acuan"
        if share < figure("konsumsi_terendah_persen"):
            yield Oddity("boros", text, claim(span.liter, span.km, car.acuan, span.harga))
        elif share > figure("konsumsi_tertinggi_persen"):
            yield Oddity("irit", text)


def _odd_fill(car: Car, fill: Fill, in_workshop: Collection[date]) -> Iterator[Oddity]:
    day = f"{fill.tanggal:%d-%m-%Y}"
    if fill.liter > car.tangki:
        over = half_up((fill.liter - car.tangki) * fill.harga, 0)
        yield Oddity("tangki", f"{day}: {fill.liter} liter, tangki {car.tangki} liter", over)
    if fill.tanggal in in_workshop:
        yield Oddity("bengkel", f"{day}: kendaraan di bengkel", fill.rupiah)
    right = litres_of(fill.rupiah, fill.harga)
    if abs(fill.liter - right) > figure("selisih_liter"):
        yield Oddity("liter", f"{day}: {fill.liter} liter, menurut harga {right} liter")


def used_twice(fills: Sequence[Fill]) -> list[tuple[int, str]]:
    """Return the places of fills, by date, with a serial number that an earlier one had used, and that number."""
    seen: Counter[str] = Counter()
    found: list[tuple[int, str]] = []
    for place, fill in sorted(enumerate(fills), key=lambda each: (each[1].tanggal, each[0])):
        for serial in fill.seri:
            seen[serial] += 1
            if seen[serial] > 1:
                found.append((place, serial))
    return found
