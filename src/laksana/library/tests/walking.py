"""Carrying cases through every arc of a flow, with the real engine and people, and form data made from the fields' types.

What a procedure adds in Python is left out: its rules refuse data that no law guides. Its scenarios try those.
"""

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from laksana.cases import actions, sweep
from laksana.cases.behaviour import Behaviour, Done, Situation, behaviour
from laksana.cases.engine.desk import NOBODY
from laksana.cases.engine.marking import text_of
from laksana.cases.errors import Refused
from laksana.cases.models import Case, WorkItem
from laksana.library.tests.generated import Data, as_sent
from laksana.people.models import Person
from laksana.people.services import holders
from laksana.sop.definition import END, FieldSpec, Procedure, Step
from laksana.sop.expression import Expression, outcome_name, parse
from laksana.sop.performer import Kind
from laksana.sop.values import from_json_of

TIMEOUT = "(lewat waktu)"
MOST_ACTIONS = 600
HOMEWARD_AFTER = 150
"""After so many actions a case seeks its end, whatever it has not seen."""
NOT_SKIPPED = 0.8
Arc = tuple[str, str]


def _judged_by_the_giver(situation: Situation) -> dict[str, Any]:
    """Say who judges a report below the first level of a tree of dispositions, which no condition on fields can."""
    made = situation.case.instances.filter(path=text_of(situation.instance), made_by="tindak-lanjut")
    return {"penilai": "pemberi"} if made.exists() else {}


def _as_far_as_it_goes(
    paper: Callable[[Situation], Mapping[str, Any]],
) -> Callable[[Situation], Mapping[str, Any]]:
    """Return the data of a paper, or none where it needs values that a rule left out would have computed."""

    def told(situation: Situation) -> Mapping[str, Any]:
        try:
            return paper(situation)
        except KeyError:
            return {}

    return told


def arcs(procedure: Procedure) -> set[Arc]:
    """Return every way out of every step: its outcomes, "" for the only one of a plain step, and its time-out."""
    found = {(step.id, outcome or "") for step in procedure.steps for outcome in procedure.successors(step)}
    return found | {(step.id, TIMEOUT) for step in procedure.steps if step.timeout}


