"""Attendance by machine: files taken in with a report, columns chosen in the browser, corrections of locked months."""

from collections.abc import Mapping as Values
from time import perf_counter
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from pydantic import ValidationError as BadMapping

from laksana.files.services import FileRefused, open_file, store
from laksana.library.kepegawaian.presensi import services
from laksana.library.kepegawaian.presensi.models import DayCorrection, Machine, Upload
from laksana.library.kepegawaian.presensi.reading import Mapping, SheetError, heading
from laksana.library.kepegawaian.riwayat.rights import keeps_files
from laksana.people.models import Person
from laksana.web.forms.directory import Directory
from laksana.web.visits import Visit, VisitView, for_employees
from laksana.workspace.views.office_form import answer, spec

_ACCEPT = ("csv", "xlsx")
_SHOWN = 20
ROLES = ("employee", "moment", "day", "clock", "came", "left")


def _for_keepers(view: VisitView[...]) -> Any:
    """Let only those in who keep the employee files; to others there is no such page."""

    @for_employees
    def guarded(request: HttpRequest, visit: Visit, /, **named: Any) -> HttpResponseBase:
        if not keeps_files(visit.person, visit.at):
            raise Http404
        return view(request, visit, **named)

    return guarded


@require_safe
@_for_keepers
def attendance(request: HttpRequest, _visit: Visit) -> HttpResponse:
    """Show the machines, the files that came from them, and what was corrected in locked months."""
    return _page(request, {})


def _page(request: HttpRequest, errors: dict[str, str]) -> HttpResponse:
    context = {
        "machines": Machine.objects.all(),
        "uploads": Upload.objects.select_related("machine", "by")[:_SHOWN],
        "corrections": DayCorrection.objects.select_related("person", "by")[:_SHOWN],
        "errors": errors,
        "machine_name": request.POST.get("mesin", ""),
    }
    return render(request, "workspace/attendance.html", context, status=422 if errors else 200)


