"""A case as its applicant may see it: where it is, what is asked of him, by when, and the papers that are his.

Nothing here names a person of the office, nor what the office wrote to itself: steps are told by their activity and lane.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from laksana.cases import services as cases
from laksana.cases.actions.submit import waits_for_applicant
from laksana.cases.models import Attachment, Case, Clock, WorkItem
from laksana.cases.subject import SEALED
from laksana.documents.services import total_time
from laksana.portal.service import ServiceText, service_of
from laksana.sop.definition import ClockSpec, Procedure, Step
from laksana.sop.svg import draw
from laksana.web.chart import ChartShown, laid_out, lines, safe

_TAKEN = (WorkItem.State.DONE, WorkItem.State.TIMED_OUT)
_OPEN = (WorkItem.State.OPEN, WorkItem.State.WAITING)


@dataclass(frozen=True)
class Stage:
    """A step on the way of the case."""

    step: Step
    who: str
    own: bool
    state: str
    """ "done" or "now"."""
    at: datetime | None
    outcome: str = ""
    """What the applicant himself decided; decisions of the office reach him by its papers."""
    due: datetime | None = None


@dataclass(frozen=True)
class Deadline:
    """A time limit that concerns the applicant."""

    spec: ClockSpec
    clock: Clock
    step: Step | None
    own: bool

    @property
    def standing(self) -> bool:
        """Return whether it stands still."""
        return self.clock.state == Clock.State.PAUSED

    @property
    def over(self) -> bool:
        """Return whether it has ended, met or not."""
        return self.clock.state in (Clock.State.MET, Clock.State.LATE)


@dataclass(frozen=True)
class Followed:
    """A case followed by its code."""

    case: Case
    code: str
    procedure: Procedure
    text: ServiceText | None
    stages: list[Stage]
    asked: list[WorkItem]
    deadlines: list[Deadline]
    papers: list[Attachment]
    others: list[Case]
    """Cases that came out of this one, for the same applicant."""
    chart: ChartShown
    total: str
    at: datetime

    @property
    def title(self) -> str:
        """Return what the case is about; of a sealed one only the service."""
        named = self.text.title if self.text else self.procedure.title
        return named if self.case.level in SEALED else self.case.subject or named

    @property
    def service(self) -> str:
        """Return what the service is called."""
        return self.text.title if self.text else self.procedure.title

    @property
    def running(self) -> bool:
        """Return whether it is under way."""
        return self.case.state == Case.State.RUNNING

    @property
    def now(self) -> list[Stage]:
        """Return where it is."""
        return [stage for stage in self.stages if stage.state == "now"]

    @property
    def asked_steps(self) -> list[tuple[WorkItem, Step]]:
        """Return what the applicant is asked for, with the steps."""
        return [(item, self.procedure.step(item.step)) for item in self.asked]


def followed(case: Case, code: str, at: datetime) -> Followed:
    """Return a case as its applicant sees it."""
    procedure = cases.definition(case)
    items = list(case.work_items.filter(state__in=(*_TAKEN, *_OPEN)).order_by("done_at", "opened_at", "pk"))
    states = cases.net_states(case, at)
    drawing = draw(laid_out(procedure, case.sop.digest), states={n: _calm(s) for n, s in states.items()})
    text = service_of(procedure)
    own = frozenset(procedure.steps[0].by)
    return Followed(
        case=case,
        code=code,
        procedure=procedure,
        text=text,
        stages=list(_stages(procedure, items, own)),
        asked=[item for item in items if waits_for_applicant(procedure, item)],
        deadlines=list(_deadlines(case, procedure, own)),
        papers=list(_papers(case, text)),
        others=list(_others(case)),
        chart=ChartShown(safe(drawing), lines(procedure, states)),
        total=total_time(procedure, without=own),
        at=at,
    )


def papers_of(case: Case) -> "QuerySet[Attachment]":
    """Return the papers and files of a case that its applicant may have: those listed for him, once they were sent to him."""
    return _papers(case, service_of(cases.definition(case)))


def _calm(state: str) -> str:
    """Return the state of a step as an applicant sees it: what is late at a desk is not for the chart to tell."""
    return "now" if state == "late" else state


def _stages(procedure: Procedure, items: list[WorkItem], own: frozenset[str]) -> Iterator[Stage]:
    open_items = [item for item in items if item.state in _OPEN]
    told: set[tuple[str, datetime | None]] = set()
    for item in [*(item for item in items if item.state in _TAKEN), *open_items]:
        step, now = procedure.step(item.step), item.state in _OPEN
        if (item.step, None if now else item.done_at) in told:
            continue
        told.add((item.step, None if now else item.done_at))
        mine = item.lane in own
        yield Stage(
            step=step,
            who=procedure.performers[item.lane].title,
            own=mine,
            state="now" if now else "done",
            at=item.opened_at if now else item.done_at,
            outcome=item.outcome if mine else "",
            due=item.timeout_at if now and mine else None,
        )


def _deadlines(case: Case, procedure: Procedure, own: frozenset[str]) -> Iterator[Deadline]:
    """Yield the time limits of law, and those whose passing means something for the applicant; not the office's own reminders."""
    specs = {spec.id: spec for spec in procedure.clocks}
    steps = {step.id: step for step in procedure.steps}
    for clock in case.clocks.order_by("due_at"):
        spec = specs.get(clock.clock)
        if spec is None or clock.instance:
            continue
        step = steps.get(spec.to)
        mine = step is not None and set(step.by) <= own
        if mine or spec.silence:
            yield Deadline(spec, clock, step, mine)


def _papers(case: Case, text: ServiceText | None) -> "QuerySet[Attachment]":
    done = set(case.work_items.filter(state__in=_TAKEN).values_list("step", flat=True))
    known = case.attachments.select_related("stored")
    if text is None:
        return known.none()
    papers = [paper for paper, steps in text.papers.items() if done & set(steps)]
    files = {
        key for field, steps in text.files.items() if done & set(steps) for key in _held(case.data.get(field))
    }
    latest: dict[str, int] = {}
    for paper, key in known.filter(document__in=papers).order_by("pk").values_list("document", "pk"):
        latest[paper] = key
    return known.filter(pk__in=latest.values()) | known.filter(pk__in=files)


def _held(value: Any) -> list[int]:
    """Return the files that a field holds now: one that was put in and taken out again is not given to anybody."""
    return value if isinstance(value, list) else [value] if value else []


def _others(case: Case) -> Iterator[Case]:
    for other in Case.objects.filter(starter__case=case).select_related("sop").order_by("opened_at"):
        if service_of(cases.definition(other)) is not None:
            yield other
