"""A case opened for one action: read and locked, changed in memory; `laksana.cases.engine.writing` writes it at the end.

Everything an action changes goes through `Run`. How the flow moves on is in `moving`, what a step sees in `values`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from laksana.cases.behaviour import Behaviour, Situation, behaviour
from laksana.cases.definitions import Parsed, parsed
from laksana.cases.engine import reading, ticking
from laksana.cases.engine.desk import Resolver
from laksana.cases.engine.marking import path_of, read_marking, text_of
from laksana.cases.engine.past import Past, Wanted
from laksana.cases.engine.values import Values
from laksana.cases.errors import NotFound
from laksana.cases.models import Attachment, Case, Clock, Event, WorkItem
from laksana.cases.models import Instance as InstanceRow
from laksana.people import services as people
from laksana.people.desks import Office
from laksana.people.models import Person
from laksana.sop.definition import ClockSpec, Procedure, Step
from laksana.sop.flow import Instance, Marking, Net
from laksana.worktime.calendar import WorkCalendar
from laksana.worktime.services import calendar


@dataclass
class Run:
    """One case, one action, one instant."""

    case: Case
    parsed: Parsed
    at: datetime
    actor: Person | None
    key: UUID | None
    items: list[WorkItem]
    """The work items that are open or wait."""
    instances: dict[Instance, InstanceRow]
    marking: Marking
    acting_as: str = ""
    describes_anew: bool = False
    """Whether the case's subject, level and words are to be made anew, whatever was given."""
    new_items: list[WorkItem] = field(default_factory=list)
    changed_items: list[WorkItem] = field(default_factory=list)
    opened_items: list[WorkItem] = field(default_factory=list)
    """Items put on somebody's desk in this action."""
    touched_instances: list[InstanceRow] = field(default_factory=list)
    changed_clocks: list[Clock] = field(default_factory=list)
    new_clocks: list[Clock] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    done_now: list[Past] = field(default_factory=list)
    to_run: list[tuple[str, Instance]] = field(default_factory=list)
    """Steps of the system that became enabled and wait to be done before the action ends."""
    to_start: list[WorkItem] = field(default_factory=list)
    """Done items whose step starts a case of another procedure, before the action ends."""
    finished_steps: list[tuple[Situation, WorkItem]] = field(default_factory=list)
    attached: list[tuple[WorkItem, Attachment]] = field(default_factory=list)
    """New items with the files given at them."""

    # -- opening ---------------------------------------------------------------------------------------------------------------

    @classmethod
    def open(cls, case_id: int, at: datetime, actor: Person | None, key: UUID | None = None) -> "Run":
        """Return a case locked for change, so that actions on one case queue. Raises NotFound."""
        case = reading.locked_case(case_id)
        if case is None:
            raise NotFound("there is no such case")
        return cls.read(case, at, actor, key)

    @classmethod
    def read(cls, case: Case, at: datetime, actor: Person | None, key: UUID | None = None) -> "Run":
        """Return a case as it stands, to look at; only `open` locks it for change."""
        definition = parsed(case.sop_id)
        items = reading.active_items(case)
        rows = reading.instances(case) if definition.has_instances else []
        marking = read_marking(definition.procedure, definition.net, items, rows)
        return cls(case, definition, at, actor, key, items, {path_of(row.path): row for row in rows}, marking)

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

    @cached_property
    def data(self) -> Values:
        """Return the data of the case and its instances."""
        return Values(self.case, self.procedure, self.instances)

    def values(self, instance: Instance = ()) -> dict[str, Any]:
        """Return the typed values that a step sees: the case's, over them those of its instance and of its row."""
        return self.data.seen(instance)

    def known(self, step: Step, instance: Instance) -> dict[str, Any]:
        """Return the values with which the form of a step opens."""
        return self.data.known(step, instance)

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

    def situation_of(self, item: WorkItem) -> Situation:
        """Return what a behaviour may look at, for one work item."""
        step, instance = self.procedure.step(item.step), path_of(item.instance)
        return self.situation(step, instance, self.known(step, instance))

    def items_at(self, step_id: str, instance: Instance) -> list[WorkItem]:
        """Return the active work items of a step for an instance."""
        path = text_of(instance)
        return [item for item in self.items if item.step == step_id and item.instance == path]

    # -- who did what ----------------------------------------------------------------------------------------------------------

    @cached_property
    def _past(self) -> list[Past]:
        return reading.past(self.case) if self.case.pk else []

    def past(self) -> Iterator[Past]:
        """Yield the finished work items, the latest first, those of this action included."""
        return self.everything_done() if self.parsed.looks_back else reversed(self.done_now)

    def everything_done(self) -> Iterator[Past]:
        """Yield the finished work items, the latest first, whether or not the definition looks back."""
        yield from reversed(self.done_now)
        yield from reversed(self._past)

    def doer_of_step(self, step: str, instance: Instance) -> int | None:
        """Return who last did a step, for this instance or one it came from."""
        return self._doer(lambda past: past.step == step, instance)

    def doer_of_lane(self, lane: str, instance: Instance) -> int | None:
        """Return who last did a step of a lane, for this instance or one it came from."""
        return self._doer(lambda past: past.lane == lane, instance)

    def _doer(self, wanted: Wanted, instance: Instance) -> int | None:
        return next((past.done_by for past in self.past() if wanted(past) and past.is_before(instance)), None)

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

    def due(self, step: Step, instance: Instance, values: Mapping[str, Any], opened_at: datetime) -> datetime:
        """Return until when a step should be done: the procedure's own deadline, or the standard time from its opening."""
        own = self.behaviour.deadlines.get(step.id)
        if own is not None:
            situation = replace(self.situation(step, instance, values), at=opened_at)
            if (at := own(situation)) is not None:
                return at
        return self.calendar.deadline(opened_at, step.time)

    # -- changing --------------------------------------------------------------------------------------------------------------

    def keep(self, values: Mapping[str, Any], instance: Instance) -> None:
        """Keep typed values in the case, or in the instance they were given on."""
        if values:
            self.data.keep(values, instance)
            self._touch_data(instance)

    def keep_outcome(self, step: Step, instance: Instance, outcome: str | None) -> None:
        """Keep what a step decided, for expressions that ask; None forgets it."""
        self.data.keep_outcome(step.id, outcome, instance)
        self._touch_data(instance)

    def _touch_data(self, instance: Instance) -> None:
        if instance:
            self.touch(self.instances[instance])

    def touch(self, row: InstanceRow) -> None:
        """Mark an instance as changed."""
        if row not in self.touched_instances:
            self.touched_instances.append(row)

    def new_item(self, step: Step, lane: str, instance: Instance, desk: str) -> WorkItem:
        """Add a work item, opened by the latest event."""
        item = WorkItem(
            case=self.case,
            step=step.id,
            lane=lane,
            instance=text_of(instance),
            desk=desk,
            arrived=self.marking.arrived.get((step.id, instance), 1),
            opened_at=self.at,
            cause=self.case.last_event,
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
        ticking.resume_after(self, item)

    # -- clocks and events -----------------------------------------------------------------------------------------------------

    @cached_property
    def clocks(self) -> list[Clock]:
        """Return the clocks of the case that have not stopped."""
        return reading.running_clocks(self.case) if self.procedure.clocks and self.case.pk else []

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
