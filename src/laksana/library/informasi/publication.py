"""What the steps of two procedures put on the public's pages: citizens' stories, releases, urgent messages, clarifications.

Joins the action of the step: where that is undone, nothing was published.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from laksana.cases.behaviour import Situation
from laksana.cases.models import WorkItem
from laksana.documents.services import letterhead
from laksana.library.informasi import accounts
from laksana.publishing import services as publishing
from laksana.publishing.models import Amendment, Item
from laksana.publishing.services import Draft
from laksana.sop.prose import read

STORY, RELEASE, URGENT, CLARIFICATION = (
    Item.Kind.STORY,
    Item.Kind.RELEASE,
    Item.Kind.URGENT,
    Item.Kind.CLARIFICATION,
)
NOT_CONFIRMED = "Sampai berita ini tayang, perangkat daerah yang disebut belum memberi konfirmasi."


def step_done(situation: Situation, _item: WorkItem) -> None:
    """Publish or amend what the finished step says."""
    does = _DOES.get((situation.procedure.id, situation.step.id))
    if does is not None:
        does(situation)


def address_of(item: Item) -> str:
    """Return the whole address of an item."""
    return settings.BASE_URL.rstrip("/") + reverse("news:item", args=[item.slug])


def _story(situation: Situation) -> None:
    values = situation.values
    draft = Draft(
        kind=STORY,
        title=values["judul"],
        body=publishing.paragraphs(values["naskah_final"]),
        byline=values.get("nama_tayang") or "Pewarta Warga",
        section=_label(situation, "kategori"),
        place=values.get("dimana") or "",
        note=NOT_CONFIRMED if values.get("belum_dikonfirmasi") else "",
        pictures=_pictures(values.get("foto"), values.get("keterangan_foto") or ""),
    )
    publishing.publish(situation.case, draft, situation.at, since=values["waktu_tayang"])


def _corrected(situation: Situation) -> None:
    values = situation.values
    item = publishing.item_of(situation.case, STORY)
    if item is None or values["tindakan"] == "aduan_ditolak":
        return
    asked, done = values.get("waktu_aduan"), values.get("waktu_tindakan") or situation.at
    said = values["catatan_tindakan"]
    match values["tindakan"]:
        case "turunkan":
            publishing.take_down(item, said, done, asked_at=asked)
        case "hak_jawab_dimuat":
            reply = values.get("hak_jawab") or values.get("isi_aduan") or said
            publishing.amend(
                item, Amendment.Kind.REPLY, reply, done, by=values.get("pengadu") or "", asked_at=asked
            )
        case _:
            publishing.amend(item, Amendment.Kind.CORRECTION, said, done, asked_at=asked)


def _release(situation: Situation) -> None:
    shown = [row["waktu_tayang"] for row in situation.values.get("tayang_web") or ()]
    _say(situation, RELEASE, min(shown, default=situation.at))


def _urgent(situation: Situation) -> None:
    _say(situation, URGENT, situation.at)


def _say(situation: Situation, kind: str, since: datetime) -> None:
    values = situation.values
    draft = Draft(
        kind=kind,
        title=values["judul_kegiatan"],
        body=_prose(values["naskah"]),
        byline=letterhead()["office"],
        place=values.get("tempat_kegiatan") or "",
        pictures=_pictures(values.get("materi_visual"), values["judul_kegiatan"]),
        networks=None if kind == URGENT else values.get("kanal") or (),
    )
    publishing.publish(situation.case, draft, situation.at, since=since)
    accounts.note_posts(situation)


def _posted(situation: Situation) -> None:
    accounts.note_posts(situation)


def _clarified(situation: Situation) -> None:
    values = situation.values
    origin = publishing.item_of(situation.case, RELEASE, URGENT)
    text = _prose(values["isi_klarifikasi"])
    draft = Draft(
        kind=CLARIFICATION,
        title=f"Klarifikasi: {values['judul_kegiatan']}",
        body=text,
        byline=letterhead()["office"],
        clarifies=origin,
    )
    item = publishing.publish(situation.case, draft, situation.at)
    if origin is not None:
        publishing.amend(
            origin, Amendment.Kind.CLARIFICATION, f"{item.title}\n{address_of(item)}", situation.at
        )


def _prose(given: Any) -> str:
    return read(given).as_html() if not hasattr(given, "as_html") else str(given.as_html())


def _pictures(keys: Iterable[int] | None, caption: str) -> tuple[tuple[int, str], ...]:
    return tuple((int(key), caption) for key in keys or ())


def _label(situation: Situation, name: str) -> str:
    value = situation.values.get(name) or ""
    return str((situation.procedure.fields[name].choices or {}).get(value, value))


_DOES: Mapping[tuple[str, str], Callable[[Situation], None]] = {
    ("pewarta-warga", "tayang"): _story,
    ("pewarta-warga", "koreksi"): _corrected,
    ("penyebarluasan-informasi", "tayang-portal"): _release,
    ("penyebarluasan-informasi", "siaran-darurat"): _urgent,
    ("penyebarluasan-informasi", "tayang-medsos"): _posted,
    ("penyebarluasan-informasi", "unggah-darurat"): _posted,
    ("penyebarluasan-informasi", "tayang-klarifikasi"): _clarified,
}
