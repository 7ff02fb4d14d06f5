"""What a writer is told of his item: what the editors ask to be changed and until when, and where it runs."""

from collections.abc import Iterator

from laksana.cases.models import WorkItem
from laksana.cases.services import definition
from laksana.library.told import Asked, CountedDay, Right, Told, tells
from laksana.worktime.zone import local_day

_ASKED = {"lengkapi": "catatan_admin", "perbaiki": "catatan_redaktur"}
"""Step of the writer -> the note that says what is asked of him."""


@tells("pewarta-warga")
def of_item(asked: Asked) -> Told:
    """Tell a writer what is asked of him, and when his item ran."""
    values = asked.values
    shown, days = values.get("waktu_tayang"), list[CountedDay]()
    if sent := values.get("waktu_kirim"):
        days.append(CountedDay("Naskah dikirim", local_day(sent)))
    if shown:
        under = values.get("nama_tayang") or ""
        days.append(
            CountedDay("Tayang", local_day(shown), f"Atas nama {under}: {values.get('tautan') or ''}")
        )
    return Told(tuple(days), (*_changes(asked), *_own_takedown(asked)))


def _changes(asked: Asked) -> Iterator[Right]:
    procedure = definition(asked.case)
    for item in asked.case.work_items.filter(step__in=_ASKED, state=WorkItem.State.OPEN):
        if item.timeout_at is None:
            continue
        step = procedure.step(item.step)
        text = f"Catatan redaksi: {asked.values.get(_ASKED[item.step]) or '-'}"
        yield Right(
            item.step,
            step.activity,
            text,
            local_day(item.opened_at),
            local_day(item.timeout_at),
            "Pedoman redaksi",
        )


def _own_takedown(asked: Asked) -> Iterator[Right]:
    shown = asked.values.get("waktu_tayang")
    if shown and asked.values.get("tindakan") != "turunkan":
        text = "Anda dapat setiap saat meminta berita Anda diturunkan, lewat tautan Hak jawab atau ralat di halaman beritanya."
        yield Right(
            "turunkan", "Meminta berita diturunkan", text, local_day(shown), None, "UU 28/2014; UU 27/2022"
        )
