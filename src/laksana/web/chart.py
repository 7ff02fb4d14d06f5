"""The flowchart of a procedure on a page: as a drawing, and as the list of steps that stands for it on a phone."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from laksana.sop.chart.layout import lay_out
from laksana.sop.chart.model import Chart
from laksana.sop.definition import Procedure, Step
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
    return ChartShown(safe(draw(laid_out(procedure, digest, named))), lines(procedure, {}))


_kept: dict[tuple[str, tuple[tuple[str, str], ...] | None], Chart] = {}
_MOST_KEPT = 512


def laid_out(procedure: Procedure, digest: str, titles: Mapping[str, str] | None = None) -> Chart:
    """Return the laid-out chart, whole with `titles` and its lanes only without. Laying out takes a second, so it is kept."""
    key = (digest, None if titles is None else tuple(titles.items()))
    if key not in _kept:
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        _kept[key] = lay_out(procedure, paper="screen", lanes_only=titles is None, titles=titles)
    return _kept[key]


def safe(drawing: str) -> SafeString:
    """Return a drawing of ours as markup for a page."""
    return mark_safe(drawing)  # noqa: S308  (drawn by ourselves, every text escaped)


def lines(procedure: Procedure, states: Mapping[str, str]) -> list[Line]:
    """Return the steps of a chart as a list. `states` says of each step whether it is done, now or late."""
    named = {"done": "done", "now": "now", "late": "now"}
    return [
        Line(
            step,
            ", ".join(procedure.performers[lane].title for lane in step.by),
            named.get(states.get(step.id, ""), "later"),
        )
        for step in procedure.steps
    ]
