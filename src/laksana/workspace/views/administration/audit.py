"""The audit trail: which event of which case when, whether the chains hold, who read personal data, what administrators changed.

Looking after the system is no reason to read a case: the pages tell that something happened and by whom, never what was written.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from laksana.cases.models import Case, Event
from laksana.disclosure.models import Reading as CaseReading
from laksana.jobs.services import enqueue
from laksana.library.kepegawaian.penjagaan.models import Reading as ListReading
from laksana.library.kepegawaian.riwayat.models import FileReading
from laksana.people.models import OfficeChange
from laksana.registers.models import Reading as BookReading
from laksana.web.visits import Visit, for_administrators
from laksana.workspace.paging import page_number
from laksana.workspace.tasks import verify_chains
from laksana.worktime.zone import OFFICE_ZONE

PER_PAGE = 50


@dataclass(frozen=True)
class Read:
    """That somebody read personal data: who, when, of whom or of what, and which part."""

    at: datetime
    who: str
    of: str
    part: str


@require_safe
@for_administrators
def events(request: HttpRequest, visit: Visit) -> HttpResponse:  # noqa: ARG001  (a view gets the visit)
    """Show the events of all cases, the latest first: found by case, person, kind and days; with the last verifications."""
    asked = {
        name: request.GET.get(name, "").strip()[:200]
        for name in ("nomor", "orang", "jenis", "dari", "sampai")
    }
    page = page_number(request)
    found = Event.objects.filter(_wanted(asked)).select_related("case", "actor").order_by("-at", "-pk")
    shown = list(found[(page - 1) * PER_PAGE : page * PER_PAGE + 1])
    names = _names()
    context = {
        "asked": asked,
        "rows": [(event, names.get(event.kind, event.kind)) for event in shown[:PER_PAGE]],
        "kinds": sorted(names.items(), key=lambda pair: pair[1]),
        "page": page,
        "more": len(shown) > PER_PAGE,
        "verified": OfficeChange.objects.filter(about=OfficeChange.About.AUDIT).select_related("by")[:5],
        "cases": Case.objects.count(),
    }
    return render(request, "workspace/administration/audit.html", context)


def _names() -> dict[str, str]:
    """Return what each kind of event is called."""
    return {
        "started": _("Case started"),
        "completed": _("Step done"),
        "passed": _("Step passed by itself"),
        "claimed": _("Step taken"),
        "released": _("Step given back"),
        "delegated": _("Step delegated"),
        "recalled": _("Work taken back from a desk"),
        "withdrawn": _("Step done again"),
        "recorded": _("Entry in a journal"),
        "timed-out": _("Step not done in time"),
        "started-other": _("Another case started"),
        "other-ended": _("Another case ended"),
        "ended": _("Case ended"),
        "cancelled": _("Case cancelled"),
        "commented": _("Comment"),
        "comment-retracted": _("Comment taken back"),
        "attached": _("File attached"),
        "paper-made": _("Paper made"),
        "paper-signed": _("Paper signed"),
        "clock-paused": _("Time limit paused"),
        "clock-resumed": _("Time limit resumed"),
        "clock-extended": _("Time limit extended"),
        "clock-breached": _("Time limit passed"),
        "archive-held": _("Held in the archive"),
        "archive-released": _("Hold of the archive lifted"),
        "archive-appraised": _("Fate appraised"),
        "archive-moved": _("Transferred to the records centre"),
        "archive-handed-over": _("Handed over to the regional archives"),
        "archive-destroyed": _("Files destroyed"),
        "file-blacked-out": _("File blacked out"),
        "release-approved": _("Blacked out file released"),
        "release-given-back": _("File of the answer given back"),
        "migrated": _("Moved to another version of the SOP"),
    }


def _wanted(asked: dict[str, str]) -> Q:
    found = Q()
    if asked["nomor"]:
        found &= Q(case__number__icontains=asked["nomor"])
    if asked["orang"]:
        found &= Q(actor__name__icontains=asked["orang"])
    if asked["jenis"]:
        found &= Q(kind=asked["jenis"])
    if since := _day(asked["dari"]):
        found &= Q(at__gte=since)
    if until := _day(asked["sampai"]):
        found &= Q(at__lt=until + timedelta(days=1))
    return found


def _day(text: str) -> datetime | None:
    """Return the beginning of a day as a browser sends it; None for anything else."""
    try:
        return datetime.combine(date.fromisoformat(text), time(), OFFICE_ZONE)
    except ValueError:
        return None


@require_POST
@for_administrators
def verify(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Order that the chain of every case is verified; the page shows what came of it."""
    enqueue(verify_chains, by=visit.person.pk)
    messages.success(
        request, _("The chains are being verified. What comes of it stands here as soon as it is done.")
    )
    return redirect("workspace:audit")


