"""What earlier items say of a new one: the writer's number, how many he sent today, and a title already there."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.db.models import QuerySet

from laksana.cases.behaviour import Situation
from laksana.cases.models import Case
from laksana.library.informasi.found import cases_with
from laksana.library.informasi.pewarta_warga.rules import figure, runs, same_title, share
from laksana.numbering.services import declare_simple, give
from laksana.publishing.models import Item
from laksana.worktime.zone import OFFICE_ZONE, local_day

_BEFORE_SENDING = timedelta(days=180)
"""How long a case may have stood open before its item was sent."""
_MEMBERS = declare_simple("anggota-pewarta-warga", "PW-{tahun}-{urut:04}", "pewarta-warga", "id_anggota").key


def member_number(situation: Situation) -> str:
    """Return the number under which this NIK is a member, such as PW-2026-0001; a new one where it is none yet."""
    if mine := situation.values.get("id_anggota"):
        return str(mine)
    known = _of_writer(situation).filter(data__has_key="id_anggota").first()
    if known:
        return str(known.data["id_anggota"])
    return give(_MEMBERS, situation.at, situation.case.number).written


def sent_today(situation: Situation) -> int:
    """Return how many other items of this writer were sent on this calendar day."""
    midnight = datetime.combine(local_day(situation.at), time(), OFFICE_ZONE)
    return sum(when >= midnight for _case, when in _sent(_of_writer(situation)))


def earlier_of_like_title(situation: Situation, sent: datetime) -> str | None:
    """Return the number of an item of like title, of any writer, sent in the days before, if any.

    A refused item does not count: it may be mended and sent anew.
    """
    since = sent - timedelta(days=figure.whole("judul_serupa_hari"))
    title = situation.values["judul"]
    for case, when in _sent(_others(situation).filter(opened_at__gte=since - _BEFORE_SENDING)):
        refused = case.data.get("keputusan") == "ditolak"
        if since <= when <= sent and not refused and same_title(title, case.data["judul"]):
            return case.number
    return None


def likest(situation: Situation, most: int = 5) -> list[dict[str, object]]:
    """Return the earlier items and published texts that share most with a text, the likest first; none that share nothing."""
    mine = runs(situation.values["isi"])
    shares = [(share(mine, runs(text)), source) for source, text in _texts(situation)]
    like = sorted((pair for pair in shares if pair[0] > 0), key=lambda pair: (-pair[0], pair[1]))
    return [{"sumber": source, "persen": percent} for percent, source in like[:most]]


def _texts(situation: Situation) -> Iterator[tuple[str, str]]:
    """Yield what a text is held against: the newest items but the writer's own refused ones, and what the office's pages show."""
    newest = figure.whole("kemiripan_dibandingkan")
    for case in _others(situation).filter(data__has_key="isi").order_by("-pk")[:newest]:
        if case.data.get("keputusan") == "ditolak" and case.data.get("nik") == situation.values["nik"]:
            continue  # mended and sent anew
        yield f"{case.number}: {case.data.get('judul', '')}"[:200], str(case.data["isi"])
    published = Item.objects.exclude(case=situation.case).exclude(kind=Item.Kind.STORY)
    for item in published.order_by("-pk")[:newest]:
        yield f"Berita tayang: {item.title}"[:200], item.text


def _others(situation: Situation) -> "QuerySet[Case]":
    others = Case.objects.filter(procedure=situation.procedure.id).exclude(pk=situation.case.pk)
    return others.order_by("pk")


def _of_writer(situation: Situation) -> "QuerySet[Case]":
    mine = cases_with(situation.procedure.id, "nik", situation.values["nik"])
    return mine.exclude(pk=situation.case.pk).order_by("pk")


def _sent(items: "QuerySet[Case]") -> Iterator[tuple[Case, datetime]]:
    """Yield the items that have been sent, and when."""
    for case in items.filter(data__has_key="waktu_kirim"):
        yield case, datetime.fromisoformat(case.data["waktu_kirim"])
