"""Random sound procedures, carried out by people in any order: nothing is lost, nothing done twice, and every case ends.

Beside each case goes a model: the pure net of its procedure, told of every doing. What the rows say must always be what the net
says.
"""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any, ClassVar
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from laksana.cases import actions, definitions
from laksana.cases.chain import verify
from laksana.cases.definitions import parsed
from laksana.cases.engine.desk import NOBODY
from laksana.cases.engine.marking import ACTIVE, path_of
from laksana.cases.engine.run import Run
from laksana.cases.errors import AlreadyDone, NotYours, Refused
from laksana.cases.models import Case, Event, WorkItem
from laksana.cases.tests.conftest import MORNING, Office, definition, install
from laksana.cases.tests.model import Model
from laksana.cases.tests.sound_flows import nearest_ends, rows, sound_procedures
from laksana.people.models import Person
from laksana.people.services import office_on
from laksana.sop.flow import Marking

_MOST_TO_THE_END = 400
SETTINGS = settings(
    max_examples=40,
    stateful_step_count=12,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    # To make a failing example small takes minutes; add Phase.shrink to see it done.
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)


class Interleavings(RuleBasedStateMachine):
    """People who do what lies on their desks, and now and then something odd."""

    office: ClassVar[Office]

    def __init__(self) -> None:
        super().__init__()
        definitions.forget()  # keys are given anew after every example
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
