"""The flowchart of a procedure on a page: as the SOP shows it, as the map of a case, and as a heat map of delays."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString, mark_safe

from laksana.cases import services as cases
from laksana.cases.models import WorkItem
from laksana.cases.services import CaseView
from laksana.sop.chart.layout import lay_out
from laksana.sop.chart.model import Chart
from laksana.sop.definition import END, Procedure, Step
from laksana.sop.svg import draw


@dataclass(frozen=True)
class Line:
    """A step in the plain list that stands for the chart on a phone."""

    step: Step
    performers: str
    state: str
    """ "done", "now" or "later"."""


@dataclass(frozen=True)
class ChartShown:
    """A chart as a drawing and as a list."""

    svg: SafeString
    steps: list[Line]


def chart_of(procedure: Procedure, digest: str, titles: Mapping[str, str]) -> ChartShown:
    """Return the chart of a procedure with all its columns. `digest` is that of its version, `titles` name other SOPs."""
    started = {other for step in procedure.steps if step.starts for other in step.starts.procedures}
    named = {other: titles[other] for other in sorted(started) if other in titles}
    return ChartShown(_safe(draw(_laid_out(procedure, digest, named))), _lines(procedure, {}))


def case_chart(view: CaseView, at: datetime) -> ChartShown:
    """Return the map of a case: what is done, where it is, what is to come."""
    states = cases.net_states(view.case, at)
    laid_out = _laid_out(view.procedure, view.case.sop.digest)
    drawing = draw(laid_out, states=states, traversed=_taken(view, states))
    return ChartShown(_safe(drawing), _lines(view.procedure, states))


def heat_chart(
    procedure: Procedure, digest: str, heat: Mapping[str, int], figures: Mapping[str, str]
) -> ChartShown:
    """Return the chart with each step coloured by how far it exceeds its standard (0 within, 3 far beyond)."""
    drawing = draw(_laid_out(procedure, digest), heat=heat, pills=figures)
    return ChartShown(_safe(drawing), _lines(procedure, {}))


_kept: dict[tuple[str, tuple[tuple[str, str], ...] | None], Chart] = {}
_MOST_KEPT = 512


def _laid_out(procedure: Procedure, digest: str, titles: Mapping[str, str] | None = None) -> Chart:
    """Return the laid-out chart, whole with `titles` and its lanes only without. Laying out takes a second, so it is kept."""
    key = (digest, None if titles is None else tuple(titles.items()))
    if key not in _kept:
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        _kept[key] = lay_out(procedure, paper="screen", lanes_only=titles is None, titles=titles)
    return _kept[key]


def _taken(view: CaseView, states: Mapping[str, str]) -> set[tuple[str, str]]:
    """Return the lines of the chart that the case went along: from a step that was done to one it opened."""
    procedure, taken = view.procedure, set()
    for step_id, outcome, state in view.case.work_items.values_list("step", "outcome", "state"):
        step = procedure.step(step_id)
        if state in (WorkItem.State.DONE, WorkItem.State.PASSED):
            targets = procedure.successors(step).get(outcome or None, ())
        elif state == WorkItem.State.TIMED_OUT and step.timeout:
            targets = step.timeout.then
        else:
            continue
        taken |= {(step_id, target) for target in targets if target in states or target == END}
    return taken


def _safe(drawing: str) -> SafeString:
    return mark_safe(drawing)  # noqa: S308  (drawn by ourselves, every text escaped)


def _lines(procedure: Procedure, states: Mapping[str, str]) -> list[Line]:
    named = {"done": "done", "now": "now", "late": "now"}
    return [
        Line(
            step,
            ", ".join(procedure.performers[lane].title for lane in step.by),
            named.get(states.get(step.id, ""), "later"),
        )
        for step in procedure.steps
    ]
