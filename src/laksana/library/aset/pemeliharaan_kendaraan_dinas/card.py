"""The maintenance card of a vehicle: what earlier cases of the same plate tell."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from laksana.cases.behaviour import Situation
from laksana.cases.models import Case
from laksana.library.aset.pemeliharaan_kendaraan_dinas.rules import Reading
from laksana.library.others import other_cases

COMMITTED = ("nilai_spk", "total_tambahan")
"""What a running case will cost before its bill: the order, and what was approved besides it."""


def _others(situation: Situation) -> Iterator[Case]:
    """Yield the other cases of this plate, the oldest first."""
    yield from other_cases(situation, nomor_polisi=situation.values.get("nomor_polisi"))


def last_reading(situation: Situation) -> Reading | None:
    """Return the odometer as it was read last; None for a vehicle without an earlier case."""
    rows = [
        Reading(date.fromisoformat(d["tanggal"]), Decimal(d["odometer"]))
        for d in (case.data for case in _others(situation))
        if d.get("odometer")
    ]
    return rows[-1] if rows else None


def last_service(situation: Situation) -> Reading | None:
    """Return when and at how many kilometres the same service was done last, by earlier cases, else by the paper card."""
    values = situation.values
    done = [
        Reading(date.fromisoformat(data["tanggal_selesai"]), Decimal(data["odometer"]))
        for data in (case.data for case in _others(situation))
        if data.get("tanggal_selesai") and data.get("pekerjaan_servis") == values.get("pekerjaan_servis")
    ]
    day, km = values.get("tanggal_servis_kartu"), values.get("km_servis_kartu")
    if day is not None and km is not None:
        done.append(Reading(day, km))
    return max(done, key=lambda reading: reading.tanggal, default=None)


def spent_in(situation: Situation, year: int) -> Decimal:
    """Return what other cases of a year spent for this vehicle, or while they run have ordered, in rupiah."""
    return sum(
        (_cost(case) for case in _others(situation) if case.data.get("tanggal", "").startswith(str(year))),
        Decimal(),
    )


def _cost(case: Case) -> Decimal:
    data = case.data
    if data.get("biaya_akhir"):
        return Decimal(data["biaya_akhir"])
    if case.state != Case.State.RUNNING:
        return Decimal()
    return sum((Decimal(data.get(name) or 0) for name in COMMITTED), Decimal())
