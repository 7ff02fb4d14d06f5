"""What the maintenance of vehicles tells of a vehicle: when it stood in a workshop, and whether it may be driven."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from laksana.cases.models import Case

MAINTENANCE = "pemeliharaan-kendaraan-dinas"


def _maintained(plate: str) -> Iterator[Case]:
    cases = Case.objects.filter(procedure=MAINTENANCE, data__nomor_polisi=plate)
    yield from cases.exclude(state=Case.State.CANCELLED).order_by("opened_at", "pk")


def is_unsafe(plate: str) -> bool:
    """Return whether a vehicle has a defect of safety not mended since: also where the work was refused or not worth it."""
    unsafe = False
    for case in _maintained(plate):
        unsafe = (unsafe or bool(case.data.get("cacat_keselamatan"))) and not _mended(case)
    return unsafe


def _mended(case: Case) -> bool:
    """Return whether work was accepted after its test, or done by the office itself."""
    by_itself = case.state == Case.State.ENDED and case.data.get("tanggal_selesai")
    return bool(case.data.get("biaya_akhir") or by_itself)


def days_in_workshop(plate: str) -> Collection[date]:
    """Return the days between a vehicle's order of work and its end: then nobody can have refuelled it."""
    found: set[date] = set()
    for case in _maintained(plate):
        first, last = case.data.get("tanggal_spk"), case.data.get("tanggal_selesai")
        if not first or not last:
            continue
        start, end = date.fromisoformat(first), date.fromisoformat(last)
        found |= {start + timedelta(days=number) for number in range(1, (end - start).days)}
    return found
