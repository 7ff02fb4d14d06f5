"""The tables behind the pictures of performance, as CSV."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from laksana.cases import services as cases
from laksana.measurement.services import (
    StepMeasure,
    StepParts,
    measure,
    office_today,
    returned,
    step_parts,
    trend,
)
from laksana.web.tables import csv_answer
from laksana.web.visits import Visit, for_employees
from laksana.workspace.views.answers import refusals_answered
from laksana.workspace.views.measurement import span_of
from laksana.worktime.zone import local

Lines = tuple[Sequence[str], Iterable[Sequence[object]]]
_STEPS = (
    "no", "langkah", "pelaksana", "baku_menit_kerja", "dikerjakan", "median_menit_kerja", "p90_menit_kerja",
    "median_menunggu", "median_mengerjakan", "tepat_waktu_persen", "dikembalikan", "diulang", "menunggu_sekarang",
    "terlambat_sekarang",
)  # fmt: skip
_MONTHS = (
    "bulan",
    "berkas_dimulai",
    "berkas_selesai",
    "median_menit_kerja",
    "langkah",
    "tepat_waktu",
    "terlambat",
)
_RETURNS = ("langkah", "alasan", "kali")
_UNITS = ("unit", "menunggu", "terlambat", "terlama_sejak")


@require_safe
@refusals_answered
@for_employees
def procedure_csv(request: HttpRequest, visit: Visit, procedure: str, what: str) -> HttpResponse:
    """Give a table of a procedure's measurement: its steps, its months, or what sent cases back."""
    if what not in _TABLES:
        raise Http404
    _name, since = span_of(request, visit.at)
    heads, rows = _TABLES[what](procedure, since, visit.at)
    return csv_answer(heads, rows, f"{what}-{procedure}")


@require_safe
@for_employees
def today_csv(request: HttpRequest, visit: Visit) -> HttpResponse:  # noqa: ARG001  (a view gets the request)
    """Give what waits in the office now, by unit."""
    rows = [
        (
            load.name,
            load.waiting,
            load.late,
            local(load.oldest).isoformat(timespec="minutes") if load.oldest else None,
        )
        for load in office_today(visit.at).units
    ]
    return csv_answer(_UNITS, rows, f"beban-unit-{local(visit.at):%Y-%m-%d}")


def _steps(procedure: str, since: datetime | None, at: datetime) -> Lines:
    measured, parts = measure(procedure, since, at), step_parts(procedure, since, at)
    return _STEPS, [_step(step, parts.get(step.step)) for step in measured.steps]


def _step(step: StepMeasure, parts: StepParts | None) -> Sequence[object]:
    share = step.share_on_time
    return (
        step.number,
        step.activity,
        "; ".join(step.performers),
        step.standard_minutes,
        step.times.count,
        step.times.median,
        step.times.p90,
        parts.waiting.median if parts else None,
        parts.working.median if parts else None,
        None if share is None else round(100 * share),
        step.returns,
        step.repeats,
        step.waiting.count,
        step.waiting.late,
    )


def _months(procedure: str, since: datetime | None, at: datetime) -> Lines:  # noqa: ARG001  (twelve months, as the picture)
    cases.version_in_force(procedure, at)  # an unknown procedure has no months
    rows = [
        (f"{each.first:%Y-%m}", each.opened, each.ended.count, each.ended.median, each.steps, each.punctual,
         each.steps - each.punctual)
        for each in trend(procedure, at)
    ]  # fmt: skip
    return _MONTHS, rows


def _returns(procedure: str, since: datetime | None, at: datetime) -> Lines:
    sent_back = returned(cases.definition_in_force(procedure, at), measure(procedure, since, at).steps)
    return _RETURNS, [(each.step, each.reason, each.times) for each in sent_back]


_TABLES: dict[str, Callable[[str, datetime | None, datetime], Lines]] = {
    "langkah": _steps,
    "bulan": _months,
    "kembali": _returns,
}
"""Name in the address -> the table."""
