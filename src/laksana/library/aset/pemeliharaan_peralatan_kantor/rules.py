"""The rules of equipment: priority, the next maintenance, the pooled ceiling, what is not worth repair, availability."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from laksana.library.rounding import half_up, percent
from laksana.library.tables import Row, Settings, Table, YesNo
from laksana.sop.rules import rule
from laksana.worktime.calendar import WorkCalendar


class Routine(Row):
    """A maintenance that a kind of equipment has every so many days, and whether the kind serves around the clock."""

    jenis: str
    pekerjaan: str
    interval_hari: int
    sepanjang_hari: YesNo


class Ceiling(Row):
    """What maintaining one unit of a kind may cost in a year, in rupiah."""

    jenis: str
    pagu: Decimal


ROUTINES = Table(__file__, "../jadwal-peralatan.csv", Routine)
CEILINGS = Table(__file__, "../pagu-pemeliharaan-peralatan.csv", Ceiling, key="jenis")
figure = Settings(__file__, "../ketentuan-peralatan.csv").whole
PRIORITIES = {"layanan_kritis": "P1", "menghentikan_unit": "P2", "terbatas": "P3"}


@rule("peralatan.prioritas", title="Prioritas gangguan", source="standar internal")
def priority(effect: str) -> str:
    """Return the priority of a fault by what it stops: P1 around the clock, P2 a unit's work, P3 the rest."""
    return PRIORITIES[effect]


@rule("peralatan.jadwal", title="Perawatan berikutnya", source="jadwal-peralatan.csv")
def next_routine(kind: str, done: date, calendar: WorkCalendar) -> tuple[Routine, date, date] | None:
    """Return the next maintenance of a kind, its working day, and when its ticket opens; None for a kind without one."""
    routines = [row for row in ROUTINES.rows() if row.jenis == kind]
    if not routines:
        return None
    routine = min(routines, key=lambda row: row.interval_hari)
    due = calendar.workday_on_or_after(done + timedelta(days=routine.interval_hari))
    short = routine.interval_hari <= figure("interval_singkat_hari")
    ahead = figure("buka_tiket_singkat_hari" if short else "buka_tiket_hari")
    return routine, due, due - timedelta(days=ahead)


@rule("peralatan.pagu", title="Pagu gabungan setahun", source="Standar Harga Satuan")
def pooled_ceiling(kind: str, units: int) -> Decimal:
    """Return what maintaining all units of a kind may cost in a year, in rupiah. Raises KeyError for an unknown kind."""
    return CEILINGS[kind].pagu * units


@rule("peralatan.tidak-ekonomis", title="Tidak ekonomis diperbaiki", source="standar internal")
def uneconomic(offer: Decimal, new_price: Decimal, same_repairs: int) -> bool:
    """Return whether a repair costs too much of a new item, or the same fault came back too often, this time counted."""
    too_dear = offer * 100 > new_price * figure("tidak_ekonomis_persen")
    return too_dear or same_repairs >= figure("perbaikan_sama_terbanyak")


@rule("peralatan.ketersediaan", title="Ketersediaan jenis peralatan (%)", source="standar internal")
def availability(service_hours: Decimal, down_hours: Decimal) -> Decimal | None:
    """Return the hours of service without downtime in percent, two decimals; None where there was no service."""
    return percent(service_hours - down_hours, service_hours)


@rule("peralatan.mttr", title="Rata-rata waktu pulih (jam)", source="standar internal")
def mean_time_to_repair(down_hours: Sequence[Decimal]) -> Decimal:
    """Return the mean of the downtimes in hours, two decimals."""
    return half_up(sum(down_hours, Decimal()) / len(down_hours))


def serves_around_the_clock(kind: str) -> bool:
    """Return whether a kind of equipment serves day and night."""
    return any(row.sepanjang_hari for row in ROUTINES.rows() if row.jenis == kind)
