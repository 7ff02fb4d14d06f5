"""Carrying out the acts of a scenario."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db.models import Q

from laksana.cases import actions, services, sweep
from laksana.cases.engine.marking import ACTIVE
from laksana.cases.errors import Invalid, Refused
from laksana.cases.models import Case, Event, WorkItem
from laksana.cases.play import expectation
from laksana.cases.play.script import Act, PlayError, Scenario
from laksana.numbering import services as numbering
from laksana.people import services as people
from laksana.people.models import Holding, Person, Position
from laksana.sop.definition import FieldSpec, Procedure
from laksana.worktime.zone import OFFICE_ZONE


class Player:
    """Plays one scenario."""

    def __init__(self, scenario: Scenario, folder: Path) -> None:
        self.scenario = scenario
        self.folder = folder
        self.cases: dict[str, Case] = {}
        self.latest = ""

    def play(self) -> Iterator[Event]:
        """Play every act, yielding the events as they happen. Raises PlayError at the first that goes wrong."""
        self._set_up()
        for number, act in enumerate(self.scenario.acts, 1):
            before = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
            self.perform(number)
            yield from Event.objects.filter(pk__gt=before).select_related("case", "actor").order_by("pk")
            if self.cases:
                where = self._where(number)
                expectation.check(act.expect, self._case(act), act.instance, local(act.at), where)
        expectation.check(
            self.scenario.expect,
            self._named(""),
            None,
            local(self.scenario.acts[-1].at),
            f"{self.scenario.id}, at the end",
        )

    def _set_up(self) -> None:
        for name, last in self.scenario.series.items():
            series, _, year = name.rpartition("/")
            numbering.set_last(series, int(year), last)
        for absence in self.scenario.absences:
            since = datetime.combine(absence.since, datetime.min.time(), OFFICE_ZONE)
            people.record_absence(
                performer(absence.position, since), absence.since, absence.until, absence.reason
            )
            if absence.acting:
                position = Position.objects.get(code=absence.position)
                deputy = performer(absence.acting, since)
                people.appoint(deputy, position, absence.since, absence.until, kind=Holding.Kind.PLH)

    def perform(self, number: int) -> None:
        """Play one act, counted from 1, after those before it. Raises PlayError where it goes wrong."""
        act = self.scenario.acts[number - 1]
        try:
            self._do(act, local(act.at))
        except Refused as refusal:
            self._refused(act, refusal, self._where(number))
        else:
            if act.expect.refuses:
                raise PlayError(f"{self._where(number)}: should have been refused")

    def _where(self, number: int) -> str:
        act = self.scenario.acts[number - 1]
        return f"{self.scenario.id}, act {number} ({act.do} {act.step})".replace(" )", ")")

    def _refused(self, act: Act, refusal: Refused, where: str) -> None:
        if not act.expect.refuses or (act.expect.refused or "") not in str(refusal):
            raise PlayError(f"{where}: refused: {refusal}") from refusal
        errors = refusal.errors if isinstance(refusal, Invalid) else {}
        for field, words in act.expect.errors.items():
            if field not in errors or words not in str(errors[field]):
                raise PlayError(f"{where}: {field} should have the error {words!r}; the errors are {errors}")

    def _do(self, act: Act, at: datetime) -> None:
        if act.do == "sweep":
            sweep.sweep(at)
            return
        person = performer(act.by, at)
        if act.do == "start":
            self._start(act, person, at)
        elif act.do == "cancel":
            actions.cancel(self._case(act).pk, person, act.text, at)
        elif act.do == "comment":
            actions.comment(self._case(act).pk, person, act.text, at)
        elif act.do == "withdraw":
            done = (
                self._case(act).work_items.filter(step=act.step, state=WorkItem.State.DONE).latest("done_at")
            )
            actions.withdraw(done.pk, person, at)
        else:
            self._on_item(act, person, at)
        if act.child:
            self.cases[act.child] = self._child(act)

    def _child(self, act: Act) -> Case:
        started = Case.objects.filter(starter__case=self._case(act)).order_by("-pk").first()
        if started is None:
            raise PlayError(
                f"{self.scenario.id}: {act.step} started no case that could be called {act.child!r}"
            )
        return started

    def _start(self, act: Act, person: Person, at: datetime) -> None:
        procedure_id = act.procedure or self.scenario.procedure
        procedure = services.definition_in_force(procedure_id, at)
        case = actions.start(
            procedure_id,
            person,
            at,
            values=self._given(procedure, act.data, person, at),
            outcome=act.outcome,
            evidence=act.evidence,
        )
        self.latest = act.as_ or procedure_id
        self.cases[self.latest] = case

    def _on_item(self, act: Act, person: Person, at: datetime) -> None:
        case = self._case(act)
        item = self._item(case, act, person, at)
        data = self._given(services.definition(case), act.data, person, at)
        match act.do:
            case "complete":
                if act.expect.warnings:
                    situation = services.form_situation(item, person, at)
                    warned = services.form_warnings(situation, data, outcome=act.outcome)
                    expectation.check_warnings(act.expect, warned, f"{self.scenario.id}: {act.step}")
                actions.complete(
                    item.pk, item.revision, person, data, at, outcome=act.outcome, evidence=act.evidence
                )
            case "claim":
                actions.claim(item.pk, item.revision, person, at)
            case "release":
                actions.release(item.pk, item.revision, person, at)
            case "delegate":
                actions.delegate(item.pk, item.revision, person, performer(act.to, at), at, reason=act.text)
            case "recall":
                actions.recall(item.pk, item.revision, person, act.text, at)
            case "record":
                actions.record_row(item.pk, item.revision, person, data, at)

    def _item(self, case: Case, act: Act, person: Person, at: datetime) -> WorkItem:
        items = case.work_items.filter(step=act.step, state=WorkItem.State.OPEN).order_by("pk")
        if act.instance is not None:
            items = items.filter(instance=act.instance)
        found = list(items)
        if not found:
            open_now = sorted(set(case.work_items.filter(state__in=ACTIVE).values_list("step", flat=True)))
            raise Refused(f"step {act.step} is not open; open are {', '.join(open_now) or 'none'}")
        desks = people.desks_of(person, at)
        return next((item for item in found if item.desk in desks), found[0])

    def _given(
        self, procedure: Procedure, data: Mapping[str, Any], person: Person, at: datetime
    ) -> dict[str, Any]:
        """Return the data of an act with its files stored, and its people found by their position or account."""
        return {
            name: self._stored(procedure.fields[name], value, person, at)
            if name in procedure.fields
            else value
            for name, value in data.items()
        }

    def _stored(self, spec: FieldSpec, value: Any, person: Person, at: datetime) -> Any:
        if spec.type == "files":
            return [self._store(spec, one["demo"], person, at) for one in value]
        if spec.type == "file" and isinstance(value, Mapping):
            return self._store(spec, value["demo"], person, at)
        if spec.type == "person" and isinstance(value, str):
            return performer(value, at).pk
        if spec.columns and isinstance(value, list):
            return [self._row(spec.columns, row, person, at) for row in value]
        return value

    def _row(self, columns: Mapping[str, FieldSpec], row: Any, person: Person, at: datetime) -> Any:
        if not isinstance(row, Mapping):
            return row
        return {
            name: self._stored(columns[name], value, person, at) if name in columns else value
            for name, value in row.items()
        }

    def _store(self, spec: FieldSpec, name: str, person: Person, at: datetime) -> int:
        with self._demo(name).open("rb") as content:
            return services.upload(content, name, spec, person, at).pk

    def _demo(self, name: str) -> Path:
        """Return a file of the script's own folder `demo`, else of the nearest one above it."""
        found = (place / "demo" / name for place in (self.folder, *self.folder.parents))
        return next((file for file in found if file.is_file()), self.folder / "demo" / name)

    def _case(self, act: Act) -> Case:
        return self._named(act.case)

    def _named(self, name: str) -> Case:
        if (name or self.latest) not in self.cases:
            raise PlayError(f"{self.scenario.id}: no case is called {name or 'so far'!r}")
        return Case.objects.get(pk=self.cases[name or self.latest].pk)


def local(at: datetime) -> datetime:
    """Return an instant of a script, which is local time without a zone, as an aware one."""
    return at.replace(tzinfo=OFFICE_ZONE) if at.tzinfo is None else at


def performer(name: str, at: datetime) -> Person:
    """Return who answers for a position (by its code) on that day, or the person of an account. Raises PlayError."""
    if holders := people.holders(f"position:{name}", at):
        return holders[0]
    found: Person | None = Person.objects.filter(Q(account__username=name) | Q(nip=name)).first()
    if found is None:
        raise PlayError(f"nobody holds position {name!r} on {at:%Y-%m-%d}, and no account has that name")
    return found
