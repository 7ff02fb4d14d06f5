"""A log as XES: IEEE 1849-2016, with the standard extensions concept, time, lifecycle and org. Pure but for its target.

One trace is a case, one event a finished step. Keys without a prefix are this format's own; they belong to no extension.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, BinaryIO

from lxml import etree

from laksana.measurement.eventlog.record import Finished, Head, LoggedCase
from laksana.worktime.zone import local

NAMESPACE = "http://www.xes-standard.org/"
_VERSION = "1849.2016"
_EXTENSIONS = (
    ("Concept", "concept"),
    ("Time", "time"),
    ("Lifecycle", "lifecycle"),
    ("Organizational", "org"),
)
_GLOBAL: dict[str, dict[str, Any]] = {
    "trace": {"concept:name": ""},
    "event": {
        "concept:name": "",
        "lifecycle:transition": "",
        "time:timestamp": datetime.fromtimestamp(0, UTC),
        "step": "",
    },
}
"""What every trace and event has, with the value that would stand for a missing one."""
_CLASSIFIERS = {"Activity": "concept:name lifecycle:transition", "Step": "step lifecycle:transition"}
_BETWEEN = ", "
"""What stands between those who did a step together."""


def write(head: Head, cases: Iterable[LoggedCase], target: BinaryIO) -> None:
    """Write a log, one case after the other."""
    with (
        etree.xmlfile(target, encoding="utf-8") as file,
        _log(file),
    ):
        for name, prefix in _EXTENSIONS:
            uri = f"{NAMESPACE}{prefix}.xesext"
            _put(file, etree.Element("extension", name=name, prefix=prefix, uri=uri))
        for scope, values in _GLOBAL.items():
            _put(file, _with(etree.Element("global", scope=scope), values.items()))
        for name, keys in _CLASSIFIERS.items():
            _put(file, etree.Element("classifier", name=name, scope="event", keys=keys))
        for attribute in _with(etree.Element("log"), _of_log(head)):
            _put(file, attribute)
        for case in cases:
            _put(file, _trace(case))


def _log(file: Any) -> Any:
    file.write_declaration()
    return file.element("log", {"xes.version": _VERSION, "xes.features": "", "xmlns": NAMESPACE})


def _put(file: Any, element: Any) -> None:
    file.write(element, pretty_print=True)


def _trace(case: LoggedCase) -> Any:
    trace = _with(etree.Element("trace"), _of_case(case))
    for finished in case.finished:
        _with(etree.SubElement(trace, "event"), _of_event(finished))
    return trace


def _of_log(head: Head) -> Iterator[tuple[str, Any]]:
    yield "concept:name", head.title
    yield "lifecycle:model", "standard"
    yield "procedure", head.procedure
    yield "code", head.code


def _of_case(case: LoggedCase) -> Iterator[tuple[str, Any]]:
    yield "concept:name", case.number
    yield "procedure", case.procedure
    yield "version", case.version
    yield "state", case.state
    yield "opened", case.opened_at
    yield "ended", case.ended_at
    yield "started_by", case.started_by.number if case.started_by else None


def _of_event(finished: Finished) -> Iterator[tuple[str, Any]]:
    yield "concept:name", finished.activity
    yield "concept:instance", finished.instance
    yield "lifecycle:transition", finished.transition.value
    yield "time:timestamp", finished.at
    yield "org:resource", _together(work.resource for work in finished.work)
    yield "org:role", _together(work.role for work in finished.work)
    yield "org:group", _together(work.group for work in finished.work)
    yield "step", finished.step
    yield "outcome", finished.outcome or None
    yield "row", finished.row or None
    yield "rows", finished.rows or None
    yield "awaited", finished.awaited if finished.rows else None
    yield "optional", None if finished.is_awaited else True
    yield "opened", min((work.opened_at for work in finished.work), default=None)
    yield "due", finished.work[-1].due_at if finished.work else None
    yield "minutes", finished.work[-1].minutes if finished.work else None
    yield "starts", _together(other.number for other in finished.starts)


def _together(names: Iterable[str]) -> str | None:
    return _BETWEEN.join(dict.fromkeys(name for name in names if name)) or None


def _with(parent: Any, values: Iterable[tuple[str, Any]]) -> Any:
    """Return an element with one within it for each value, none for None."""
    for key, value in values:
        match value:
            case None:
                continue
            case datetime():
                text = local(value).isoformat(timespec="milliseconds")
                etree.SubElement(parent, "date", key=key, value=text)
            case bool():
                etree.SubElement(parent, "boolean", key=key, value=str(value).lower())
            case int():
                etree.SubElement(parent, "int", key=key, value=str(value))
            case _:
                etree.SubElement(parent, "string", key=key, value=value)
    return parent