@require_POST
@_for_keepers
def upload(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Keep a file; take it in at once where the machine's columns are known, else ask for them."""
    name, sent = request.POST.get("mesin", "").strip()[:100], request.FILES.get("berkas")
    errors: dict[str, str] = {}
    if not name:
        errors["mesin"] = _("Say which machine it comes from.")
    if sent is None:
        errors["berkas"] = _("Attach a file.")
    if errors or sent is None:
        return _page(request, errors)
    try:
        stored = store(sent, sent.name or "", _ACCEPT, at=visit.at)
        with open_file(stored) as file:
            heading(file.read())
    except (FileRefused, SheetError) as refusal:
        return _page(request, {"berkas": _("The file was not taken: %(why)s.") % {"why": refusal}})
    with transaction.atomic():
        machine, _made = Machine.objects.get_or_create(name=name)
        kept = Upload.objects.create(
            machine=machine, stored=stored, name=(sent.name or "")[:255], by=visit.person, at=visit.at
        )
    mapping = services.known_mapping(machine, services.content_of(kept))
    if mapping is None:
        return redirect("workspace:attendance-columns", kept.pk)
    return _take(request, visit, kept, mapping)


def _take(request: HttpRequest, visit: Visit, kept: Upload, mapping: Mapping) -> HttpResponseBase:
    began = perf_counter()
    try:
        services.take(kept, mapping, at=visit.at)
    except SheetError as refusal:
        return _columns(request, kept, {"employee": str(refusal)})
    kept.refresh_from_db()
    kept.report["seconds"] = round(perf_counter() - began, 1)
    kept.save()
    return redirect("workspace:attendance-report", kept.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@_for_keepers
def columns(request: HttpRequest, visit: Visit, key: int) -> HttpResponseBase:
    """Ask which column says what, with the first rows of the file in view; the machine remembers it."""
    kept = get_object_or_404(Upload.objects.select_related("machine", "stored"), pk=key)
    if request.method != "POST":
        return _columns(request, kept, {})
    given = {name: request.POST.get(name, "") for name in ("layout", "by", *ROLES)}
    month = request.POST.get("month", "")
    try:
        mapping = Mapping.model_validate(
            {
                **given,
                "month": f"{month}-01" if month else None,
                "day_first": request.POST.get("order", "hari") == "hari",
            }
        )
    except BadMapping as error:
        return _columns(request, kept, {str(each["loc"][0]): _("Choose one.") for each in error.errors()})
    missing = {name: _("Choose one.") for name in mapping.missing()}
    if missing:
        return _columns(request, kept, missing)
    return _take(request, visit, kept, mapping)


def _columns(request: HttpRequest, kept: Upload, errors: dict[str, str]) -> HttpResponse:
    heads, rows = heading(services.content_of(kept))
    remembered = {**kept.machine.mapping, **request.POST.dict()}
    labels = {
        "employee": _("Employee"), "moment": _("Day and time in one"), "day": _("Day"), "clock": _("Time"),
        "came": _("Came"), "left": _("Left"),
    }  # fmt: skip
    context = {
        "upload": kept,
        "heads": heads,
        "rows": rows,
        "roles": [(role, labels[role], remembered.get(role, ""), errors.get(role, "")) for role in ROLES],
        "layouts": [
            ("pindai", _("A row for each scan")), ("masuk-pulang", _("A row for each employee and day, with in and out")),
            ("bulan", _("A row for each employee, with a column for each day")),
        ],
        "bys": [("nomor", _("his number at the machine")), ("nip", "NIP")],
        "chosen": {
            "layout": remembered.get("layout", "pindai"), "by": remembered.get("by", "nomor"),
            "month": str(remembered.get("month") or "")[:7], "order": request.POST.get("order", "hari"),
        },
        "errors": errors,
    }  # fmt: skip
    return render(request, "workspace/attendance_columns.html", context, status=422 if errors else 200)


@require_safe
@_for_keepers
def report(request: HttpRequest, visit: Visit, key: int) -> HttpResponse:
    """Show what came of a file: what was taken, what was refused and why, who is not known to the machine."""
    kept = get_object_or_404(Upload.objects.select_related("machine", "by"), pk=key)
    context = {
        "upload": kept,
        "report": kept.report,
        "enrolments": kept.machine.enrolments.select_related("person"),
        "people": Directory(visit.at).groups("person") if kept.report.get("unknown") else [],
    }
    return render(request, "workspace/attendance_report.html", context)


@require_POST
@_for_keepers
def enrol(request: HttpRequest, visit: Visit, key: int) -> HttpResponseBase:
    """Say to whom the numbers of a machine belong, and take the file in again."""
    kept = get_object_or_404(Upload.objects.select_related("machine"), pk=key)
    given = {
        name.removeprefix("nomor."): str(value)
        for name, value in request.POST.items()
        if name.startswith("nomor.")
    }
    chosen = [(number, int(person)) for number, person in given.items() if person.isdecimal()]
    people = Person.objects.in_bulk([person for _number, person in chosen])
    for number, person in chosen:
        if person in people:
            services.enrol(kept.machine, number, people[person])
    if not chosen:
        messages.info(request, _("No number was given to anybody."))
        return redirect("workspace:attendance-report", kept.pk)
    return _take(request, visit, kept, Mapping.model_validate(kept.machine.mapping))


@require_http_methods(["GET", "HEAD", "POST"])
@_for_keepers
def correct(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Ask for a correction of a day in a locked month and keep it with what stood there."""

    def do(values: Values[str, Any]) -> str:
        person = Person.objects.get(pk=values["person"])
        services.correct_day(
            person,
            values["day"],
            (values.get("came"), values.get("left")),
            reason=values["reason"],
            document=values["document"],
            at=visit.at,
            by=visit.person,
        )
        return _("Corrected. What stood there before is kept.")

    fields = {
        "person": spec("person", _("Employee"), required=True),
        "day": spec(
            "date",
            _("Day"),
            required=True,
            help=_("A day of a locked month; an open month takes a new file."),
        ),
        "came": spec("time", _("Came")),
        "left": spec("time", _("Left")),
        "reason": spec("text", _("Reason"), required=True, max_length=300),
        "document": spec("text", _("Document that proves it"), required=True, max_length=200),
    }
    return answer(
        request,
        visit,
        fields,
        do,
        heading=_("Correct a day of a locked month"),
        lead=_("The recap itself is corrected by a new recap case that names the old one."),
        submit_label=_("Correct it"),
        back=reverse("workspace:attendance"),
    )
