"""How the procedures do against their standards: all of them in a line each, one step by step."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from laksana.cases import services as cases
from laksana.cases.models import SopVersion, WorkItem
from laksana.measurement.services import (
    Measurement,
    Part,
    StepMeasure,
    StepParts,
    Times,
    measure,
    returned,
    step_parts,
    trend,
)
from laksana.web.standing import short_time, working_time
from laksana.web.tables import csv_answer
from laksana.web.visits import Visit, for_employees
from laksana.workspace import supposing
from laksana.workspace.chart import heat_chart
from laksana.workspace.trend_picture import trend_picture
from laksana.workspace.views.answers import refusals_answered
from laksana.worktime.zone import local_day

SPANS = {"30": timedelta(days=30), "180": timedelta(days=182), "365": timedelta(days=365), "semua": None}
USUAL = "180"
_BEYOND = (1.0, 2.0, 4.0)
"""Up to how many times the standard a step's median is within, warm, hot; beyond the last it is far beyond."""
_DONE, _OPEN = Q(state=WorkItem.State.DONE), Q(state=WorkItem.State.OPEN)


@dataclass(frozen=True)
class Row:
    """A procedure in one line."""

    version: SopVersion
    done: int
    on_time: int | None
    waiting: int
    late: int


@dataclass(frozen=True)
class StepRow:
    """A step's measures in words."""

    measure: StepMeasure
    median: str
    p90: str
    on_time: str
    waiting: str
    working: str
    taken_up: bool
    """Whether it was ever taken up before it was done; else all its time counts as waiting."""


