"""What differs between two versions of a table, row by row and cell by cell. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from laksana.library.tables import Row


@dataclass(frozen=True)
class Cell:
    """A cell of a row that changed: what it said, and what it says."""

    column: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """A row that changed; `name` tells which, by the columns that tell rows apart."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Differences:
    """Rows that are new, gone, changed, and how many stayed."""

    columns: tuple[str, ...]
    added: tuple[tuple[str, ...], ...]
    removed: tuple[tuple[str, ...], ...]
    changed: tuple[Change, ...]
    same: int

    @property
    def any(self) -> bool:
        """Return whether there is any."""
        return bool(self.added or self.removed or self.changed)


def differences(row: type[Row], before: Sequence[Row], after: Sequence[Row], key: str | None) -> Differences:
    """Return what differs, in the order of the rows."""
    columns = tuple(row.model_fields)
    old, new = ([written(each, columns) for each in rows] for rows in (before, after))
    width = [columns.index(key)] if key else _telling(columns, old, new)
    was = {_name(cells, width): cells for cells in old}
    now = {_name(cells, width): cells for cells in new}
    changed = tuple(
        Change(", ".join(name), _cells(columns, was[name], cells))
        for name, cells in now.items()
        if name in was and was[name] != cells
    )
    return Differences(
        columns,
        tuple(cells for name, cells in now.items() if name not in was),
        tuple(cells for name, cells in was.items() if name not in now),
        changed,
        sum(was.get(name) == cells for name, cells in now.items()),
    )


def written(row: Row, columns: Sequence[str]) -> tuple[str, ...]:
    """Return a row's cells as the table writes them."""
    return tuple(_text(getattr(row, column)) for column in columns)


def _telling(columns: Sequence[str], *tables: Iterable[tuple[str, ...]]) -> list[int]:
    """Return the first columns, as few as tell the rows of each table apart; all where none do."""
    for width in range(1, len(columns)):
        places = list(range(width))
        if all(len({_name(cells, places) for cells in rows}) == len(list(rows)) for rows in tables):
            return places
    return list(range(len(columns)))


def _name(cells: Sequence[str], places: Sequence[int]) -> tuple[str, ...]:
    return tuple(cells[place] for place in places)


def _cells(columns: Sequence[str], before: Sequence[str], after: Sequence[str]) -> tuple[Cell, ...]:
    cells = zip(columns, before, after, strict=True)
    return tuple(Cell(column, old, new) for column, old, new in cells if old != new)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, tuple | list):
        return " | ".join(map(str, value))
    return f"{value:f}" if hasattr(value, "as_tuple") else str(value)
