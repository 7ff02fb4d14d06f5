"""A log as OCEL 2.0 in JSON: events that several objects take part in, and how objects belong together. Pure but for its target.

The format wants all objects before all events; events wait in a temporary file, so that cases are read once and one by one.
"""

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from tempfile import TemporaryFile
from typing import IO, Any, BinaryIO

from laksana.measurement.eventlog.record import Finished, Head, LoggedCase, OtherCase, Work

_OBJECT_TYPES: dict[str, dict[str, str]] = {
    "procedure": {"code": "string", "title": "string"},
    "case": {
        "version": "integer",
        "procedure": "string",
        "state": "string",
        "opened": "time",
        "ended": "time",
    },
    "row": {"path": "string", "made_by": "string"},
    "work_item": {
        "role": "string",
        "resource": "string",
        "group": "string",
        "opened": "time",
        "due": "time",
        "minutes": "integer",
    },
}
_EVENT = {"step": "string", "transition": "string", "outcome": "string"}
_ALWAYS = datetime.fromtimestamp(0, UTC)
"""The instant of what an object has from the beginning, as the standard gives it."""
Related = Iterable[tuple[str, str]]
"""Ids of objects, each with the qualifier by which one belongs to it."""


def write(head: Head, cases: Iterable[LoggedCase], target: BinaryIO) -> None:
    """Write a log; cases are taken one after the other."""
    types = {
        "objectTypes": [_type(name, attributes) for name, attributes in _OBJECT_TYPES.items()],
        "eventTypes": [_type(activity, _EVENT) for activity in head.activities],
    }
    with TemporaryFile() as waiting:
        target.write(json.dumps(types, ensure_ascii=False)[:-1].encode() + b', "objects": [')
        objects, events = _Lines(target), _Lines(waiting)
        _write_cases(head, cases, objects, events)
        target.write(b'\n], "events": [')
        waiting.seek(0)
        shutil.copyfileobj(waiting, target)
        target.write(b"\n]}\n")


class _Lines:
    """Values of a JSON array, one on a line."""

    def __init__(self, target: IO[bytes]) -> None:
        self.target, self.before = target, b"\n"

    def add(self, value: Mapping[str, Any]) -> None:
        self.target.write(self.before + json.dumps(value, ensure_ascii=False).encode())
        self.before = b",\n"


def _write_cases(head: Head, cases: Iterable[LoggedCase], objects: _Lines, events: _Lines) -> None:
    """Write what the cases hold, and then the cases that they name and that are not in the log themselves."""
    own = {"code": head.code, "title": head.title}
    objects.add(_object(f"procedure/{head.procedure}", "procedure", [(key, own[key], None) for key in own]))
    written: set[str] = set()
    named: dict[str, OtherCase] = {}
    for case in cases:
        written.add(case.number)
        for thing in _things(case):
            objects.add(thing)
        for finished in case.finished:
            events.add(_event(case, finished))
            named |= {other.number: other for other in finished.starts}
        if case.started_by:
            named[case.started_by.number] = case.started_by
    for number, other in named.items():
        if number not in written:
            objects.add(_case(other, ()))


def _things(case: LoggedCase) -> Iterator[dict[str, Any]]:
    """Yield the objects of a case: itself, its rows, and what each performer had to do."""
    started = [(other.number, "starts") for finished in case.finished for other in finished.starts]
    yield _case(case, [(f"procedure/{case.procedure}", "follows"), *started])
    for row in case.rows:
        above = row.path.rpartition(".")[0]
        related = [(case.number, "row of"), *([(_row(case, above), "within")] if above else [])]
        values = [("path", row.path, row.made_at), ("made_by", row.made_by, row.made_at)]
        yield _object(_row(case, row.path), "row", values, related)
    for finished in case.finished:
        for work in finished.work:
            yield _work_item(case, finished, work)


def _case(case: LoggedCase | OtherCase, related: Related) -> dict[str, Any]:
    opened = case.opened_at
    values = [
        ("version", case.version, None),
        ("procedure", case.procedure, None),
        ("opened", opened, None),
        ("ended", case.ended_at, case.ended_at),
        ("state", case.state, case.ended_at or opened),
    ]
    return _object(case.number, "case", values, related)


def _work_item(case: LoggedCase, finished: Finished, work: Work) -> dict[str, Any]:
    values = [
        ("role", work.role, work.opened_at),
        ("opened", work.opened_at, work.opened_at),
        ("due", work.due_at, work.opened_at),
        ("resource", work.resource or None, finished.at),
        ("group", work.group or None, finished.at),
        ("minutes", work.minutes, finished.at),
    ]
    return _object(_item(case, work), "work_item", values, [(case.number, "part of")])


def _event(case: LoggedCase, finished: Finished) -> dict[str, Any]:
    related = [(case.number, "case")]
    related += [(_row(case, finished.row), "row")] if finished.row else []
    related += [(_item(case, work), "finishes") for work in finished.work]
    related += [(other.number, "starts") for other in finished.starts]
    told = {"step": finished.step, "transition": finished.transition.value, "outcome": finished.outcome}
    return {
        "id": f"{case.number}#{finished.number}",
        "type": finished.activity,
        "time": _plain(finished.at),
        "attributes": [{"name": name, "value": value} for name, value in told.items() if value],
        "relationships": _relationships(related),
    }


def _row(case: LoggedCase, path: str) -> str:
    return f"{case.number}/row/{path}"


def _item(case: LoggedCase, work: Work) -> str:
    return f"{case.number}/item/{work.id}"


def _type(name: str, attributes: Mapping[str, str]) -> dict[str, Any]:
    return {
        "name": name,
        "attributes": [{"name": key, "type": kind} for key, kind in attributes.items()],
    }


def _object(
    id_: str, type_: str, values: Iterable[tuple[str, Any, datetime | None]], related: Related = ()
) -> dict[str, Any]:
    """Return an object; each value with the instant since when it has it, None for always."""
    return {
        "id": id_,
        "type": type_,
        "attributes": [
            {"name": name, "time": _plain(since or _ALWAYS), "value": _plain(value)}
            for name, value, since in values
            if value is not None
        ],
        "relationships": _relationships(related),
    }


def _relationships(related: Related) -> list[dict[str, str]]:
    return [{"objectId": id_, "qualifier": qualifier} for id_, qualifier in related]


def _plain(value: Any) -> Any:
    """Return an instant in UTC, as ISO 8601, anything else as it is."""
    return value.astimezone(UTC).isoformat(timespec="milliseconds") if isinstance(value, datetime) else value
