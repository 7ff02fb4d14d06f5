"""Who has a room when: the bookings of all procedures that hold something in one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from laksana.cases.models import Case


@dataclass(frozen=True)
class _Booked:
    """Where a procedure keeps its booking: the register that shows it stands, and the fields of room, start and end."""

    procedure: str
    register: str
    room: str
    start: str
    end: str


_KEPT = (
    _Booked("rapat-bimtek-sosialisasi", "jadwal-ruang", "tempat", "mulai", "selesai_acara"),
    _Booked("kunjungan-tamu", "kalender-kunjungan", "ruang", "rencana_mulai", "selesai_kunjungan"),
)


def bookings(room: str, besides: Case) -> Iterator[tuple[Case, datetime, datetime]]:
    """Yield the running cases, besides one, that have a room, and from when until when."""
    for kept in _KEPT:
        booked = Case.objects.filter(
            procedure=kept.procedure,
            state=Case.State.RUNNING,
            register_entries__register=kept.register,
            **{f"data__{kept.room}": room},
        )
        for case in booked.exclude(pk=besides.pk).distinct().order_by("pk"):
            start, end = case.data[kept.start], case.data[kept.end]
            yield case, datetime.fromisoformat(start), datetime.fromisoformat(end)
