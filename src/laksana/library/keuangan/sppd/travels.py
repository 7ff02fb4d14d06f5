"""Who travels on duty when, by the travel orders that have their number."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from laksana.cases.engine.values import OUTCOMES
from laksana.cases.models import Case


@dataclass(frozen=True)
class Travel:
    """The days of one traveller, the first and the last included."""

    nip: str
    first: date
    last: date


def travels(first: date, last: date) -> Iterator[Travel]:
    """Yield the travels that share a day with a span: ordered, not called off, until the day of the real return."""
    found = Case.objects.filter(
        procedure="sppd", data__tanggal_berangkat__lte=last.isoformat(), data__has_key="nomor_spd"
    )
    for case in found.exclude(state=Case.State.CANCELLED).exclude(
        **{f"data__{OUTCOMES}__laksanakan": "Batal"}
    ):
        data = case.data
        until = (
            data.get("tanggal_kembali_nyata") or data.get("tanggal_perpanjangan") or data["tanggal_kembali"]
        )
        begins, ends = date.fromisoformat(data["tanggal_berangkat"]), date.fromisoformat(until)
        if ends < first:
            continue
        for traveller in data.get("pelaksana") or ():
            yield Travel(traveller["nip"], begins, ends)
