"""A case opened for one action: read and locked, changed in memory; `laksana.cases.engine.writing` writes it at the end.

Opening takes the case's row lock, so that actions on one case queue. Everything an action changes goes through `Run`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from laksana.cases.behaviour import Behaviour, Situation, behaviour
from laksana.cases.definitions import Parsed, parsed
from laksana.cases.engine import ticking
from laksana.cases.engine.desk import SYSTEM, Resolver, is_unattended
from laksana.cases.engine.marking import ACTIVE, path_of, read_marking, text_of
from laksana.cases.engine.rows import is_optional, typed_row
from laksana.cases.errors import NotFound
from laksana.cases.models import Case, Clock, Event, WorkItem
from laksana.cases.models import Instance as InstanceRow
from laksana.people import services as people
from laksana.people.desks import Office
from laksana.people.models import Person
from laksana.sop.definition import ClockSpec, Procedure, Step
from laksana.sop.flow import Change, Instance, Marking, Net, begin, fire
from laksana.sop.form import from_json, to_json
from laksana.worktime.calendar import WorkCalendar
from laksana.worktime.services import calendar

OUTCOMES = "_outcomes"
"""The key under which a case's (or instance's) data keep the last outcome of each decision."""


@dataclass(frozen=True)
class Past:
    """A finished work item, for steps that look back."""

    step: str
    lane: str
    instance: str
    done_by: int | None


@dataclass
class Run:
    """One case, one action, one instant."""

    case: Case
    parsed: Parsed
    at: datetime
    actor: Person | None
    key: UUID | None
    items: list[WorkItem]
    instances: dict[Instance, InstanceRow]
    marking: Marking
    acting_as: str = ""
    new_items: list[WorkItem] = field(default_factory=list)
    changed_items: list[WorkItem] = field(default_factory=list)
    touched_instances: list[InstanceRow] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    done_now: list[Past] = field(default_factory=list)
    to_run: list[tuple[str, Instance]] = field(default_factory=list)
    """Unattended steps that became enabled and wait to be done before the action ends."""
    changed_clocks: list[Clock] = field(default_factory=list)
    new_clocks: list[Clock] = field(default_factory=list)
    finished_steps: list[tuple[Situation, WorkItem]] = field(default_factory=list)

    # -- opening ---------------------------------------------------------------------------------------------------------------

    @classmethod
    def open(cls, case_id: int, at: datetime, actor: Person | None, key: UUID | None = None) -> "Run":
        """Return a case locked for change. Raises NotFound."""
        case = Case.objects.select_for_update().filter(pk=case_id).first()
        if case is None:
            raise NotFound("there is no such case")
        return cls.read(case, at, actor, key)

    @classmethod
    def read(cls, case: Case, at: datetime, actor: Person | None, key: UUID | None = None) -> "Run":
        """Return a case as it stands, to look at; only `open` locks it for change."""
        definition = parsed(case.sop_id)
        items = list(WorkItem.objects.filter(case=case, state__in=ACTIVE))
        instances: dict[Instance, InstanceRow] = {}
        if definition.has_instances:
            instances = {path_of(row.path): row for row in InstanceRow.objects.filter(case=case)}
        for item in items:
            item.case = case
        marking = read_marking(definition.procedure, definition.net, items, instances.values())
        return cls(case, definition, at, actor, key, items, instances, marking)

    @classmethod
    def new(cls, case: Case, at: datetime, actor: Person | None, key: UUID | None = None) -> "Run":
        """Return a case that is being started; its row is saved already, its first step is not open yet."""
        return cls(case, parsed(case.sop_id), at, actor, key, [], {}, Marking())

    # -- what it is ------------------------------------------------------------------------------------------------------------

    @property
    def procedure(self) -> Procedure:
        """Return the definition that the case runs on."""
        return self.parsed.procedure

    @property
    def net(self) -> Net:
        """Return the net of the definition."""
        return self.parsed.net

    @property
    def behaviour(self) -> Behaviour:
        """Return the Python side of the procedure."""
        return behaviour(self.case.procedure)

    @cached_property
    def office(self) -> Office:
        """Return the office as it stands on the day of the action."""
        return people.office_on(self.at)

    @cached_property
    def calendar(self) -> WorkCalendar:
        """Return the office's calendar."""
        return calendar()

    def values(self, instance: Instance = ()) -> dict[str, Any]:
        """Return the typed values that a step sees: the case's, over them those of its instance and of its row."""
        merged = dict(self.case.data)
        row: Mapping[str, Any] = {}
        for depth in range(1, len(instance) + 1):
            kept = self.instances[instance[:depth]]
            outcomes = {**merged.get(OUTCOMES, {}), **kept.data.get(OUTCOMES, {})}
            merged |= kept.data
            merged[OUTCOMES] = outcomes
            row = typed_row(self.procedure, kept.made_by, kept.row)
        typed = from_json(self.procedure, merged)
        typed |= {name: value for name, value in row.items() if name not in self.procedure.fields}
        typed |= {step.replace("-", "_"): label for step, label in merged.get(OUTCOMES, {}).items()}
        typed["instance_depth"] = len(instance)
        return typed

    def known(self, step: Step, instance: Instance) -> dict[str, Any]:
        """Return the values with which the form of a step opens.

        What the step asks of an instance is the instance's own: it is not taken over from those it came from.
        """
        values = self.values(instance)
        if instance:
            own = from_json(self.procedure, self.instances[instance].data)
            values |= {name: own.get(name) for name in step.asks}
        return values

    def situation(
        self,
        step: Step,
        instance: Instance,
        values: Mapping[str, Any] | None = None,
        outcome: str | None = None,
    ) -> Situation:
        """Return what a behaviour may look at."""
        seen = self.values(instance) if values is None else values
        return Situation(
            self.case, self.procedure, step, instance, seen, self.at, self.actor, self.calendar, outcome
        )

    @cached_property
    def _past(self) -> list[Past]:
        rows = WorkItem.objects.filter(case=self.case, state=WorkItem.State.DONE).order_by("done_at", "id")
        return [Past(*row) for row in rows.values_list("step", "lane", "instance", "done_by_id")]

    def situation_of(self, item: WorkItem) -> Situation:
        """Return what a behaviour may look at, for one work item."""
        step, instance = self.procedure.step(item.step), path_of(item.instance)
        return self.situation(step, instance, self.known(step, instance))

    def past(self) -> Iterator[Past]:
        """Yield the finished work items, the latest first, those of this action included."""
        yield from reversed(self.done_now)
        if self.parsed.looks_back and self.case.pk:
            yield from reversed(self._past)

    def doer_of_step(self, step: str, instance: Instance) -> int | None:
        """Return who last did a step, for this instance or one it came from."""
        return self._doer(lambda past: past.step == step, instance)

    def doer_of_lane(self, lane: str, instance: Instance) -> int | None:
        """Return who last did a step of a lane, for this instance or one it came from."""
        return self._doer(lambda past: past.lane == lane, instance)

    def _doer(self, wanted: Any, instance: Instance) -> int | None:
        for past in self.past():
            if wanted(past) and instance[: len(path_of(past.instance))] == path_of(past.instance):
                return past.done_by
        return None

    # -- changing --------------------------------------------------------------------------------------------------------------

    def keep(
        self, values: Mapping[str, Any], instance: Instance, *, outcome: tuple[str, str] | None = None
    ) -> None:
        """Keep typed values (and a decision's outcome) in the case, or in the instance they were given on."""
        target = self.instances[instance].data if instance else self.case.data
        target |= to_json(values)
        if outcome is not None:
            target[OUTCOMES] = {**target.get(OUTCOMES, {}), outcome[0]: outcome[1]}
        if instance:
            self._touch(self.instances[instance])

    def begin(self) -> None:
        """Open the first step."""
        self.marking, change = begin(self.net, self.rows)
        self._apply(change)

    def advance(
        self, step: str, instance: Instance, targets: tuple[str, ...], *, conclude: bool = False
    ) -> None:
        """Fire an enabled step and open what follows."""
        change = fire(self.net, self.marking, step, instance, targets, self.rows, conclude=conclude)
        self._apply(change)

    def rows(self, step_id: str, instance: Instance) -> int:
        """Return how many instances a `for_each` step makes; remembers their rows for `_apply`."""
        return len(self.rows_of(step_id, instance))

    def rows_of(self, step_id: str, instance: Instance) -> list[dict[str, Any]]:
        """Return the rows that a `for_each` step runs over, JSON-able, those left out by `where` removed."""
        spec = self.procedure.step(step_id).for_each
        if spec is None:
            return []
        given = self.values(instance).get(spec.field) or []
        rows = [dict(row) if isinstance(row, Mapping) else {spec.field: row, "value": row} for row in given]
        return [row for row in rows if spec.where is None or spec.where.holds(row)]

    def _apply(self, change: Change) -> None:
        self._make_instances(change)
        for path in change.finished:
            self._set_instance(path, InstanceRow.State.FINISHED)
        for path in self.marking.gathered:
            self._set_instance(path, InstanceRow.State.GATHERED)
        for step_id, instance in change.closed:
            for item in self.items_at(step_id, instance):
                self.close(item, WorkItem.State.WITHDRAWN)
        for step_id, instance in change.waiting:
            self._wait(step_id, instance)
        for step_id, instance in change.opened:
            self._open(self.procedure.step(step_id), instance)

    def _make_instances(self, change: Change) -> None:
        rows: dict[tuple[str, Instance], Iterator[dict[str, Any]]] = {}
        for path, maker in change.made:
            parent = path[:-1]
            if (maker, parent) not in rows:
                rows[maker, parent] = iter(self.rows_of(maker, parent))
            row = InstanceRow(
                case=self.case,
                path=text_of(path),
                made_by=maker,
                row=to_json(next(rows[maker, parent])),
                made_at=self.at,
            )
            self.instances[path] = row
            if is_optional(self.procedure, maker, row.row):
                self.marking.optional.add(path)
            self._touch(row)

    def _set_instance(self, path: Instance, state: str) -> None:
        row = self.instances[path]
        if row.state != state:
            row.state = state
            self._touch(row)

    def _touch(self, row: InstanceRow) -> None:
        if row not in self.touched_instances:
            self.touched_instances.append(row)

    def items_at(self, step_id: str, instance: Instance) -> list[WorkItem]:
        """Return the active work items of a step for an instance."""
        path = text_of(instance)
        return [item for item in self.items if item.step == step_id and item.instance == path]

    def _wait(self, step_id: str, instance: Instance) -> None:
        arrived = self.marking.arrived[step_id, instance]
        for item in self.items_at(step_id, instance):
            item.arrived = arrived
            self.change(item)
            return
        step = self.procedure.step(step_id)
        item = self._new_item(step, step.by[0], instance, "")
        item.state, item.arrived = WorkItem.State.WAITING, arrived

    def _open(self, step: Step, instance: Instance) -> None:
        for item in self.items_at(step.id, instance):  # a join that had been waiting
            self.items.remove(item)
            item.arrived = self.marking.arrived[step.id, instance]
            self.close(item, WorkItem.State.PASSED)
        values = self.values(instance)
        if step.skip_if and step.skip_if.when.holds(values):
            self._skip(step, instance)
            return
        if is_unattended(self.procedure, step):
            self._new_item(step, step.by[0], instance, SYSTEM)
            self.to_run.append((step.id, instance))
            return
        resolver = self.resolver(instance, values)
        due_at = self.due(step, instance, values)
        for lane in step.by:
            item = self._new_item(step, lane, instance, resolver.desk(lane))
            item.due_at = due_at
            if step.timeout:
                item.timeout_at = self.calendar.deadline(self.at, step.timeout.after)
        ticking.pause_at(self, step)

    def _skip(self, step: Step, instance: Instance) -> None:
        item = self._new_item(step, step.by[0], instance, SYSTEM)
        outcome = step.skip_if.outcome if step.skip_if else None
        if outcome is not None:
            item.outcome = outcome
            self.keep({}, instance, outcome=(step.id, outcome))
        self.record("passed", step=step.id, item=item, data={"outcome": outcome} if outcome else {})
        self.close(item, WorkItem.State.PASSED)
        self.advance(step.id, instance, self.procedure.successors(step)[outcome])

    def resolver(self, instance: Instance, values: Mapping[str, Any]) -> Resolver:
        """Return what turns lanes into desks for an instance."""
        row = self.instances[instance].row if instance else {}
        return Resolver(
            self.case,
            self.procedure,
            values,
            row,
            lambda step: self.doer_of_step(step, instance),
            lambda lane: self.doer_of_lane(lane, instance),
        )

    def due(self, step: Step, instance: Instance, values: Mapping[str, Any]) -> datetime | None:
        """Return until when a step opened now should be done: the procedure's own deadline, or the standard time."""
        own = self.behaviour.deadlines.get(step.id)
        if own is not None and (at := own(self.situation(step, instance, values))) is not None:
            return at
        return self.calendar.deadline(self.at, step.time)

    def _new_item(self, step: Step, lane: str, instance: Instance, desk: str) -> WorkItem:
        item = WorkItem(
            case=self.case,
            step=step.id,
            lane=lane,
            instance=text_of(instance),
            desk=desk,
            arrived=self.marking.arrived.get((step.id, instance), 1),
            opened_at=self.at,
        )
        self.items.append(item)
        self.new_items.append(item)
        return item

    def change(self, item: WorkItem) -> None:
        """Mark an item as changed: it is written, with its next revision, at the end."""
        if item.pk is not None and item not in self.changed_items:
            item.revision += 1
            self.changed_items.append(item)

    def close(self, item: WorkItem, state: str) -> None:
        """Take an item out of the marking."""
        item.state = state
        item.done_at = self.at
        if item in self.items:
            self.items.remove(item)
        self.change(item)

    # -- clocks and events -----------------------------------------------------------------------------------------------------

    @cached_property
    def clocks(self) -> list[Clock]:
        """Return the clocks of the case that have not stopped."""
        if not self.procedure.clocks or not self.case.pk:
            return []
        return list(self.case.clocks.filter(state__in=(Clock.State.RUNNING, Clock.State.PAUSED)))

    def spec_of(self, clock: Clock) -> ClockSpec:
        """Return the definition of a clock."""
        return next(spec for spec in self.procedure.clocks if spec.id == clock.clock)

    def record(
        self, kind: str, *, step: str = "", item: WorkItem | None = None, data: Mapping[str, Any] = {}
    ) -> None:
        """Add an event; only the first of an action carries its key."""
        self.case.last_event += 1
        event = Event(
            case=self.case,
            number=self.case.last_event,
            kind=kind,
            at=self.at,
            actor=self.actor,
            acting_as=self.acting_as,
            step=step,
            data=dict(data),
            key=self.key if not self.events else None,
        )
        event.work_item = item
        self.events.append(event)