class Walk:
    """Carries cases of one procedure; `covered` grows with every case."""

    def __init__(self, procedure: Procedure, data: Data, at: datetime) -> None:
        self.procedure = procedure
        self.data = data
        self.at = at
        self.covered: set[Arc] = set()
        self.homeward = False
        self.first_values: dict[str, Any] = {}
        self.steps = {step.id: step for step in procedure.steps}

    @property
    def left(self) -> set[Arc]:
        """Return the arcs that no case has taken."""
        return arcs(self.procedure) - self.covered

    def bare_behaviour(self) -> Behaviour:
        """Return a behaviour without rules: automatic steps take the outcome that is wanted, deadlines are near.

        The data of papers stay, which their templates read.
        """
        papers = behaviour(self.procedure.id).papers
        bare = Behaviour(self.procedure.id)
        bare.papers.update({name: _as_far_as_it_goes(paper) for name, paper in papers.items()})
        for step in self.procedure.steps:
            if step.auto:
                bare.automatics[step.auto] = self._automatic
            for name in step.asks:
                if self._rows_of(name):
                    bare.computed[step.id].append(self._held_rows(name))
        bare.computed[self.procedure.steps[0].id].append(self._desks)
        if self.procedure.id == "surat-masuk":
            bare.computed["periksa-hasil"].append(_judged_by_the_giver)
        for clock in self.procedure.clocks:
            bare.deadlines[clock.id] = lambda situation: situation.at + timedelta(days=9)
        return bare

    def _automatic(self, situation: Situation) -> Done:
        step = situation.step
        if not (step.is_decision and step.unattended):
            return Done()
        outcome = self._outcome(step)
        self.covered.add((step.id, outcome))
        return Done(outcome=outcome)

    @property
    def _bound(self) -> set[str]:
        """Return the fields that name who holds a lane, or for whose rows a step runs."""
        lanes = {
            each.holder.of for each in self.procedure.performers.values() if each.holder.kind is Kind.FIELD
        }
        return lanes | {step.for_each.field for step in self.procedure.steps if step.for_each}

    def _desks(self, _situation: Situation) -> dict[str, Any]:
        """Return holders of lanes, rows and other values that a rule would have filled in at the start."""
        return {name: self._made(name) for name in self._bound if self._computed(name)} | self.first_values

    def _rows_of(self, name: str) -> bool:
        return any(step.for_each and step.for_each.field == name for step in self.procedure.steps)

    def _held_rows(self, name: str) -> Callable[[Situation], dict[str, Any]]:
        """Return what fills in the columns of a table that a rule would have."""
        columns = self.procedure.fields[name].columns or {}
        told = {each: spec for each, spec in columns.items() if spec.computed}

        def filled(situation: Situation) -> dict[str, Any]:
            rows = situation.values.get(name) or ()
            made = [
                {**row, **{each: self.data.value(spec, self.at) for each, spec in told.items()}}
                for row in rows
            ]
            return {name: made} if told else {}

        return filled

    def carry_one(self) -> Case:
        """Start a case and carry it to an end by the ways least taken. Raises AssertionError where it gets stuck."""
        case = self._start()
        for number in range(MOST_ACTIONS):
            self.homeward = number > HOMEWARD_AFTER
            self._end_children(case)
            case.refresh_from_db()
            if case.state != Case.State.RUNNING:
                break
            self._act(case)
        assert case.state == Case.State.ENDED, (
            f"{case.state} after {MOST_ACTIONS} actions: {self._open(case)}"
        )
        assert not case.work_items.filter(state__in=(WorkItem.State.OPEN, WorkItem.State.WAITING)).exists()
        self._count(case)
        return case

    def _start(self) -> Case:
        first = self.procedure.steps[0]
        refusals = []
        for person in self._starters(first):
            self.data.store.sender = person
            outcome = self._outcome(first) if first.is_decision else None
            values = self._values(first, outcome, {})
            self.first_values = {name: value for name, value in values.items() if name not in first.asks}
            try:
                return actions.start(
                    self.procedure.id,
                    person,
                    self._tick(),
                    values=as_sent({name: values[name] for name in first.asks if name in values}),
                    outcome=outcome,
                    evidence="Surat" if self._is_outside(first.by[0]) else "",
                )
            except Refused as refusal:
                refusals.append(f"{person}: {refusal}")
        raise AssertionError(f"nobody can start {self.procedure.id}: {refusals[:3]}")

    def _starters(self, first: Step) -> Iterator[Person]:
        performer = self.procedure.performers[first.by[0]]
        binding = performer.recorded_by or performer.holder
        if binding.kind is Kind.INITIATOR:
            yield from Person.objects.filter(pk__in=self.data.store.people).order_by("-pk")
        else:
            yield from holders(f"{binding.kind.value}:{binding.of}", self.at)

    def _act(self, case: Case) -> None:
        item = case.work_items.filter(state=WorkItem.State.OPEN).order_by("pk").first()
        assert item is not None, f"nothing is open: {self._open(case)}"
        step = self.steps[item.step]
        self.homeward |= item.instance.count(".") > 1
        if item.timeout_at and self._wants_timeout(step):
            self.at = item.timeout_at + timedelta(minutes=1)
            sweep.sweep(self.at)
            self.covered.add((step.id, TIMEOUT))
            return
        self._complete(case, item, step)

    def _wants_timeout(self, step: Step) -> bool:
        """Return whether letting a step run out is new, or the nearest way to what is new."""
        if step.timeout is None or self.homeward:
            return False
        if (step.id, TIMEOUT) in self.left:
            return True
        goals = {of for of, _outcome in self.left}
        if step.id in goals:
            return False
        ways = [target for then in self.procedure.successors(step).values() for target in then]
        later = min(self._distance(target, goals) for target in step.timeout.then)
        others = min(self._distance(target, goals) for target in ways)
        return later < min(others, 10_000)

    def _complete(self, case: Case, item: WorkItem, step: Step) -> None:
        outcome = (self._answered(item) or self._outcome(step)) if step.is_decision else None
        assert item.desk != NOBODY, f"nobody is found for {step.id} {item.instance}"
        tried = []
        for choice in [outcome, *self._others(step, outcome)]:
            for person in holders(item.desk, self.at):
                self.data.store.sender = person
                values = self._values(step, choice, self._known(case))
                self._put(case, step, values)
                try:
                    self._record(item, step, person)
                    item.refresh_from_db()
                    actions.complete(
                        item.pk,
                        item.revision,
                        person,
                        as_sent({name: values[name] for name in step.asks if name in values}),
                        self._tick(),
                        outcome=choice,
                        evidence="Surat" if self._is_outside(item.lane) else "",
                    )
                except Refused as refusal:
                    tried.append(f"{person} {choice or ''}: {refusal}")
                else:
                    self.covered.add((step.id, choice or ""))
                    return
        raise AssertionError(f"nobody at {item.desk} can do {step.id}: {tried[:4]}")

    def _record(self, item: WorkItem, step: Step, person: Person) -> None:
        """Write the rows that a step collects while it is open."""
        if step.journal and item.revision == 1:
            row = self.data.rows(self.procedure.fields[step.journal], self.at)[0]
            actions.record_row(
                item.pk, item.revision, person, as_sent({step.journal: [row]})[step.journal][0], self._tick()
            )

    def _answered(self, item: WorkItem) -> str | None:
        """Return what another performer of the same doing of a decision answered."""
        same = item.case.work_items.filter(step=item.step, cause=item.cause, state=WorkItem.State.DONE)
        return same.values_list("outcome", flat=True).first()

    def _outcome(self, step: Step) -> str:
        """Return the outcome that leads to an arc not taken yet, the nearest; else towards the end."""
        goals = {END} if self.homeward else {of for of, _outcome in self.left}
        ranked = sorted(
            step.outcomes,
            key=lambda label: (
                not self.homeward and (step.id, label) in self.covered,
                self.homeward and step.id in step.outcomes[label].then,
                min(self._distance(target, goals) for target in step.outcomes[label].then),
                min(self._distance(target, {END}) for target in step.outcomes[label].then),
                self.data.random.random(),
            ),
        )
        return ranked[0]

    def _others(self, step: Step, outcome: str | None) -> list[str]:
        return [label for label in step.outcomes if label != outcome]

    def _distance(self, start: str, goals: set[str]) -> int:
        queue, seen = deque([(start, 0)]), {start}
        while queue:
            step_id, far = queue.popleft()
            if step_id in goals:
                return far
            if step_id == END:
                continue
            step = self.steps[step_id]
            ways = [target for then in self.procedure.successors(step).values() for target in then]
            ways += step.timeout.then if step.timeout else ()
            queue.extend((way, far + 1) for way in ways if way not in seen)
            seen.update(ways)
        return 10_000

    def _values(self, step: Step, outcome: str | None, known: dict[str, Any]) -> dict[str, Any]:
        """Return values for what a step asks, and for other fields that its outcome or what follows depends on."""
        fields = self.procedure.fields
        values = {name: self._made(name) for name in step.asks if not fields[name].computed}
        must = [
            exit_.allowed_if for exit_ in [step.outcomes.get(outcome or "")] if exit_ and exit_.allowed_if
        ]
        wishes = [wish for target in self._next(step, outcome) for wish in self._wish(target)]
        told = {outcome_name(step.id): outcome} if outcome else {}
        for conditions in ([*must, *wishes], must):
            solved = self.data.solved(conditions, fields, {**known, **told, **values}, self.at, step.asks)
            if solved is not None:
                return values | solved
        return values

    def _made(self, name: str) -> Any:
        spec = self.procedure.fields[name]
        if spec.columns and not any(name in step.asks for step in self.procedure.steps):
            columns = {
                each: column.model_copy(update={"computed": False}) for each, column in spec.columns.items()
            }
            spec = spec.model_copy(update={"columns": columns})
        runs = [s.for_each for s in self.procedure.steps if s.for_each and s.for_each.field == name]
        if runs and self.homeward and not spec.required:
            return []
        if spec.columns and runs:
            where = next((run.where for run in runs if run.where), None)
            return self.data.rows(spec, self.at, where)
        return self.data.value(spec, self.at)

    def _next(self, step: Step, outcome: str | None) -> tuple[str, ...]:
        return self.procedure.successors(step).get(outcome, ())

    def _wish(self, target: str) -> Iterator[Expression]:
        """Yield, more often than not, the condition under which a following step does not pass by itself."""
        step = self.steps.get(target)
        if step is None or step.skip_if is None:
            return
        if self.data.random.random() < NOT_SKIPPED:
            yield parse(f"not ({step.skip_if.when.text})")

    def _put(self, case: Case, step: Step, values: dict[str, Any]) -> None:
        """Write values that this step does not ask into the case, as the rules that are left out would have."""
        own = {name: value for name, value in values.items() if name not in step.asks or self._computed(name)}
        missing = {name for name in self._bound if not case.data.get(name) and name not in step.asks}
        own |= {
            name: self._made(name) for name in missing if self._computed(name) or not self._is_table(name)
        }
        if own:
            case.refresh_from_db()
            case.data = {**case.data, **as_sent(own)}
            case.save(update_fields=["data"])

    def _is_table(self, name: str) -> bool:
        return self.procedure.fields[name].type == "table"

    def _computed(self, name: str) -> bool:
        return self.procedure.fields[name].computed

    def _known(self, case: Case) -> dict[str, Any]:
        fields: dict[str, FieldSpec] = dict(self.procedure.fields)
        known = {
            name: from_json_of(fields, name, value) for name, value in case.data.items() if name in fields
        }
        done = case.work_items.filter(state=WorkItem.State.DONE).exclude(outcome="").order_by("done_at", "pk")
        return known | {outcome_name(step): outcome for step, outcome in done.values_list("step", "outcome")}

    def _end_children(self, case: Case) -> None:
        for child in Case.objects.filter(starter__case=case, state=Case.State.RUNNING):
            actions.cancel(
                child.pk,
                child.initiator or self.data.store.sender,
                "Diselesaikan di luar perkara",
                self._tick(),
            )

    def _is_outside(self, lane: str) -> bool:
        return self.procedure.performers[lane].holder.kind in (Kind.OUTSIDE, Kind.PUBLIC)

    def _tick(self) -> datetime:
        self.at += timedelta(minutes=7)
        return self.at

    def _count(self, case: Case) -> None:
        ended = (WorkItem.State.DONE, WorkItem.State.PASSED)
        for step, outcome in case.work_items.filter(state__in=ended).values_list("step", "outcome"):
            self.covered.add((step, outcome))

    def _open(self, case: Case) -> list[str]:
        states = (WorkItem.State.OPEN, WorkItem.State.WAITING)
        return [f"{item.step} ({item.state})" for item in case.work_items.filter(state__in=states)]
