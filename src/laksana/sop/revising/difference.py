"""What a draft changes in an SOP: rows added, removed, moved and changed, cell by cell; performers; and other parts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from laksana.sop.definition import END
from laksana.sop.revising.rows import Data, Row, Table, table_of


class Kind(StrEnum):
    """What became of a row."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class FieldChange:
    """One cell: what stood in it, and what stands there now, in words."""

    part: str
    before: str
    after: str


@dataclass(frozen=True)
class RowChange:
    """One row that is not as it was. A row added has no number before; a row removed has none after."""

    kind: Kind
    id: str
    activity: str
    before: int | None
    after: int | None
    moved: bool = False
    """It stands in another order among the rows that both tables have."""
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True)
class LaneChange:
    """A performer who differs: what the definition said of the lane and says now; None where the lane is not there."""

    lane: str
    before: Data | None
    after: Data | None


@dataclass(frozen=True)
class Differences:
    """All that differs between two definitions."""

    rows: tuple[RowChange, ...]
    lanes: tuple[LaneChange, ...]
    others: tuple[str, ...]
    """The other parts of the definition that differ, by their key."""

    def __bool__(self) -> bool:
        """Return whether anything differs."""
        return bool(self.rows or self.lanes or self.others)


def differences(before: Data, after: Data) -> Differences:
    """Return what differs. Rows are the same by the id of their step, whatever their number."""
    old, new = table_of(before), table_of(after)
    return Differences(tuple(_rows(old, new, before, after)), _lanes(before, after), _others(before, after))


def _rows(old: Table, new: Table, before: Data, after: Data) -> list[RowChange]:
    was, now, moved = {row.id: row for row in old.rows}, new.places, _moved(old, new)
    hidden_before, hidden_after = _hidden(before), _hidden(after)
    found: list[tuple[float, RowChange]] = []
    for row in new.rows:
        place = now[row.id]
        if row.id not in was:
            cells = tuple(FieldChange(part, "", told) for part, told in _cells(row, new) if told)
            change = RowChange(Kind.ADDED, row.id, row.activity, None, place, fields=cells)
        else:
            fields = _changed(was[row.id], row, old, new)
            if hidden_before[row.id] != hidden_after[row.id]:
                fields = (*fields, FieldChange("", "", ""))
            change = RowChange(
                Kind.CHANGED, row.id, row.activity, old.places[row.id], place, row.id in moved, fields
            )
        if change.kind is Kind.ADDED or change.fields or change.moved:
            found.append((place, change))
    for row in old.rows:
        if row.id not in now:
            gone = RowChange(Kind.REMOVED, row.id, row.activity, old.places[row.id], None)
            found.append((_where_it_stood(row, old, new), gone))
    return [change for _place, change in sorted(found, key=lambda each: each[0])]


def _where_it_stood(row: Row, old: Table, new: Table) -> float:
    """Return a place just below the nearest row above it that is still there."""
    above = [each.id for each in old.rows[: old.places[row.id] - 1] if each.id in new.places]
    return (new.places[above[-1]] if above else 0) + 0.5


def _moved(old: Table, new: Table) -> set[str]:
    """Return the fewest rows whose moving gives the new order of the rows that both have."""
    before = [row.id for row in old.rows if row.id in new.places]
    after = [row.id for row in new.rows if row.id in old.places]
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    stayed = {before[m.a + offset] for m in matcher.get_matching_blocks() for offset in range(m.size)}
    return set(after) - stayed


def _hidden(data: Data) -> dict[str, object]:
    """Return of each step what its row does not show."""
    shown = {"id", "does", "decides", "by", "needs", "time", "gives", "note", "joins", "then", "outcomes"}
    return {
        step["id"]: (
            {key: value for key, value in step.items() if key not in shown},
            {
                label: exit_.get("allowed_if")
                for label, exit_ in step.get("outcomes", {}).items()
                if isinstance(exit_, Mapping) and exit_.get("allowed_if")
            },
        )
        for step in data.get("steps", ())
    }


def _changed(was: Row, now: Row, old: Table, new: Table) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(part, told(was, old), told(now, new))
        for part, key, told in _PARTS
        if key(was) != key(now)
    )


def _cells(row: Row, table: Table) -> list[tuple[str, str]]:
    return [(part, told(row, table)) for part, _key, told in _PARTS]


def _performers(row: Row, table: Table) -> str:
    return ", ".join(table.lanes.get(lane) or lane for lane in row.by)


def _ways(row: Row, table: Table) -> str:
    named = {each.id: f"{place}. {each.activity}" for place, each in enumerate(table.rows, 1)} | {END: END}
    told = []
    for way in row.ways:
        to = " + ".join(named.get(target, target) for target in way.to) or "…"
        told.append(f"{way.label}: {to}" if way.label else to)
    return "\n".join(told)


_PARTS: tuple[tuple[str, Callable[[Row], object], Callable[[Row, Table], str]], ...] = (
    ("activity", lambda row: row.activity, lambda row, _table: row.activity),
    ("decides", lambda row: row.decides, lambda row, _table: "◇" if row.decides else "▭"),
    ("by", lambda row: row.by, _performers),
    ("needs", lambda row: row.needs, lambda row, _table: "\n".join(row.needs)),
    ("time", lambda row: row.time, lambda row, _table: row.time),
    ("gives", lambda row: row.gives, lambda row, _table: row.gives),
    ("note", lambda row: row.note, lambda row, _table: row.note),
    ("joins", lambda row: row.joins, lambda row, _table: "✓" if row.joins else ""),
    ("ways", lambda row: row.ways, _ways),
)
"""A cell's name, what makes it another, and how it is told."""


def _lanes(before: Data, after: Data) -> tuple[LaneChange, ...]:
    old, new = before.get("performers", {}), after.get("performers", {})
    return tuple(
        LaneChange(lane, old.get(lane), new.get(lane))
        for lane in dict.fromkeys((*old, *new))
        if old.get(lane) != new.get(lane)
    )


def _others(before: Data, after: Data) -> tuple[str, ...]:
    """Return the other keys that differ; number, version and dates are given when a version takes effect."""
    apart = {"steps", "performers", "identity"}
    keys = dict.fromkeys((*before, *after))
    return tuple(key for key in keys if key not in apart and before.get(key) != after.get(key))
