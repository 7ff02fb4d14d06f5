"""The yearly evaluation of SOPs: the book of a year, one SOP's form with its figures, and the way to its revision."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laksana.cases import services as cases
from laksana.cases.errors import NotFound
from laksana.cases.models import SopVersion
from laksana.library.evaluation import services as evaluation
from laksana.library.evaluation.services import (
    DRAFTING,
    AnsweredMeanwhile,
    Answers,
    SopEvaluation,
    YearFigures,
)
from laksana.people.services import desk_title
from laksana.sop.definition import FieldSpec, Procedure
from laksana.web.forms.reading import Sent
from laksana.web.standing import working_time
from laksana.web.tables import csv_answer
from laksana.web.values import moment_text
from laksana.web.visits import Visit, for_employees
from laksana.workspace.places import start_place
from laksana.workspace.views.answers import refusals_answered
from laksana.workspace.views.office_form import answer, spec
from laksana.worktime.zone import day_begins, local_day

_SEEN = "_seen"
_FIRST_YEAR = 2000
_LONGEST_NOTE, _LONGEST_REASON = 300, 1000


@dataclass(frozen=True)
class Row:
    """One SOP in the list of a year."""

    version: SopVersion
    kept: SopEvaluation | None


@require_safe
@refusals_answered
@for_employees
def overview(request: HttpRequest, visit: Visit, year: int) -> HttpResponse:
    """Show of every SOP in force in a year whether it was evaluated, by whom, and what was concluded."""
    rows = _rows(year, visit.at)
    context = {"year": year, "rows": rows, "done": sum(row.kept is not None for row in rows)}
    return render(request, "workspace/evaluations.html", context | _neighbours(year, visit.at))


@require_safe
@refusals_answered
@for_employees
def overview_csv(request: HttpRequest, visit: Visit, year: int) -> HttpResponse:  # noqa: ARG001
    """Give the evaluations of a year as CSV, with the figures that were kept with each."""
    figures = ("started", "ended", "cancelled", "median", "limit", "on_time", "steps_on_time", "loops")
    heads = (
        "kode", "sop", "unit", "simpulan", "tidak_terpenuhi", "catatan", "dievaluasi_oleh", "selaku", "tanggal",
        "berkas_dimulai", "berkas_selesai", "berkas_dibatalkan", "median_menit_kerja", "baku_menit_kerja",
        "berkas_tepat_waktu_persen", "langkah_tepat_waktu_persen", "langkah_diulang",
    )  # fmt: skip
    lines: list[tuple[object, ...]] = []
    for row in _rows(year, visit.at):
        line: tuple[object, ...] = (row.version.code, row.version.title, row.version.unit)
        if kept := row.kept:
            lacking = "; ".join(each["uraian"] for each in kept.answers if not each["terpenuhi"])
            line += (kept.conclusion, lacking, kept.note, kept.by, kept.capacity, local_day(kept.at))
            line += tuple(kept.figures[name] for name in figures)
        lines.append(line + ("",) * (len(heads) - len(line)))
    return csv_answer(heads, lines, f"evaluasi-sop-{year}")


def _rows(year: int, at: datetime) -> list[Row]:
    """Return the SOPs in force in a year, in the order of the book. Raises Http404 where there are none."""
    kept = evaluation.evaluations_of_year(year)
    rows = [
        Row(version, kept.get(version.procedure)) for version in cases.procedures_in_force(_within(year, at))
    ]
    if not rows:
        raise Http404
    return rows


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_answered
@for_employees
def evaluate(request: HttpRequest, visit: Visit, procedure: str, year: int) -> HttpResponse:
    """Show an SOP's year and what its owner answered; the owner, and whoever is above him, answers here."""
    _within(year, visit.at)
    definition = cases.definition_in_force(procedure, visit.at)
    kept, figures = evaluation.latest(procedure, year), evaluation.year_figures(procedure, year, visit.at)
    owner = evaluation.owner_of(definition)
    context: dict[str, Any] = {
        "procedure": definition,
        "year": year,
        "figures": figures,
        "told": _in_words(figures),
        "kept": kept,
        "owner": desk_title(owner.desks[0]),
        "drafting": _drafting(kept, visit),
        **_neighbours(year, visit.at, procedure),
    }
    if not evaluation.may_evaluate(visit.person, definition, visit.at):
        status = 403 if request.method == "POST" else 200
        return render(request, "workspace/evaluation.html", context, status=status)
    context["seen"] = seen = _seen(request, kept)

    def do(values: Mapping[str, Any]) -> str:
        answers = _answers(values)
        try:
            evaluation.keep(procedure, year, answers, visit.person, visit.at, seen=seen)
        except AnsweredMeanwhile as refusal:
            context["seen"] = refusal.by.revision
            raise ValidationError(_answered_meanwhile(refusal.by)) from None
        return _("The evaluation was kept.")

    return answer(
        request,
        visit,
        _specs(),
        do,
        heading=_("Evaluation of the SOP in %(year)s") % {"year": year},
        submit_label=_("Keep the evaluation"),
        back=reverse("workspace:evaluation", args=[procedure, year]),
        opening=_opening(kept),
        template="workspace/evaluation.html",
        context=context,
    )


