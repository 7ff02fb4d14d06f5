"""Random sound procedures, carried out by people in any order: nothing is lost, nothing done twice, and every case ends.

Beside each case goes a model: the pure net of its procedure, told of every doing. What the rows say must always be what the net
says.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, ClassVar
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from laksana.cases import actions
from laksana.cases.chain import verify
from laksana.cases.definitions import parsed
from laksana.cases.engine.desk import NOBODY
from laksana.cases.engine.marking import ACTIVE, path_of
from laksana.cases.engine.outcome import combine
from laksana.cases.engine.run import Run
from laksana.cases.errors import AlreadyDone, NotYours, Refused
from laksana.cases.models import Case, Event, WorkItem
from laksana.cases.tests.conftest import MORNING, Office, definition, install
from laksana.cases.tests.sound_flows import nearest_ends, rows, sound_procedures
from laksana.people.models import Person
from laksana.people.services import office_on
from laksana.sop.definition import Procedure
from laksana.sop.flow import Change, Instance, Marking, Net, begin, fire

Place = tuple[str, Instance]
_MOST_TO_THE_END = 400
SETTINGS = settings(
    max_examples=40,
    stateful_step_count=12,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    # To make a failing example small takes minutes; add Phase.shrink to see it done.
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)


@dataclass
class Doing:
    """A step that led on: which, where to, and how many rows the steps found that it led to."""

    item: int | None
    place: Place
    targets: tuple[str, ...]
    found: list[int] = field(default_factory=list)


class Model:
    """A case as the pure net sees it."""

    def __init__(self, procedure: Procedure, *, quick: bool) -> None:
        self.procedure = procedure
        self.net = Net.of(procedure)
        self.quick = quick
        self.given: dict[tuple[str, Instance], int] = {}
        """How many rows were given in a table, for an instance."""
        self.log: list[Doing] = []
        self.answers: dict[Place, list[str]] = {}
        self.marking, change = begin(self.net, self._count)
        self._pass_by(change)

    def _count(self, step: str, instance: Instance) -> int:
        spec = self.procedure.step(step).for_each
        if spec is None:
            return 0
        from_whom = [instance[:size] for size in range(len(instance), -1, -1)]
        return next((self.given[spec.field, i] for i in from_whom if (spec.field, i) in self.given), 0)

    def done(self, item: WorkItem, outcome: str | None) -> None:
        """Take note that a work item was done."""
        place, step = (item.step, path_of(item.instance)), self.procedure.step(item.step)
        answers = self.answers.setdefault(place, [])
        answers.append(outcome or "")
        if step.is_decision:
            decided = combine(step.agree, tuple(step.outcomes), answers, len(step.by))
        else:
            decided = "" if len(answers) == len(step.by) else None
        if decided is not None:
            del self.answers[place]
            self.fire(place, self.procedure.successors(step)[decided or None], item.pk)

    def fire(self, place: Place, targets: tuple[str, ...], item: int | None = None) -> None:
        """Lead on from a step."""
        doing = Doing(item, place, targets)

        def count(step: str, instance: Instance) -> int:
            doing.found.append(self._count(step, instance))
            return doing.found[-1]

        self.log.append(doing)
        self._pass_by(fire(self.net, self.marking, *place, targets, count))

    def _pass_by(self, change: Change) -> None:
        """Lead on from steps that pass by themselves."""
        for place in change.opened:
            step = self.procedure.step(place[0])
            if step.skip_if and self.quick:
                self.fire(place, self.procedure.successors(step)[None])

    def take_back(self, item: int) -> None:
        """Do everything again without the doing of an item."""
        kept = [doing for doing in self.log if doing.item != item]
        assert len(kept) == len(self.log) - 1
        self.log = kept
        self.marking, _change = begin(self.net, lambda _step, _instance: 0)
        for doing in kept:
            found = iter(doing.found)
            fire(self.net, self.marking, *doing.place, doing.targets, lambda _s, _i, found=found: next(found))  # type: ignore[misc]


class Interleavings(RuleBasedStateMachine):
    """People who do what lies on their desks, and now and then something odd."""

    office: ClassVar[Office]

    def __init__(self) -> None:
        super().__init__()
        parsed.cache_clear()  # keys are given anew after every example
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.at: datetime = MORNING

    @initialize(parts=sound_procedures(), quick=st.booleans())
    def start(self, parts: dict[str, Any], quick: bool) -> None:
        text = definition(**{name: type(part)(part) for name, part in parts.items()})
        version = install(text)
        self.procedure = parsed(version.pk).procedure
        self.exits = {step.id: self.procedure.successors(step) for step in self.procedure.steps}
        self.model = Model(self.procedure, quick=quick)
        first = self.procedure.steps[0]
        starter = self._somebody_at(f"position:{first.by[0]}")
        self.case = actions.start("contoh", starter, self.at, values={"cepat": quick})
        self.model.done(WorkItem.objects.get(case=self.case, step=first.id), None)

    # -- what people do --------------------------------------------------------------------------------------------------------

    @rule(data=st.data())
    def do_steps(self, data: st.DataObject) -> None:
        for _ in range(data.draw(st.integers(3, 10))):
            if (item := self._any(data)) is not None:
                outcomes = sorted(self.procedure.step(item.step).outcomes)
                outcome = data.draw(st.sampled_from(outcomes)) if outcomes else None
                self._do(item, outcome, data.draw(st.sampled_from((2, 3, 1, 0))))
                self.the_rows_say_what_the_net_says()

    @rule(data=st.data())
    def send_a_form_twice(self, data: st.DataObject) -> None:
        item = self._any(data)
        if item is None or self.procedure.step(item.step).is_decision:
            return
        key, before = uuid4(), Event.objects.count()
        self._do(item, None, 1, key=key)
        after = Event.objects.count()
        self._do(item, None, 1, key=key, counted=False)
        assert Event.objects.count() == after > before

    @rule(data=st.data())
    def come_too_late(self, data: st.DataObject) -> None:
        done = list(WorkItem.objects.filter(case=self.case, state=WorkItem.State.DONE).order_by("pk"))
        item = data.draw(st.sampled_from(done))
        with pytest.raises(AlreadyDone) as refusal:
            actions.complete(item.pk, data.draw(st.integers(1, 3)), self.office.staf, {}, self.at)
        assert refusal.value.by == str(item.done_by)

    @rule(data=st.data())
    def take_or_give_back(self, data: st.DataObject) -> None:
        item = self._any(data)
        if item is None:
            return
        person = self._performer(item)
        act = actions.claim if item.claimed_by_id is None else actions.release
        act(item.pk, item.revision, person, self._later())

    @rule(data=st.data())
    def pass_on(self, data: st.DataObject) -> None:
        item = self._any(data)
        if item is not None:
            to = data.draw(st.sampled_from(sorted(self.office.people)))
            actions.delegate(
                item.pk, item.revision, self._performer(item), self.office.people[to], self._later()
            )

    @rule(data=st.data())
    def say_something(self, data: st.DataObject) -> None:
        actions.comment(self.case.pk, self.office.kepala, "Bagaimana?", self._later())

    @rule(data=st.data())
    def take_back(self, data: st.DataObject) -> None:
        done = list(WorkItem.objects.filter(case=self.case, state=WorkItem.State.DONE).order_by("-pk")[:3])
        item = data.draw(st.sampled_from(done))
        assert item.done_by is not None
        try:
            actions.withdraw(item.pk, item.done_by, self._later())
        except (Refused, NotYours):
            return
        self.model.take_back(item.pk)

    @rule(data=st.data())
    def let_time_pass(self, data: st.DataObject) -> None:
        waiting = WorkItem.objects.filter(case=self.case, state=WorkItem.State.OPEN, timeout_at__isnull=False)
        item = waiting.order_by("pk").first()
        if item is None or item.timeout_at is None:
            return
        self.at = max(self.at, item.timeout_at)
        assert actions.time_out(item.pk, self.at) is not None
        place = (item.step, path_of(item.instance))
        self.model.answers.pop(place, None)
        self.model.fire(place, self.model.net.nodes[item.step].timeout)

    # -- what must hold --------------------------------------------------------------------------------------------------------

    @invariant()
    def the_rows_say_what_the_net_says(self) -> None:
        if not hasattr(self, "case"):
            return
        found, wanted = Run.read(Case.objects.get(pk=self.case.pk), self.at, None).marking, self.model.marking
        assert found.arrived == wanted.arrived
        assert found.made_by == wanted.made_by
        assert found.gathered == wanted.gathered
        self._check_items(wanted)

    def _check_items(self, marking: Marking) -> None:
        """One item is there for each lane that has not done its step, one for a join that waits, and no other."""
        items = WorkItem.objects.filter(case=self.case, state__in=ACTIVE)
        found = Counter((item.step, path_of(item.instance), item.lane) for item in items)
        assert max(found.values(), default=1) == 1
        there = Counter((step, instance) for step, instance, _lane in found)
        for (step_id, instance), count in marking.arrived.items():
            waits = count < self.model.net.nodes[step_id].need
            answered = len(self.model.answers.get((step_id, instance), ()))
            lanes = 1 if waits else len(self.procedure.step(step_id).by) - answered
            assert there.pop((step_id, instance)) == lanes
        assert not there

    def teardown(self) -> None:
        try:
            if hasattr(self, "case"):
                self._carry_to_the_end()
                self._check_the_whole()
        finally:
            transaction.set_rollback(True)
            self.undone.__exit__(None, None, None)

    def _carry_to_the_end(self) -> None:
        best = nearest_ends(self.exits)
        for _ in range(_MOST_TO_THE_END):
            item = self._open().first()
            if item is None:
                break
            self._do(item, best[item.step], 0)
            self.the_rows_say_what_the_net_says()
        assert self.model.marking.ended

    def _check_the_whole(self) -> None:
        case = Case.objects.get(pk=self.case.pk)
        assert case.state == Case.State.ENDED
        assert not case.work_items.filter(state__in=ACTIVE).exists()
        assert not case.instances.exclude(state="tutup").exists()
        assert list(verify(iter([case]))) == []
        done = case.work_items.filter(state=WorkItem.State.DONE)
        assert list(done.order_by("pk").values_list("pk", flat=True)) == sorted(
            case.events.filter(kind="completed").values_list("work_item", flat=True)
        )
        causes = set(case.work_items.values_list("cause", flat=True))
        assert causes <= set(case.events.values_list("number", flat=True))

    # -- helping ---------------------------------------------------------------------------------------------------------------

    def _do(
        self, item: WorkItem, outcome: str | None, count: int, *, key: Any = None, counted: bool = True
    ) -> None:
        step, instance = self.procedure.step(item.step), path_of(item.instance)
        values = {name: rows(count) for name in step.asks if name != "cepat"}
        actions.complete(
            item.pk, item.revision, self._performer(item), values, self._later(), outcome=outcome, key=key
        )
        if counted:
            self.model.given |= {(name, instance): count for name in values}
            self.model.done(item, outcome)

    def _open(self) -> Any:
        """Return the open items; what came to nobody's desk (for each row, where there was none) is given to somebody first."""
        open_items = WorkItem.objects.filter(case=self.case, state=WorkItem.State.OPEN)
        for item in open_items.filter(desk=NOBODY):
            administrator = self.office.sekretaris
            actions.delegate(item.pk, item.revision, administrator, self.office.staf, self._later())
        return WorkItem.objects.filter(case=self.case, state=WorkItem.State.OPEN).order_by("pk")

    def _any(self, data: st.DataObject) -> WorkItem | None:
        items = list(self._open())
        return data.draw(st.sampled_from(items)) if items else None

    def _performer(self, item: WorkItem) -> Person:
        if item.claimed_by is not None:
            return item.claimed_by
        return self._somebody_at(item.desk)

    def _somebody_at(self, desk: str) -> Person:
        return Person.objects.get(pk=office_on(self.at).holders(desk)[0])

    def _later(self) -> datetime:
        self.at += timedelta(minutes=1)
        return self.at


def test_random_flows_run_to_their_end_under_random_interleavings(
    office: Office, administrator: Person
) -> None:
    machine: type[Interleavings] = type("Machine", (Interleavings,), {"office": office})
    run_state_machine_as_test(machine, settings=SETTINGS)
