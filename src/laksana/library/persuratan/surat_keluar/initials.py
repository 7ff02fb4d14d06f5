"""Paraf: which the draft carries, on which version, and which are still wanted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from laksana.cases.behaviour import Situation
from laksana.cases.models import WorkItem
from laksana.documents.services import post_of
from laksana.library.persuratan.surat_keluar.rules import Initial, initials_path, is_ready_to_sign
from laksana.worktime.zone import local_day

STEPS = {
    "paraf-kasi": ("Ya",),
    "paraf-kabid": ("Ya", "Ya dengan koordinasi"),
    "paraf-koordinasi": ("Ya",),
    "tata-naskah": ("Ya",),
    "paraf-sekretaris": ("Diteruskan ke Kepala Dinas", "Disetujui a.n. Kepala Dinas"),
    "setujui": ("Disetujui", "Ditandatangani Sekda atau Wali Kota"),
}
"""Steps at which a paraf is given, and the outcomes that give it."""
RETURNED = ("Tidak", "Koreksi")


@dataclass(frozen=True)
class Given:
    """A paraf as it was given."""

    step: str
    title: str
    name: str
    at: datetime
    version: int


def given(situation: Situation) -> Iterator[Given]:
    """Yield every paraf on the draft in the order of time, the one being given now included."""
    items = situation.case.work_items.filter(state=WorkItem.State.DONE).select_related("done_by")
    drafted = [item.done_at for item in items if item.step == "konsep" and item.done_at]
    for item in sorted(items, key=lambda item: (item.done_at or situation.at, item.pk)):
        if item.outcome in STEPS.get(item.step, ()) and item.done_by and item.done_at:
            version = sum(at <= item.done_at for at in drafted)
            title = item.done_as or post_of(item.done_by, local_day(item.done_at), item.desk)
            yield Given(item.step, title, str(item.done_by), item.done_at, version)
    step, actor = situation.step, situation.actor
    recorded = any(item.step == step.id and item.done_at == situation.at for item in items)
    if situation.outcome in STEPS.get(step.id, ()) and actor and not recorded:
        title = post_of(actor, local_day(situation.at))
        yield Given(step.id, title, str(actor), situation.at, int(situation.values["versi"]))


def table(situation: Situation) -> Mapping[str, Any]:
    """Return the table of paraf as it stands after this step."""
    return {
        "paraf": [
            {
                "urut": number,
                "jabatan": each.title,
                "nama": each.name,
                "waktu": each.at,
                "versi": each.version,
            }
            for number, each in enumerate(given(situation), 1)
        ]
    }


def missing_errors(situation: Situation) -> dict[str, str]:
    """Refuse to sign or pass on a draft that lacks a paraf on its present text."""
    if situation.outcome not in STEPS[situation.step.id]:
        return {}
    values = situation.values
    path = initials_path(
        values["penanda_tangan"],
        bool(values.get("tanpa_kasi")),
        bool(values.get("tanpa_kabid")),
        bool(values.get("perlu_koordinasi")),
    )
    initials = [Initial(each.step, each.version) for each in given(situation)]
    before = path[: path.index(situation.step.id)] if situation.step.id in path else path
    if is_ready_to_sign(initials, before, int(values["versi_paraf"])):
        return {}
    return {"": _("The draft lacks a paraf on its present version; send it back to be initialled.")}
