"""The form that corrects a row of a book: each column with what stands, typed anew as a value of the same kind."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from laksana.registers.services import Book, Cell, retyped
from laksana.worktime.zone import OFFICE_ZONE, local

_INPUTS = {"date": "date", "datetime": "datetime-local", "time": "time"}
_NUMBERS = ("number", "money")
LONGEST = 2_000


@dataclass(frozen=True)
class Box:
    """A control of the form."""

    name: str
    label: str
    value: str
    kind: str
    error: str


class RowForm:
    """A row's columns as they stand, what was typed for them, and what is wrong with it."""

    def __init__(self, book: Book, held: Mapping[str, Cell]) -> None:
        self._book = book
        self._held = held
        self._given = {column.key: _typed(held.get(column.key)) for column in book.columns}
        self.reason = ""
        self.errors: dict[str, str] = {}

    @property
    def boxes(self) -> Iterator[Box]:
        """Yield the controls in the order of the columns."""
        for column in self._book.columns:
            kind = _kind(self._held.get(column.key))
            yield Box(column.key, column.head, self._given[column.key], kind, self.errors.get(column.key, ""))

    @property
    def whole(self) -> str:
        """Return what is wrong with the form as a whole."""
        return self.errors.get("", "")

    def take(self, sent: Mapping[str, str]) -> dict[str, Cell]:
        """Take what was typed and return the cells that differ; what cannot be read is kept in `errors`."""
        self.reason = sent.get("reason", "").strip()[:500]
        changed: dict[str, Cell] = {}
        for column in self._book.columns:
            before = self._given[column.key]
            text = sent.get(f"kolom-{column.key}", before).replace("\r\n", "\n").strip()[:LONGEST]
            self._given[column.key] = text
            if text == before:
                continue
            held = self._held.get(column.key)
            try:
                changed[column.key] = retyped(_as_kept(text, held), held)
            except ValueError:
                self.errors[column.key] = _("This is no value of the kind that stands here.")
        return changed


def _kind(held: Cell) -> str:
    if not isinstance(held, dict):
        return "text"
    [kind] = held
    return _INPUTS.get(kind, "text")


def _typed(held: Cell) -> str:
    """Return a cell as its control shows it."""
    if not isinstance(held, dict):
        return held or ""
    [(kind, text)] = held.items()
    if kind == "datetime":
        return local(datetime.fromisoformat(text)).strftime("%Y-%m-%dT%H:%M")
    return text[:5] if kind == "time" else text


def _as_kept(text: str, held: Cell) -> str:
    """Return what a control sends as a cell keeps it: an instant with its zone, a number with a point."""
    if isinstance(held, dict) and text:
        if "datetime" in held:
            return datetime.fromisoformat(text).replace(tzinfo=OFFICE_ZONE).isoformat()
        if any(kind in held for kind in _NUMBERS) and "," in text:
            return text.replace(".", "").replace(",", ".")
    return text