@require_safe
@for_administrators
def readings(request: HttpRequest, visit: Visit) -> HttpResponse:  # noqa: ARG001
    """Show who read personal data: in cases, in employees' files, in restricted books, in the lists of what falls due."""
    kinds = _readings()
    kind = request.GET.get("jenis", "")
    kind = kind if kind in kinds else "perkara"
    words, page = request.GET.get("q", "").strip()[:200], page_number(request)
    _label, rows_of = kinds[kind]
    shown = list(rows_of(words, (page - 1) * PER_PAGE, PER_PAGE + 1))
    context = {
        "kind": kind,
        "tabs": [(key, label) for key, (label, _rows) in kinds.items()],
        "rows": shown[:PER_PAGE],
        "words": words,
        "page": page,
        "more": len(shown) > PER_PAGE,
    }
    return render(request, "workspace/administration/readings.html", context)


Rows = Callable[[str, int, int], Iterator[Read]]


def _readings() -> dict[str, tuple[str, Rows]]:
    return {
        "perkara": (_("Cases"), _of_cases),
        "pegawai": (_("Employee files"), _of_files),
        "buku": (_("Restricted books"), _of_books),
        "penjagaan": (_("What falls due"), _of_lists),
    }


def _of_cases(words: str, first: int, count: int) -> Iterator[Read]:
    rows = CaseReading.objects.filter(Q(person__name__icontains=words) | Q(case__number__icontains=words))
    for row in _some(rows.select_related("person", "case"), first, count):
        yield Read(row.at, row.person.name, row.case.number, row.what)


def _of_files(words: str, first: int, count: int) -> Iterator[Read]:
    rows = FileReading.objects.filter(Q(person__name__icontains=words) | Q(reader__name__icontains=words))
    for row in _some(rows.select_related("person", "reader"), first, count):
        yield Read(row.at, row.reader.name, row.person.name, f"{', '.join(row.parts)} ({row.occasion})")


def _of_books(words: str, first: int, count: int) -> Iterator[Read]:
    rows = BookReading.objects.filter(Q(person__name__icontains=words) | Q(register__icontains=words))
    for row in _some(rows.select_related("person"), first, count):
        yield Read(row.at, row.person.name, f"{row.procedure}/{row.register}", f"{row.how}, {row.rows}")


def _of_lists(words: str, first: int, count: int) -> Iterator[Read]:
    rows = ListReading.objects.filter(Q(person__name__icontains=words) | Q(kind__icontains=words))
    for row in _some(rows.select_related("person"), first, count):
        yield Read(row.at, row.person.name, row.kind or _("All"), str(row.count))


def _some(rows: "QuerySet[Any]", first: int, count: int) -> "QuerySet[Any]":
    return rows.order_by("-at", "-pk")[first : first + count]


@require_safe
@for_administrators
def changes(request: HttpRequest, visit: Visit) -> HttpResponse:  # noqa: ARG001
    """Show what was changed of the office and its accounts, the latest first, by what it is about."""
    about, words, page = (
        request.GET.get("tentang", ""),
        request.GET.get("q", "").strip()[:200],
        page_number(request),
    )
    found = OfficeChange.objects.select_related("by").filter(
        Q(what__icontains=words) | Q(by__name__icontains=words)
    )
    if about in OfficeChange.About.values:
        found = found.filter(about=about)
    shown = list(found[(page - 1) * PER_PAGE : page * PER_PAGE + 1])
    context = {
        "about": about,
        "abouts": OfficeChange.About.choices,
        "rows": shown[:PER_PAGE],
        "words": words,
        "page": page,
        "more": len(shown) > PER_PAGE,
    }
    return render(request, "workspace/administration/changes.html", context)