@require_safe
@refusals_answered
@for_employees
def form(request: HttpRequest, visit: Visit, procedure: str, year: int) -> HttpResponseBase:  # noqa: ARG001
    """Give the form of an SOP's year as PDF/A."""
    _within(year, visit.at)
    response = HttpResponse(evaluation.form_pdf(procedure, year, visit.at), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="evaluasi-{procedure}-{year}.pdf"'
    return response


@require_POST
@refusals_answered
@for_employees
def redraft(request: HttpRequest, visit: Visit, procedure: str, year: int) -> HttpResponse:
    """Lead to the form that starts the drafting of an SOP, filled in from an evaluation that says it must be revised.

    A draft of that form that the person already has is left as it is.
    """
    kept = evaluation.latest(procedure, year)
    if kept is None or kept.conclusion != SopEvaluation.Conclusion.REVISE:
        raise Http404
    place = start_place(DRAFTING, visit.person, visit.at)
    if place.draft() is None:
        place.keep_draft(Sent(_first_answers(cases.definition_in_force(procedure, visit.at))))
    else:
        messages.warning(request, _("You had begun this form before; it is shown as you left it."))
    return redirect("workspace:start-form", DRAFTING)


def _first_answers(procedure: Procedure) -> dict[str, Any]:
    owner = evaluation.owner_of(procedure)
    known = {
        "pemicu": "hasil_evaluasi",
        "nama_sop": procedure.title,
        "kode_buku": procedure.code,
        "unit_pelaksana": f"position:{owner.unit_head}" if owner.unit_head else "",
    }
    return {name: value for name, value in known.items() if value}


def _answers(values: Mapping[str, Any]) -> Answers:
    """Return what a form says. Raises ValidationError, naming the fields, where its parts do not fit each other."""
    lines = [each.kriteria for each in evaluation.criteria()]
    fulfilled = {name: values[f"nilai_{name}"] == "ya" for name in lines}
    notes = {name: values.get(f"catatan_{name}") or "" for name in lines}
    conclusion, note = values["simpulan"], values.get("alasan") or ""
    faults = {
        f"catatan_{name}": _("Say what is lacking.")
        for name in lines
        if not fulfilled[name] and not notes[name]
    }
    if not note and (conclusion != SopEvaluation.Conclusion.KEEP or not all(fulfilled.values())):
        faults["alasan"] = _("Say why, and what is to be done.")
    if faults:
        raise ValidationError(faults)
    return Answers(fulfilled, notes, conclusion, note)


def _answered_meanwhile(by: SopEvaluation) -> str:
    told = _("%(who)s has answered on %(when)s, since you opened this form. Sent again, yours counts.")
    return told % {"who": by.by, "when": moment_text(by.at)}


def _specs() -> dict[str, FieldSpec]:
    """Return the fields of the form: for each criterion yes or no with a note, the conclusion, its reasons."""
    found: dict[str, FieldSpec] = {}
    for number, each in enumerate(evaluation.criteria(), 1):
        found[f"nilai_{each.kriteria}"] = spec(
            "choice",
            f"{number}. {each.uraian}",
            choices={"ya": str(_("Yes")), "tidak": str(_("No"))},
            required=True,
        )
        found[f"catatan_{each.kriteria}"] = spec(
            "text", _("Note on %(number)s") % {"number": number}, max_length=_LONGEST_NOTE
        )
    conclusions = {str(value): str(label).capitalize() for value, label in SopEvaluation.Conclusion.choices}
    found["simpulan"] = spec("choice", _("Conclusion"), choices=conclusions, required=True)
    found["alasan"] = spec("longtext", _("Reasons and what is to be done"), max_length=_LONGEST_REASON)
    return found


def _opening(kept: SopEvaluation | None) -> dict[str, Any]:
    if kept is None:
        return {}
    given: dict[str, Any] = {"simpulan": kept.conclusion, "alasan": kept.note}
    for line in kept.answers:
        given[f"nilai_{line['kriteria']}"] = "ya" if line["terpenuhi"] else "tidak"
        given[f"catatan_{line['kriteria']}"] = line["catatan"]
    return given


def _seen(request: HttpRequest, kept: SopEvaluation | None) -> int:
    """Return the revision that the form showed."""
    given = request.POST.get(_SEEN, "")
    if request.method != "POST":
        return kept.revision if kept else 0
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 5 else 0


@dataclass(frozen=True)
class Drafting:
    """The way to a revision: whether this person may start it, and else who does."""

    allowed: bool
    by: str


def _drafting(kept: SopEvaluation | None, visit: Visit) -> Drafting | None:
    if kept is None or kept.conclusion != SopEvaluation.Conclusion.REVISE:
        return None
    try:
        procedure = cases.definition_in_force(DRAFTING, visit.at)
    except NotFound:
        return None
    first = procedure.performers[procedure.steps[0].by[0]]
    return Drafting(cases.may_start(visit.person, procedure, visit.at), first.title)


def _in_words(figures: YearFigures) -> dict[str, str]:
    slowest = figures.slowest
    return {
        "median": _time(figures.median),
        "limit": _time(figures.limit),
        "on_time": _percent(figures.on_time),
        "steps_on_time": _percent(figures.steps_on_time),
        "slowest_time": _time(slowest.median if slowest else None),
    }


def _time(minutes: int | None) -> str:
    return "–" if minutes is None else working_time(minutes)


def _percent(share: int | None) -> str:
    return "–" if share is None else f"{share}%"


def _within(year: int, at: datetime) -> datetime:
    """Return the last instant of a year that has begun, `at` where it is not over. Raises Http404 for another year."""
    if not _FIRST_YEAR <= year <= local_day(at).year:
        raise Http404
    return min(day_begins(date(year + 1, 1, 1)) - timedelta(microseconds=1), at)


def _neighbours(year: int, at: datetime, procedure: str = "") -> dict[str, int | None]:
    """Return the years before and after in which the SOP, or any, was in force; None where there is none."""
    before = cases.procedures_in_force(day_begins(date(year, 1, 1)) - timedelta(microseconds=1))
    known = any(procedure in ("", version.procedure) for version in before)
    return {
        "earlier": year - 1 if known and year > _FIRST_YEAR else None,
        "later": year + 1 if year < local_day(at).year else None,
    }
