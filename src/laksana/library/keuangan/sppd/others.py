"""The other trips of the same people: which ones clash, share a day, are not reported, or hold money of the same account."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from laksana.cases.behaviour import Situation
from laksana.cases.models import Case
from laksana.library.keuangan.sppd import rules
from laksana.library.keuangan.sppd.costs import last_day
from laksana.library.keuangan.sppd.tables import figure
from laksana.library.others import other_cases
from laksana.people.models import Absence
from laksana.worktime.zone import local_day

ASSIGNED = ("diparaf", "terbit", "dilaporkan", "selesai")
"""The states in which a trip holds its days."""
COMMITTED = ("direncanakan", "diparaf", "terbit", "dilaporkan")
"""The states in which a plan holds money that is not settled yet."""


@dataclass(frozen=True)
class Other:
    """Another trip: its number, days, travellers and state."""

    number: str
    departure: date
    back: date
    travellers: frozenset[str]
    state: str


def others(situation: Situation, states: Collection[str]) -> Iterator[Other]:
    """Yield the other trips in these states, in the order in which they were proposed."""
    for case in other_cases(situation, status_perjalanan__in=list(states)):
        data = case.data
        days = ("tanggal_kembali", "tanggal_kembali_nyata", "tanggal_perpanjangan")
        known = {name: date.fromisoformat(data[name]) for name in days if data.get(name)}
        yield Other(
            case.number,
            date.fromisoformat(data["tanggal_berangkat"]),
            last_day(known),
            frozenset(row["nip"] for row in data["pelaksana"]),
            data["status_perjalanan"],
        )


def travellers(values: Mapping[str, Any]) -> frozenset[str]:
    """Return the numbers of those who travel."""
    return frozenset(row["nip"] for row in values["pelaksana"])


def strangers(values: Mapping[str, Any], *tables: str) -> dict[str, str]:
    """Return the cells of these tables that name somebody who does not travel, each with what is wrong."""
    who = travellers(values)
    return {
        f"{table}.{place}.nip": "Bukan pelaksana perjalanan ini."
        for table in tables
        for place, row in enumerate(values.get(table) or ())
        if row["nip"] not in who
    }


def clashing(situation: Situation) -> Iterator[str]:
    """Yield in words each trip or leave of a traveller that takes a day of this trip."""
    values = situation.values
    departure, back, who = values["tanggal_berangkat"], last_day(values), travellers(values)
    for other in others(situation, ASSIGNED):
        if (both := who & other.travellers) and rules.clash(departure, back, other.departure, other.back):
            yield f"{', '.join(sorted(both))} bertugas pada {other.number}"
    leave = Absence.objects.filter(
        person__nip__in=who, since__lte=back, until__gte=departure, reason__icontains="cuti"
    )
    for absence in leave.select_related("person").order_by("person__nip", "since"):
        yield f"{absence.person.name} cuti {absence.since:%d-%m-%Y} sampai {absence.until:%d-%m-%Y}"


def shared_first_day(situation: Situation) -> frozenset[str]:
    """Return who ends another trip on the day on which this one begins: that day is paid on the other."""
    start: date = situation.values["tanggal_berangkat"]
    before = (o for o in others(situation, ASSIGNED) if o.back == start and o.departure < start)
    return frozenset().union(*(other.travellers for other in before)) & travellers(situation.values)


def unreported(situation: Situation) -> Iterator[str]:
    """Yield the numbers of trips of these travellers whose report is overdue today."""
    today, days = local_day(situation.at), figure.whole("lapor_hari_kerja")
    for other in others(situation, ("terbit",)):
        late = today > rules.report_due(other.back, days, situation.calendar)
        if late and other.travellers & travellers(situation.values):
            yield other.number


def committed(situation: Situation) -> Decimal:
    """Return the rupiah that other plans not yet settled hold of the same account of the sub kegiatan."""
    values = situation.values
    plans = other_cases(
        situation,
        status_perjalanan__in=list(COMMITTED),
        sub_kegiatan=values["sub_kegiatan"],
        kode_rekening=values["kode_rekening"],
    ).filter(state=Case.State.RUNNING)
    return sum((Decimal(str(case.data.get("jumlah_rencana") or 0)) for case in plans), Decimal())
