"""Reading a log from the database: some hundred cases at a time, so that a log of any length needs little memory."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice
from typing import Any

from django.db.models import QuerySet

from laksana.cases.errors import NotFound
from laksana.cases.models import Case, Event, Instance, WorkItem
from laksana.cases.services import agreed, definition, definitions_of, is_optional
from laksana.measurement.eventlog.actors import Actors
from laksana.measurement.eventlog.record import (
    Finished,
    Head,
    LoggedCase,
    OtherCase,
    Row,
    Transition,
    Work,
)
from laksana.sop.definition import Procedure, Step

_AT_ONCE = 200
_FINISHING = {
    "completed": Transition.DONE,
    "other-ended": Transition.DONE,
    "passed": Transition.PASSED,
    "timed-out": Transition.TIMED_OUT,
}
_TAKEN_BACK = "withdrawn"
_UNFINISHED = {WorkItem.State.OPEN, WorkItem.State.WAITING, WorkItem.State.WITHDRAWN}
_OTHER = ("number", "procedure", "sop__version", "state", "opened_at", "ended_at")
Doing = tuple[str, str, int]
"""A step, the row it is done for, and the event that opened it: who does it together has these in common."""


@dataclass
class _Done:
    """What the events tell of one doing: the last that finished something of it, and whether it was taken back."""

    number: int
    kind: str
    at: datetime


def head(procedure_id: str) -> Head:
    """Return what the log of a procedure begins with. Raises NotFound where no version of it is known."""
    versions = list(definitions_of(procedure_id))
    if not versions:
        raise NotFound(f"there is no procedure {procedure_id}")
    newest = versions[0]
    activities = dict.fromkeys(step.activity for procedure in versions for step in procedure.steps)
    return Head(newest.id, newest.code, newest.title, tuple(activities))


def read(cases: "QuerySet[Case]", actors: Actors) -> Iterator[LoggedCase]:
    """Yield cases by the instant of their start, each with what was finished in it."""
    wanted = cases.order_by("opened_at", "pk").select_related("sop")
    stream = wanted.defer("data", "search_text", "sop__definition").iterator(chunk_size=_AT_ONCE)
    while some := list(islice(stream, _AT_ONCE)):
        yield from _Batch(some, actors).logged()


class _Batch:
    """Some cases with everything that belongs to them, read with one query for each table."""

    def __init__(self, cases: Sequence[Case], actors: Actors) -> None:
        self.cases, self.actors = cases, actors
        keys = [case.pk for case in cases]
        self.items = _by_case(
            WorkItem.objects.filter(case__in=keys)
            .order_by("pk")
            .values_list(
                *("case", "pk", "step", "instance", "cause", "lane", "state", "outcome"),
                *("done_by", "done_at", "opened_at", "due_at", "minutes"),
                named=True,
            )
        )
        self.events = _by_case(
            Event.objects.filter(case__in=keys, kind__in=[*_FINISHING, _TAKEN_BACK])
            .order_by("number")
            .values_list("case", "number", "kind", "at", "work_item", named=True)
        )
        self.rows = _by_case(
            Instance.objects.filter(case__in=keys)
            .order_by("pk")
            .values_list("case", "path", "made_by", "made_at", "row", named=True)
        )
        self.started = _others_by_item(Case.objects.filter(starter__case__in=keys), "starter")
        starters = [case.starter_id for case in cases if case.starter_id]
        self.starting = _others_by_item(Case.objects.filter(work_items__in=starters), "work_items")

    def logged(self) -> Iterator[LoggedCase]:
        for case in self.cases:
            rows = _rows(definition(case), self.rows[case.pk])
            started_by = self.starting.get(case.starter_id or 0, [None])[0]
            yield LoggedCase(
                number=case.number,
                procedure=case.procedure,
                version=case.sop.version,
                state=case.state,
                opened_at=case.opened_at,
                ended_at=case.ended_at,
                started_by=started_by,
                rows=rows,
                finished=tuple(self._finished(case, rows)),
            )

    def _finished(self, case: Case, rows: Sequence[Row]) -> Iterator[Finished]:
        procedure = definition(case)
        steps = {step.id: step for step in procedure.steps}
        done, taken_back = self._done(case)
        doings: dict[Doing, list[Any]] = defaultdict(list)
        for item in self.items[case.pk]:
            if item.pk not in taken_back:
                doings[item.step, item.instance, item.cause].append(item)
        found = []
        for doing, items in doings.items():
            items.sort(key=lambda item: done[item.pk].number if item.pk in done else 0)
            last = done.get(items[-1].pk)
            # A version that the case has left may have had steps that are gone.
            step = steps.get(doing[0])
            if last is not None and (outcome := _outcome(step, items, last.kind)) is not None:
                found.append(self._one(case, doing, items, done, outcome, rows))
        yield from sorted(found, key=lambda one: one.number)

    def _one(
        self,
        case: Case,
        doing: Doing,
        items: Sequence[Any],
        done: Mapping[int, _Done],
        outcome: str,
        rows: Sequence[Row],
    ) -> Finished:
        procedure = definition(case)
        step_id, row, cause = doing
        last = done[items[-1].pk]
        together = _begun_together(rows, step_id, row)
        return Finished(
            number=last.number,
            cause=cause,
            step=step_id,
            activity=_activity(procedure, step_id),
            transition=_FINISHING[last.kind],
            at=last.at,
            outcome=outcome,
            row=row,
            rows=len(together),
            awaited=sum(other.awaited for other in together),
            is_awaited=all(other.awaited for other in together if other.path == row),
            work=tuple(self._work(procedure, item) for item in items if item.pk in done),
            starts=tuple(other for item in items for other in self.started.get(item.pk, ())),
        )

    def _done(self, case: Case) -> tuple[dict[int, _Done], set[int]]:
        """Return, of each work item, the event that finished it; and the items that were taken back."""
        done, taken_back = {}, set()
        for event in self.events[case.pk]:
            if event.kind == _TAKEN_BACK:
                taken_back.add(event.work_item)
            else:
                done[event.work_item] = _Done(event.number, event.kind, event.at)
        return done, taken_back

    def _work(self, procedure: Procedure, item: Any) -> Work:
        lane = procedure.performers.get(item.lane)
        return Work(
            id=item.pk,
            role=lane.title if lane else item.lane,
            resource=self.actors.resource(item.done_by, item.done_at),
            group=self.actors.group(item.done_by),
            opened_at=item.opened_at,
            due_at=item.due_at,
            minutes=item.minutes,
        )


def _outcome(step: Step | None, items: Sequence[Any], kind: str) -> str | None:
    """Return what a doing decided, "" where it decides nothing; None while somebody who does it too is not done."""
    if _FINISHING[kind] is not Transition.DONE:
        return next((str(item.outcome) for item in items if item.outcome), "")
    answers = [item.outcome for item in items if item.state == WorkItem.State.DONE]
    if step is not None and step.is_decision and len(items) > 1:
        return agreed(step, answers, len(items))
    if any(item.state in _UNFINISHED for item in items):
        return None
    return str(answers[-1]) if answers else None


def _activity(procedure: Procedure, step_id: str) -> str:
    """Return the text of a step; that of another version where this one has no such step."""
    versions = chain([procedure], definitions_of(procedure.id))
    return next(step.activity for version in versions for step in version.steps if step.id == step_id)


def _rows(procedure: Procedure, rows: Iterable[Any]) -> tuple[Row, ...]:
    """Return the rows of a case. Where none of those that began together is waited for, all of them are."""
    known = {step.id for step in procedure.steps}  # a version that the case has left may have had others
    made = [
        (row, row.made_by not in known or not is_optional(procedure, row.made_by, row.row)) for row in rows
    ]
    awaiting = {_beginning(row) for row, awaited in made if awaited}
    return tuple(
        Row(row.path, row.made_by, row.made_at, awaited or _beginning(row) not in awaiting)
        for row, awaited in made
    )


def _beginning(row: Any) -> tuple[str, str, datetime]:
    """Return what rows have in common that began together: the row above, the step that made them, and when."""
    return row.path.rpartition(".")[0], row.made_by, row.made_at


def _begun_together(rows: Sequence[Row], step: str, path: str) -> list[Row]:
    """Return the rows that a step made at once with this one, itself included; none where it made no such row."""
    own = next((row for row in rows if row.path == path and row.made_by == step), None)
    return [] if own is None else [row for row in rows if _beginning(row) == _beginning(own)]


def _by_case(rows: Iterable[Any]) -> Mapping[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.case].append(row)
    return found


def _others_by_item(cases: "QuerySet[Case]", item: str) -> Mapping[int, list[OtherCase]]:
    found: dict[int, list[OtherCase]] = defaultdict(list)
    for key, *values in cases.order_by("pk").values_list(item, *_OTHER):
        found[key].append(OtherCase(*values))
    return found
