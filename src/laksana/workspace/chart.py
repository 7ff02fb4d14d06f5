"""The flowchart of a procedure on a page: as the SOP shows it, as the map of a case, and as a heat map of delays."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from laksana.cases import services as cases
from laksana.cases.models import WorkItem
from laksana.cases.services import CaseView
from laksana.sop.chart.layout import lay_out
from laksana.sop.definition import END, Procedure, Step
from laksana.sop.svg import draw


@dataclass(frozen=True)
class Line:
    """A step in the plain list that stands for the chart on a phone."""

    step: Step
    performers: str
    state: str
    """ "done", "now" or "later"; "" where no case is shown."""


@dataclass(frozen=True)
class ChartShown:
    """A chart as a drawing and as a list."""

    svg: SafeString
    steps: list[Line]


def chart_of(procedure: Procedure, titles: Mapping[str, str]) -> ChartShown:
    """Return the chart of a procedure with all its columns."""
    drawing = draw(lay_out(procedure, paper="screen", titles=titles), description=_described(procedure))
    return ChartShown(_safe(drawing), _lines(procedure, {}, without="later"))


def case_chart(view: CaseView, at: datetime) -> ChartShown:
    """Return the map of a case: what is done, where it is, what is to come."""
    procedure = view.procedure
    states = cases.net_states(view.case, at)
    drawing = draw(
        lay_out(procedure, paper="screen", lanes_only=True),
        states=states,
        traversed=_taken(view, states),
        description=_described(procedure),
    )
    return ChartShown(_safe(drawing), _lines(procedure, states))


def heat_chart(procedure: Procedure, heat: Mapping[str, int], captions: Mapping[str, str]) -> ChartShown:
    """Return the chart with each step coloured by how far it exceeds its standard (0 within, 3 far beyond)."""
    laid_out = lay_out(procedure, paper="screen", lanes_only=True, captions=captions)
    drawing = draw(laid_out, heat=heat, description=_described(procedure))
    return ChartShown(_safe(drawing), _lines(procedure, {}, without="later"))


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


def _described(procedure: Procedure) -> str:
    return _("Flowchart of %(title)s, %(count)s steps") % {
        "title": procedure.title,
        "count": len(procedure.steps),
    }


def _lines(procedure: Procedure, states: Mapping[str, str], without: str = "later") -> list[Line]:
    named = {"done": "done", "now": "now", "late": "now"}
    return [
        Line(
            step,
            ", ".join(procedure.performers[lane].title for lane in step.by),
            named.get(states.get(step.id, ""), without),
        )
        for step in procedure.steps
    ]
