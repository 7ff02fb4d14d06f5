"""Whether what a script expects has come."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from laksana.cases.engine.marking import ACTIVE, path_of
from laksana.cases.engine.run import Run
from laksana.cases.models import Case, WorkItem
from laksana.cases.play.script import Expect, PlayError
from laksana.cases.sight import sees_content
from laksana.numbering import services as numbering
from laksana.people import services as people
from laksana.sop.definition import FieldSpec
from laksana.sop.form import to_json
from laksana.sop.values import parse
from laksana.worktime.zone import OFFICE_ZONE

EXCEEDED = "terlampaui"
"""The state of a clock that runs beyond its end."""
Difference = tuple[str, Any, Any]
"""What, as it should be, as it is."""


def check(expect: Expect, case: Case, instance: str | None, at: datetime, where: str) -> None:
    """Raise PlayError for the first thing expected of a case that is not so."""
    for what, wanted, found in (
        *_state(expect, case, at),
        *_work(expect, case),
        *_values(expect, case, instance),
        *_sight(expect, case, at),
    ):
        if wanted != found:
            raise PlayError(f"{where}: {what} should be {wanted!r}, is {found!r}")


def check_warnings(expect: Expect, warned: Mapping[str, str], where: str) -> None:
    """Raise PlayError for an expected warning that is not shown."""
    for words in expect.warnings:
        if not any(words in str(warning) for warning in warned.values()):
            raise PlayError(f"{where}: should warn of {words!r}; warns of {dict(warned)}")


def _state(expect: Expect, case: Case, at: datetime) -> Iterator[Difference]:
    for name in ("state", "level", "subject"):
        if (wanted := getattr(expect, name)) is not None:
            yield name, wanted, getattr(case, name)
    for name, last in expect.series.items():
        series, _, year = name.rpartition("/")
        yield f"series {name}", last, numbering.last(series, int(year))
    for clock, state in expect.clocks.items():
        yield f"clock {clock}", state, _clock_state(case, clock, at)


def _work(expect: Expect, case: Case) -> Iterator[Difference]:
    active = list(case.work_items.filter(state__in=ACTIVE))
    named = {_name(item): item for item in active}
    if expect.open is not None:
        yield "open", sorted(expect.open), sorted(_name(item) for item in active)
    if expect.steps is not None:
        done = case.work_items.filter(state=WorkItem.State.DONE).order_by("done_at", "pk")
        yield "steps", expect.steps, list(done.values_list("step", flat=True))
    for name, desk in expect.desks.items():
        yield f"desk of {name}", desk, named[name].desk if name in named else None
    for name, at in expect.due.items():
        found = named[name].due_at if name in named else _clock(case, name, "due_at")
        yield f"end of {name}", _local(at), found


def _name(item: WorkItem) -> str:
    return f"{item.step}@{item.instance}" if item.instance else item.step


def _clock_state(case: Case, clock: str, at: datetime) -> str | None:
    found = case.clocks.filter(clock=clock).order_by("-pk").first()
    return None if found is None else EXCEEDED if found.is_exceeded(at) else found.state


def _clock(case: Case, clock: str, column: str) -> Any:
    return case.clocks.filter(clock=clock).order_by("-pk").values_list(column, flat=True).first()


def _values(expect: Expect, case: Case, instance: str | None) -> Iterator[Difference]:
    if not expect.values:
        return
    run = Run.read(case, case.opened_at, None)
    seen = run.values(path_of(instance or ""))
    for name, wanted in expect.values.items():
        field, *cell = name.split(".")
        spec, found = run.procedure.fields.get(field), to_json({field: seen.get(field)})[field]
        if cell:  # TABLE.ROW.COLUMN, as errors name it
            row, column = cell
            spec = (spec.columns or {}).get(column) if spec else None
            found = found[int(row)].get(column) if found and int(row) < len(found) else None
        yield name, _kept(spec, wanted), found


def _kept(spec: FieldSpec | None, wanted: Any) -> Any:
    """Return an expected value as a case keeps it: read as the field would read it."""
    return wanted if spec is None or spec.columns else to_json({"": parse(spec, wanted)})[""]


def _sight(expect: Expect, case: Case, at: datetime) -> Iterator[Difference]:
    for kind, names in (("content", expect.reads), ("cover", expect.covers), ("nothing", expect.blind)):
        for name in names:
            yield f"what {name} sees", kind, _seen_by(name, case, at)


def _seen_by(name: str, case: Case, at: datetime) -> str:
    from laksana.cases.play.player import performer

    person = performer(name, at)
    desks = people.desks_of(person, at)
    if not Case.objects.readable_by(person, desks).filter(pk=case.pk).exists():
        return "nothing"
    run = Run.read(case, at, person)
    return "content" if sees_content(case, run.procedure, person, desks) else "cover"


def _local(at: datetime) -> datetime:
    return at.replace(tzinfo=OFFICE_ZONE) if at.tzinfo is None else at
