"""What the standards of official travel reckon: days, provinces, lodging, the advance, clashes, and the limit of the report."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from laksana.library.rounding import down
from laksana.sop.rules import rule
from laksana.worktime.calendar import WorkCalendar


@rule("sppd.lama", title="Lama perjalanan", source="praktik SHSR/SBM")
def days_of(departure: date, back: date) -> int:
    """Return the days of a trip, those of departure and return included; its nights are one less."""
    return (back - departure).days + 1


@rule("sppd.kembali", title="Tanggal kembali yang dihitung", source="praktik SHSR/SBM")
def counted_return(planned: date, real: date, extended: date | None = None) -> date:
    """Return until when a trip is paid: to the real return, but not beyond the plan or its written extension."""
    return min(real, extended or planned)


@rule("sppd.lebih-8-jam", title="Tugas dalam kota lebih dari 8 jam", source="Perpres 72/2025 Tabel 1.2")
def longer_than(start: time, end: time, hours: Decimal) -> bool:
    """Return whether a duty within the city takes more than so many hours; exactly so many is not more."""
    taken = datetime.combine(date.min, end) - datetime.combine(date.min, start)
    return taken > timedelta(hours=float(hours))


@rule("sppd.provinsi", title="Provinsi pada suatu hari", source="praktik kantor")
def province_on(day: date, stops: Sequence[Mapping[str, Any]]) -> str:
    """Return the province whose rates count on a day: where the traveller is at its end, on the last day the last destination."""
    ordered = sorted(stops, key=lambda row: row["tiba"])
    reached = [row for row in ordered if row["tiba"] <= day]
    return str((reached or ordered[:1])[-1]["kode_wilayah"])


@rule("sppd.penginapan", title="Penginapan satu malam", source="struktur SHSR")
def lodging_paid(bill: Decimal, most: Decimal, allowed: bool = False) -> Decimal:
    """Return what is paid of a night's bill in rupiah: up to the ceiling, or whole where the Kepala Dinas allowed it."""
    return bill if allowed else min(bill, most)


@rule("sppd.penginapan-30", title="Penginapan tanpa bukti", source="PMK 113/2012", checked=True)
def without_hotel(ceilings: Sequence[Decimal], percent: Decimal) -> Decimal:
    """Return the lump sum for nights without a hotel in whole rupiah: a share of their ceilings, fractions of the sum dropped."""
    return down(sum(ceilings, Decimal()) * percent / 100)


@rule("sppd.uang-muka-maks", title="Uang muka paling banyak", source="ketentuan kantor")
def most_advance(plan: Decimal, percent: Decimal, step: Decimal) -> Decimal:
    """Return the largest advance in rupiah: a share of the plan, rounded down to whole steps."""
    return down(plan * percent / 100 / step) * step


@rule("sppd.tumpang-tindih", title="Tumpang tindih perjalanan", source="temuan pemeriksaan; praktik kantor")
def clash(departure: date, back: date, other_departure: date, other_back: date) -> bool:
    """Return whether two trips of one person share a day other than the one on which one ends and the other begins."""
    if not (departure <= other_back and other_departure <= back):
        return False
    follows = other_back == departure and other_departure < departure
    precedes = back == other_departure and departure < other_departure
    return not (follows or precedes)


@rule("sppd.batas-lapor", title="Batas pertanggungjawaban", source="PMK 113/2012")
def report_due(back: date, days: int, calendar: WorkCalendar) -> date:
    """Return the last day for report and receipts: so many working days after the day of the real return."""
    return calendar.add_workdays(back, days)
