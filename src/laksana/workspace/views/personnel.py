"""The employee files: whom one may read, a file as its reader may see it, and writing into it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from laksana.library.kepegawaian.cuti.book import book_of
from laksana.library.kepegawaian.riwayat import rights, services
from laksana.library.kepegawaian.riwayat.kinds import CONTENTS, ContentError
from laksana.library.kepegawaian.riwayat.models import FileRow
from laksana.library.kepegawaian.riwayat.services import Proof
from laksana.people.models import Person, Unit
from laksana.web.visits import Visit, for_employees
from laksana.workspace.paging import page_number
from laksana.workspace.personnel_words import fields_of, part_title, parts_of
from laksana.workspace.shell import role_of
from laksana.workspace.views.office_form import answer
from laksana.worktime.services import calendar
from laksana.worktime.zone import local_day

PER_PAGE = 50
ON_PAGE = "halaman berkas"


@require_safe
@for_employees
def people(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show the employees in whose files one may read; who may read nobody's is led to his own."""
    keeps = rights.keeps_files(visit.person, visit.at)
    found = rights.readable_people(visit.person, visit.at).select_related("unit")
    if not keeps and not found.exists():
        return redirect("workspace:my-file")
    words, unit = request.GET.get("q", "").strip()[:200], request.GET.get("unit", "")
    if words:
        found = found.filter(Q(name__icontains=words) | Q(nip__startswith="".join(words.split())))
    if unit:
        found = found.filter(unit__code=unit)
    if request.GET.get("lihat") != "semua":
        found = found.filter(active=True)
    page = page_number(request)
    shown = list(found.order_by("name", "pk")[(page - 1) * PER_PAGE : page * PER_PAGE + 1])
    context = {
        "people": shown[:PER_PAGE],
        "page": page,
        "more": len(shown) > PER_PAGE,
        "words": words,
        "unit": unit,
        "everything": request.GET.get("lihat") == "semua",
        "units": Unit.objects.filter(outside=False),
        "keeps": keeps,
        "kinds": [(kind, part_title(kind)) for kind in CONTENTS],
    }
    return render(request, "workspace/personnel.html", context)


@require_safe
@for_employees
def file(request: HttpRequest, visit: Visit, key: int) -> HttpResponseBase:
    """Show an employee's file as far as one may read it, and record that it was read. Answers 404 where one may read nothing."""
    person, kinds = readable_file(visit, key)
    if person == visit.person:
        return redirect("workspace:my-file")
    rights.note_reading(visit.person, person, kinds, ON_PAGE, visit.at)
    keeps = rights.may_correct(visit.person, person, visit.at)
    context = {
        **file_context(person, kinds, visit.at),
        "keeps": keeps,
        "readings": rights.readings_of(person)[:20] if keeps else [],
    }
    return render(request, "workspace/personnel_file.html", context)


def readable_file(visit: Visit, key: int) -> tuple[Person, tuple[str, ...]]:
    """Return an employee and the parts of his file that the visitor may read. Raises Http404 where there are none."""
    person = get_object_or_404(Person.objects.select_related("unit"), pk=key)
    kinds = rights.readable_parts(visit.person, person, visit.at)
    if not kinds:
        raise Http404
    return person, kinds


def file_context(person: Person, kinds: tuple[str, ...], at: datetime) -> dict[str, Any]:
    """Return what the page of a file shows: whose it is and its parts."""
    rows: dict[str, list[FileRow]] = {}
    found = services.file_of(person).filter(kind__in=kinds).select_related("case", "recorded_by", "corrects")
    for row in found.order_by("-since", "-pk"):
        rows.setdefault(row.kind, []).append(row)
    today = local_day(at)
    return {
        "employee": person,
        "role": role_of(person, today),
        "parts": list(parts_of(rows, kinds, today)),
        "hidden": [part_title(kind) for kind in CONTENTS if kind not in kinds],
    }


@require_safe
@for_employees
def leave(request: HttpRequest, visit: Visit, key: int) -> HttpResponseBase:
    """Show the ledger of an employee's leave, and record that it was read."""
    person, kinds = readable_file(visit, key)
    if "cuti" not in kinds:
        raise Http404
    rights.note_reading(visit.person, person, ("cuti",), ON_PAGE, visit.at)
    context = {
        "years": book_of(person, visit.at, calendar()),
        "employee": person,
        "title": _("Leave"),
        "back": reverse("workspace:personnel-file", args=[person.pk]),
    }
    return render(request, "workspace/my_leave.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_employees
def add(request: HttpRequest, visit: Visit, key: int, kind: str) -> HttpResponseBase:
    """Ask for a new row of a part and write it."""
    person = _correctable(visit, get_object_or_404(Person, pk=key))
    if kind not in CONTENTS:
        raise Http404

    def do(values: Mapping[str, Any]) -> str:
        span, held, proof = _row_of(kind, values)
        with _told_at_fields():
            services.record(person, kind, span, held, proof, at=visit.at, by=visit.person)
        return _("Written into the file.")

    return answer(
        request,
        visit,
        fields_of(kind, correction=False),
        do,
        heading=_("%(part)s: new row") % {"part": part_title(kind)},
        lead=str(person),
        submit_label=_("Write it into the file"),
        back=reverse("workspace:personnel-file", args=[person.pk]),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_employees
def correct(request: HttpRequest, visit: Visit, key: int) -> HttpResponseBase:
    """Ask for what stands in place of a row, and why; the row stays readable."""
    row = get_object_or_404(FileRow.objects.select_related("person", "case"), pk=key)
    person = _correctable(visit, row.person)
    rights.note_reading(visit.person, person, (row.kind,), ON_PAGE, visit.at)

    def do(values: Mapping[str, Any]) -> str:
        span, held, proof = _row_of(row.kind, values)
        with _told_at_fields():
            services.correct(row, span, held, proof, reason=values["reason"], at=visit.at, by=visit.person)
        return _("Corrected. The row before stays readable under it.")

    opening = {
        **{name: value for name, value in row.data.items() if value is not None},
        "since": row.since.isoformat(),
        "until": row.until.isoformat() if row.until else "",
        "document": row.document or (row.case.number if row.case else ""),
    }
    return answer(
        request,
        visit,
        fields_of(row.kind, correction=True),
        do,
        heading=_("%(part)s: correct a row") % {"part": part_title(row.kind)},
        lead=str(person),
        submit_label=_("Correct it"),
        back=reverse("workspace:personnel-file", args=[person.pk]),
        opening=opening,
    )


def _correctable(visit: Visit, person: Person) -> Person:
    if not rights.readable_parts(visit.person, person, visit.at) or not rights.may_correct(
        visit.person, person, visit.at
    ):
        raise Http404
    return person


def _row_of(kind: str, values: Mapping[str, Any]) -> tuple[Any, dict[str, Any], Proof]:
    held = {name: values.get(name) for name in CONTENTS[kind].model_fields}
    given = {name: value for name, value in held.items() if value not in (None, "")}
    return (values["since"], values.get("until")), given, Proof(values["document"])


@contextmanager
def _told_at_fields() -> Iterator[None]:
    """Tell what the file refuses at the fields of the form. Raises ValidationError."""
    try:
        yield
    except ContentError as error:
        raise ValidationError(
            {name or NON_FIELD_ERRORS: why for name, why in error.faults.items()}
        ) from error
