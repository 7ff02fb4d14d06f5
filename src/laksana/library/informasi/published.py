"""The list of public information (DIP) as it is published: rounds merged, what is announced at once, what is to be renewed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils.text import slugify

from laksana.cases import services as cases
from laksana.cases.models import Case, WorkItem
from laksana.library.informasi.exempt import Exemption, in_force
from laksana.library.tables import Row, Table
from laksana.stemming import WORD, roots
from laksana.worktime.calendar import months_later
from laksana.worktime.zone import local_day

PROCEDURE = "daftar-informasi-publik"
AT_ONCE = "serta_merta"
PERIODIC = "berkala"
FULL = ("januari", "juli")
"""Rounds in which an agency reports everything it has; another round only changes entries."""


class CategoryRow(Row):
    """A category of public information, and after how many months an entry of it is to be renewed."""

    kategori: str
    nama: str
    bulan: int
    dasar: str


CATEGORIES = Table(__file__, "pemutakhiran-dip.csv", CategoryRow, key="kategori")


@dataclass(frozen=True)
class PublicInformation:
    """An entry of the published list."""

    key: str
    number: str
    summary: str
    agency: str
    unit: str
    responsible: str
    made: str
    form: str
    retention: str
    media: str
    category: str
    link: str
    published: date
    decree: str
    """The decree that set it; "" for what is announced at once and not set yet."""

    @cached_property
    def roots(self) -> frozenset[str]:
        """Return the roots of the words by which it is found."""
        text = " ".join(
            (self.number, self.summary, self.agency, self.unit, self.responsible, self.category_name)
        )
        return frozenset(root for word in WORD.findall(text.lower()) for root in roots(word))

    @property
    def category_name(self) -> str:
        """Return its category in words."""
        row = CATEGORIES.get(self.category)
        return row.nama if row else self.category

    @property
    def renew_by(self) -> date:
        """Return the day until which it must have been renewed."""
        row = CATEGORIES.get(self.category) or CATEGORIES[PERIODIC]
        return months_later(self.published, row.bulan)

    def overdue(self, today: date) -> bool:
        """Return whether it should have been renewed before this day."""
        return today > self.renew_by

    def repeats(self, other: "PublicInformation") -> bool:
        """Return whether this is information serta-merta that another entry tells too."""
        return self.category == AT_ONCE and self.summary == other.summary

    @property
    def address(self) -> str:
        """Return where the information itself is, "" where the entry gives no address."""
        return self.link if self.link.startswith(("https://", "http://")) else ""


def published(at: datetime) -> list[PublicInformation]:
    """Return the list as it stands at an instant, by agency and number.

    What an agency reports in a full round takes the place of all that it reported before; an agency that did not report keeps
    its old entries, which become overdue. Information serta-merta waits for no round: it is there once its agency sent it,
    unless the list of exempt information speaks of it.
    """
    today, exempt = local_day(at), in_force(at)
    found: dict[str, PublicInformation] = {}
    for case, done in _rounds(at):
        entries = [_as_first_told(each, found.get(each.key)) for each in _of_round(case, done)]
        if case.data.get("siklus") in FULL:
            agencies = {each.agency for each in entries}
            found = {key: each for key, each in found.items() if each.agency not in agencies}
        found |= {each.key: each for each in entries}
    for entry in _at_once(at, exempt):
        known = found.get(entry.key)
        found[entry.key] = _as_first_told(known, entry) if known and entry.repeats(known) else entry
    listed = sorted(found.values(), key=lambda each: (each.agency, each.number, each.key))
    return [each for each in listed if each.published <= today]


def _as_first_told(entry: PublicInformation, other: PublicInformation | None) -> PublicInformation:
    """Return an entry; information serta-merta that stands in the list twice has the day on which it came out."""
    if other is None or not entry.repeats(other):
        return entry
    return replace(entry, published=min(other.published, entry.published))


def matching(
    entries: Iterable[PublicInformation], words: str, category: str = "", agency: str = ""
) -> list[PublicInformation]:
    """Return the entries of a category and an agency in which every word stands, in any of its forms."""
    wanted = [roots(word) for word in WORD.findall(words.lower())]
    return [
        each
        for each in entries
        if (not category or each.category == category)
        and (not agency or each.agency == agency)
        and _holds(each, wanted)
    ]


def _holds(each: PublicInformation, wanted: list[frozenset[str]]) -> bool:
    there = each.roots
    return all(word & there or any(r.startswith(w) for w in word for r in there) for word in wanted)


def _rounds(at: datetime) -> Iterator[tuple[Case, WorkItem]]:
    """Yield the rounds that were announced until an instant, in that order."""
    done = WorkItem.objects.filter(
        case__procedure=PROCEDURE, step="umumkan", state=WorkItem.State.DONE, done_at__lte=at
    )
    for item in done.select_related("case").order_by("done_at", "pk"):
        yield item.case, item


def _of_round(case: Case, done: WorkItem) -> Iterator[PublicInformation]:
    day = (
        date.fromisoformat(case.data["tanggal_umum"])
        if case.data.get("tanggal_umum")
        else local_day(done.done_at or case.opened_at)
    )
    for row in case.data.get("dip_umum") or ():
        yield _entry(row, day, str(case.data.get("nomor_sk") or ""))


def _at_once(at: datetime, exempt: list[Exemption]) -> Iterator[PublicInformation]:
    """Yield what running rounds hold of information serta-merta, unless it was sent back or touches what is exempt."""
    running = Case.objects.filter(procedure=PROCEDURE, opened_at__lte=at).exclude(state=Case.State.CANCELLED)
    announced = {case.pk for case, _done in _rounds(at)}
    for case in running.exclude(pk__in=announced).order_by("pk"):
        doubted = {str(row.get("nomor")) for row in case.data.get("catatan_verifikasi") or ()}
        for row, sent in _sent(case):
            if row.get("kategori") != AT_ONCE or str(row.get("nomor")) in doubted:
                continue
            if any(each.touched_by(str(row.get("ringkasan_isi"))) for each in exempt):
                continue
            yield _entry(row, sent, "")


def _sent(case: Case) -> Iterator[tuple[Mapping[str, Any], date]]:
    """Yield the entries that agencies sent in a round, each with its agency and the day."""
    for instance in cases.instances(case):
        day = instance.data.get("tanggal_kirim")
        for row in instance.data.get("daftar_entri") or () if day else ():
            yield {"opd": str(instance.row.get("opd") or ""), **row}, date.fromisoformat(str(day))


def _entry(row: Mapping[str, Any], day: date, decree: str) -> PublicInformation:
    def text(name: str) -> str:
        return str(row.get(name) or "").strip()

    agency = text("opd") or text("unit_menguasai")
    return PublicInformation(
        key=slugify(f"{agency} {text('nomor')}") or "entri",
        number=text("nomor"),
        summary=text("ringkasan_isi"),
        agency=agency,
        unit=text("unit_menguasai"),
        responsible=text("penanggung_jawab"),
        made=text("waktu_tempat_pembuatan"),
        form=text("bentuk"),
        retention=text("jangka_penyimpanan"),
        media=text("media"),
        category=text("kategori"),
        link=text("berkas_tautan"),
        published=day,
        decree=decree,
    )
