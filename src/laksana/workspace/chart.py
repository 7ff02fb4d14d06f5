"""The flowchart in the workspace: as the map of a case, and as a heat map of delays."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.utils.safestring import SafeString

from laksana.cases import services as cases
from laksana.cases.models import WorkItem
from laksana.cases.services import CaseView
from laksana.sop.definition import END, Procedure
from laksana.sop.svg import draw
from laksana.web.chart import ChartShown, laid_out, lines, safe


def case_chart(view: CaseView, at: datetime) -> ChartShown:
    """Return the map of a case: what is done, where it is, what is to come."""
    states = cases.net_states(view.case, at)
    chart = laid_out(view.procedure, view.case.sop.digest)
    drawing = draw(chart, states=states, traversed=_taken(view, states))
    return ChartShown(safe(drawing), lines(view.procedure, states))


def heat_chart(
    procedure: Procedure, digest: str, heat: Mapping[str, int], figures: Mapping[str, str]
) -> ChartShown:
    """Return the chart with each step coloured by how far it exceeds its standard (0 within, 3 far beyond)."""
    drawing = draw(laid_out(procedure, digest), heat=heat, pills=figures)
    return ChartShown(safe(drawing), lines(procedure, {}))


def draft_chart(procedure: Procedure, digest: str, wrong: Collection[str]) -> SafeString:
    """Return the chart of a draft, with the steps marked that something is wrong with."""
    return safe(draw(laid_out(procedure, digest), states=dict.fromkeys(wrong, "wrong")))


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