@require_safe
@for_employees
def overview(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show every procedure that was carried out, those with most that is late first."""
    span, since = span_of(request, visit.at)
    counts = _counts(since, visit.at)
    rows = [
        Row(
            version,
            count["done"],
            100 * count["punctual"] // count["done"] if count["done"] else None,
            count["waiting"],
            count["late"],
        )
        for version in cases.procedures_in_force(visit.at)
        if (count := counts.get(version.procedure))
    ]
    context = {
        "rows": sorted(rows, key=lambda row: -row.late),
        "span": span,
        "spans": _spans(),
        "this_year": local_day(visit.at).year,
    }
    return render(request, "workspace/measurement.html", context)


def _counts(since: datetime | None, at: datetime) -> dict[str, dict[str, Any]]:
    """Return procedure -> steps done, done in time, waiting now, late now; one query."""
    done = _DONE & Q(done_at__gte=since) if since else _DONE
    punctual = Q(due_at=None) | Q(done_at__lte=F("due_at"))
    rows = WorkItem.objects.values("case__procedure").annotate(
        done=Count("pk", filter=done),
        punctual=Count("pk", filter=done & punctual),
        waiting=Count("pk", filter=_OPEN),
        late=Count("pk", filter=_OPEN & Q(due_at__lt=at)),
    )
    return {row["case__procedure"]: {**row} for row in rows.order_by()}


@require_safe
@refusals_answered
@for_employees
def procedure(request: HttpRequest, visit: Visit, procedure: str) -> HttpResponse:
    """Show one procedure measured: its figures, its heat map, its steps and time limits."""
    span, since = span_of(request, visit.at)
    measured = measure(procedure, since, visit.at)
    definition = cases.definition_in_force(procedure, visit.at)
    supposition = supposing.read(request.GET, measured.steps)
    parts, part = step_parts(procedure, since, visit.at), _part(request)
    medians = {step.step: _of_part(step, parts.get(step.step), part).median for step in measured.steps}
    heat = {
        step.step: level
        for step in measured.steps
        if (level := heat_of(step, medians[step.step])) is not None
    }
    figures = {step: short_time(round(median)) for step, median in medians.items() if median is not None}
    context = {
        "procedure": definition,
        "measured": measured,
        "chart": heat_chart(definition, cases.version_in_force(procedure, visit.at).digest, heat, figures),
        "part": part.value,
        "parts": _choices()["parts"],
        "steps": [_in_words(step, parts.get(step.step)) for step in measured.steps],
        "sent_back": returned(definition, measured.steps),
        "done_again": [step for step in measured.steps if step.repeats],
        "most_again": max((step.repeats for step in measured.steps), default=0),
        "figures": figures_of(measured),
        "trend": trend_picture(trend(procedure, visit.at)),
        "span": span,
        "spans": _spans(),
        "supposition": supposition,
        "answer": supposing.answer(procedure, supposition, since, visit.at),
        "choices": _choices(),
        "asked_by": request.GET.urlencode(),
    }
    return render(request, "workspace/procedure_measurement.html", context)


@require_safe
@refusals_answered
@for_employees
def what_if_csv(request: HttpRequest, visit: Visit, procedure: str) -> HttpResponse:
    """Give what a changed step would have made of the ended cases, as CSV. Nothing sound asked, nothing is found."""
    _name, since = span_of(request, visit.at)
    measured = measure(procedure, since, visit.at)
    supposition = supposing.read(request.GET, measured.steps)
    answered = supposing.answer(procedure, supposition, since, visit.at)
    if answered is None:
        raise Http404
    found, change = answered.found, supposition.change
    heads = (
        "langkah", "bagian", "perubahan_menit_kerja", "berkas", "berkas_berubah", "batas_menit_kerja", "ukuran", "nyata",
        "andai",
    )  # fmt: skip
    asked = (change.step, change.part.value, change.minutes, found.real.times.count, found.changed)
    rows = [(*asked, answered.limit_minutes, *figure) for figure in answered.figures]
    return csv_answer(heads, rows, f"andai-{procedure}")


def _choices() -> dict[str, list[tuple[str, str]]]:
    """Return what the form of the question lets choose."""
    return {
        "parts": [
            (Part.WHOLE.value, _("all its time")),
            (Part.WAITING.value, _("waiting, until taken up")),
            (Part.WORKING.value, _("working, once taken up")),
        ],
        "directions": [("kurang", _("shorter")), ("tambah", _("longer"))],
        "units": list(zip(supposing.UNITS, (_("minutes"), _("hours"), _("working days")), strict=True)),
    }


def heat_of(step: StepMeasure, median: float | None) -> int | None:
    """Return how far a median exceeds a step's standard: 0 within, 3 far beyond; None where that is not known."""
    if median is None or not step.standard_minutes:
        return None
    return sum(median / step.standard_minutes > limit for limit in _BEYOND)


def _part(request: HttpRequest) -> Part:
    """Return which time the heat map shows; all of it, unless one of the parts is asked for."""
    asked = request.GET.get("panas", "")
    return Part(asked) if asked in list(Part) else Part.WHOLE


def _of_part(step: StepMeasure, parts: StepParts | None, part: Part) -> Times:
    if part == Part.WHOLE or parts is None:
        return step.times
    return parts.waiting if part == Part.WAITING else parts.working


def _in_words(step: StepMeasure, parts: StepParts | None) -> StepRow:
    return StepRow(
        step,
        _time(step.times.median),
        _time(step.times.p90),
        _percent(step.share_on_time),
        _time(parts.waiting.median if parts else None),
        _time(parts.working.median if parts else None),
        taken_up=bool(parts and parts.working.count),
    )


def figures_of(measured: Measurement) -> dict[str, str]:
    """Return the figures that sum a measurement up, in words."""
    timed = [step for step in measured.steps if step.times.median is not None]
    slowest = max(timed, key=lambda step: step.times.median or 0, default=None)
    return {
        "on_time": _percent(measured.share_on_time),
        "median": _time(measured.cases.times.median),
        "slowest": slowest.activity if slowest else "",
        "slowest_time": _time(slowest.times.median) if slowest else "–",
    }


def _time(minutes: float | None) -> str:
    return "–" if minutes is None else working_time(round(minutes))


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{round(100 * share)}%"


def span_of(request: HttpRequest, at: datetime) -> tuple[str, datetime | None]:
    """Return the period asked for and when it begins; None for everything."""
    span = request.GET.get("masa", USUAL)
    span = span if span in SPANS else USUAL
    length = SPANS[span]
    return span, at - length if length else None


def _spans() -> list[tuple[str, str]]:
    return [("30", _("30 days")), ("180", _("Half a year")), ("365", _("A year")), ("semua", _("All"))]
