"""Self-service: one's own file, leave with the ledger that explains every day, what is ahead, and the requests to start."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from laksana.cases import services as cases
from laksana.library.kepegawaian.cuti.book import book_of
from laksana.library.kepegawaian.forecasts import Calculator, Result, calculators
from laksana.library.kepegawaian.riwayat import rights
from laksana.library.kepegawaian.riwayat.prefill import Facts, facts
from laksana.sop.form import clean_fields
from laksana.web.forms.directory import Directory
from laksana.web.forms.plain_form import PlainForm
from laksana.web.forms.step_form import as_text
from laksana.web.visits import Visit, for_employees
from laksana.workspace.views.personnel import file_context
from laksana.worktime.services import calendar
from laksana.worktime.zone import local_day

REQUESTS = ("cuti", "kartu-pegawai", "skumptk")
"""What an employee asks for himself; the personnel officer starts the others."""


@dataclass(frozen=True)
class Ahead:
    """A forecast with its result; without one, what the file lacks for it."""

    calculator: Calculator
    result: Result | None
    lacks: list[str]


@require_safe
@for_employees
def my_file(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show one's own file and everything that follows from it."""
    today = local_day(visit.at)
    years = book_of(visit.person, visit.at, calendar())
    this_year = next(year for year in years if year.year == today.year)
    known = facts(visit.person, today)
    on_contract = "status_pegawai" in known and known["status_pegawai"][0].value == "PPPK"
    may_start = {procedure.id: procedure for procedure in cases.startable_by(visit.person, visit.at)}
    context = {
        **file_context(visit.person, rights.ALL, visit.at),
        "leave": this_year,
        "ahead": [
            _ahead(each, known, visit) for each in calculators() if each.for_contracts or not on_contract
        ],
        "requests": [may_start[name] for name in REQUESTS if name in may_start],
        "ask_leave": f"{reverse('workspace:start-form', args=['cuti'])}?jenis_cuti=tahunan&luar_negeri=false",
        "may_ask_leave": "cuti" in may_start,
        "readings": rights.readings_of(visit.person)[:20],
        "running": visit.person.started_cases.filter(state="berjalan")[:10],
    }
    return render(request, "workspace/my_file.html", context)


def _ahead(calculator: Calculator, known: Facts, visit: Visit) -> Ahead:
    opening = calculator.opening(known)
    lacks = [
        spec.label
        for name, spec in calculator.inputs.items()
        if spec.required and opening.get(name) in (None, "")
    ]
    if lacks:
        return Ahead(calculator, None, lacks)
    checked = clean_fields(calculator.inputs, opening)
    if not checked.ok:
        return Ahead(calculator, None, [calculator.inputs[name].label for name in checked.errors])
    return Ahead(calculator, calculator.reckon(checked.values, local_day(visit.at)), [])


@require_safe
@for_employees
def calculate(request: HttpRequest, visit: Visit, what: str) -> HttpResponse:
    """Show a calculator: it opens with what the file says, and reckons with what one writes instead."""
    calculator = next((each for each in calculators() if each.id == what), None)
    if calculator is None:
        raise Http404
    today = local_day(visit.at)
    given: Mapping[str, Any] = {
        **calculator.opening(facts(visit.person, today)),
        **{name: text for name, text in request.GET.items() if name in calculator.inputs},
    }
    checked = clean_fields(calculator.inputs, given)
    told = {name: as_text(why) for name, why in checked.errors.items()} if request.GET else {}
    context = {
        "calculator": calculator,
        "form": PlainForm(calculator.inputs, visit.person.pk, Directory(visit.at), given, told),
        "result": calculator.reckon(checked.values, today) if checked.ok else None,
    }
    return render(request, "workspace/calculator.html", context)


@require_safe
@for_employees
def my_leave(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the ledger of one's own leave, all years."""
    return render(
        request,
        "workspace/my_leave.html",
        {
            "years": book_of(visit.person, visit.at, calendar()),
            "employee": visit.person,
            "title": _("My leave"),
        },
    )
