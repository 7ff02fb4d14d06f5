"""Lines of rows: what a case did for one row, for the row that it made, and so on down, in order.

Where rows make rows of their own kind again, no sub-process of BPMN can hold them; the process shows the step that makes them
as one activity. Seen from one row at a time, it says all that can happen: whoever gets a disposition acts, or passes it on, and
what he passed on comes back to him. A case is therefore read as its lines. A line follows the case as a whole, and wherever
rows began together one of them; what the others did is in lines of their own. Every row of a case is in one of them at least.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Happened = dict[str, Any]
Path = tuple[str, ...]


@dataclass
class Line:
    """What happened on one line, and whether it may stop before its end, since nobody waits for its last row."""

    events: list[Happened]
    stops: bool


class Missing(Exception):  # noqa: N818  (it is said of the row)
    """A row that had to come back did nothing, or something was done for one that never began or was over."""


@dataclass
class _Group:
    """Rows that began together: path -> whether the case waits for it."""

    above: Path
    begins: int
    """The place of the first event of any of them."""
    awaited: int
    rows: dict[Path, bool]


def lines(events: list[Happened]) -> Iterator[Line]:
    """Yield the lines of a case. Raises Missing where rows are not all there."""
    groups = _groups(events)
    group_of = {row: group for group in groups for row in group.rows}
    if any(each not in group_of for event in events for each in _chain(_path(event))):
        raise Missing
    left = {row for row, group in group_of.items() if not group.rows[row]}
    for group in groups:
        goes_on = any(_path(event) == group.above for event in events[group.begins :])
        if goes_on or not left & {*_chain(group.above)}:
            _check_back(group, events)
    for row in [(), *group_of]:
        chosen = {*_chain(row)}
        passed_by = {id(group_of[each]) for each in chosen}
        chosen |= {_first(group.rows) for group in groups if id(group) not in passed_by}
        yield _line([event for event in events if chosen.issuperset(_chain(_path(event)))], row, left)


def _check_back(group: _Group, events: list[Happened]) -> None:
    """Check rows that came back together: those waited for are all there, and with the last of them the others were over."""
    awaited = {row for row, is_awaited in group.rows.items() if is_awaited}
    did = [{*_chain(_path(event))} for event in events]
    over = max((place for place, rows in enumerate(did) if rows & awaited), default=0)
    if len(awaited) < group.awaited or any(rows & group.rows.keys() for rows in did[over + 1 :]):
        raise Missing


def _line(events: list[Happened], row: Path, left: set[Path]) -> Line:
    """Return a line; one that goes through a row that nobody waits for goes no further than that row did."""
    last = max((each for each in _chain(row) if each in left), key=len, default=None)
    if last is None:
        return Line(events, stops=False)
    places = [place for place, event in enumerate(events) if last in _chain(_path(event))]
    return Line(events[: places[-1] + 1], stops=True)


def _groups(events: list[Happened]) -> list[_Group]:
    found: dict[tuple[str, str, Path], _Group] = {}
    for place, event in enumerate(events):
        if "rows" in event:
            path = _path(event)
            key = (event["step"], event["concept:instance"].partition("/")[0], path[:-1])
            group = found.setdefault(key, _Group(path[:-1], place, event["awaited"], {}))
            group.rows.setdefault(path, not event.get("optional", False))
    return [*found.values()]


def _first(group: dict[Path, bool]) -> Path:
    """Return the row of a group that stands for it in the lines of others: one that is waited for."""
    return next((row for row, awaited in group.items() if awaited), next(iter(group)))


def _chain(path: Path) -> Iterator[Path]:
    """Yield a row and those that it came from, the first of them first."""
    return (path[:length] for length in range(1, len(path) + 1))


def _path(event: Happened) -> Path:
    row = event.get("row", "")
    return tuple(row.split(".")) if row else ()
