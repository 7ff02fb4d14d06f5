"""Findings and differences of a draft, in words that an officer would say."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from laksana.sop.revising import Data, Differences, Finding, RowChange
from laksana.sop.revising.difference import FieldChange, Kind

CELLS = {
    "activity": gettext_lazy("Activity"),
    "decides": gettext_lazy("Kind of row"),
    "by": gettext_lazy("Performers"),
    "needs": gettext_lazy("Needed"),
    "time": gettext_lazy("Time"),
    "gives": gettext_lazy("Output"),
    "note": gettext_lazy("Remarks"),
    "joins": gettext_lazy("Waits for all branches"),
    "ways": gettext_lazy("Leads to"),
    "": gettext_lazy("What the table does not show"),
}
_PARTS = {
    "documents": gettext_lazy("Papers"),
    "registers": gettext_lazy("Registers"),
    "fields": gettext_lazy("Fields"),
    "clocks": gettext_lazy("Time limits"),
    "performers": gettext_lazy("Performers"),
    "identity": gettext_lazy("Identity"),
    "data": gettext_lazy("Confidentiality and retention"),
    "legal_basis": gettext_lazy("Legal basis"),
    "qualifications": gettext_lazy("Qualifications"),
    "equipment": gettext_lazy("Equipment"),
    "warnings": gettext_lazy("Warnings"),
    "records": gettext_lazy("Records"),
    "related": gettext_lazy("Related procedures"),
    "title": gettext_lazy("Title"),
    "summary": gettext_lazy("Summary"),
    "timeout": gettext_lazy("Time-out"),
    "asks": gettext_lazy("Fields"),
    "starts": gettext_lazy("Started procedure"),
    "skip_if": gettext_lazy("Passed by itself"),
    "for_each": gettext_lazy("For each row"),
    "gathers": gettext_lazy("Gathers rows"),
    "not_by": gettext_lazy("Four eyes"),
}
_RULE = re.compile(r" \(R\d+\)")
_ROW = re.compile(r"\bbaris-(\d+)\b")


@dataclass(frozen=True)
class Told:
    """A finding as a page shows it: the cell or part it speaks of, and what it says."""

    label: str
    text: str
    grave: bool
    part: str = ""


def told(finding: Finding, data: Data) -> Told:
    """Return a finding in words; rows are named by their number."""
    text = _RULE.sub("", finding.text.in_language(_))
    text = _ROW.sub(lambda match: _("row %(number)s") % {"number": match[1]}, text)
    label = str(CELLS[finding.part]) if finding.part else _where(finding, data)
    return Told(label, text[:1].upper() + text[1:], finding.grave, finding.part)


def _where(finding: Finding, data: Data) -> str:
    if not finding.where:
        return ""
    key, *rest = finding.where
    label = str(_PARTS.get(str(key), key))
    held = data.get(str(key))
    named = rest[0] if rest else None
    if isinstance(held, list) and isinstance(named, int) and named < len(held):
        part = held[named]
        name = part.get("title") or part.get("id") if isinstance(part, Mapping) else part
        return f"{label}: {name}"
    if isinstance(held, Mapping) and isinstance(part := held.get(str(named)), Mapping):
        return f"{label}: {part.get('label') or part.get('title') or named}"
    return label


@dataclass(frozen=True)
class Cell:
    """A cell that differs: its name, what stood there and what stands there."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """A row that differs, in words."""

    kind: str
    word: str
    heading: str
    moved: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Changes:
    """All that differs, in words."""

    rows: tuple[Change, ...]
    lanes: tuple[Cell, ...]
    others: tuple[str, ...]

    @property
    def count(self) -> int:
        """Return how many things differ."""
        return len(self.rows) + len(self.lanes) + len(self.others)


def changes(found: Differences) -> Changes:
    """Return differences in words."""
    return Changes(
        tuple(_change(row) for row in found.rows),
        tuple(Cell(lane.part, lane.before, lane.after) for lane in found.lanes),
        tuple(str(_PARTS.get(key, key)) for key in found.others),
    )


def _change(row: RowChange) -> Change:
    words = {
        Kind.ADDED: _("Row added"),
        Kind.REMOVED: _("Row removed"),
        Kind.CHANGED: _("Row changed"),
    }
    word = words[row.kind] if row.fields or row.kind is not Kind.CHANGED else _("Row moved")
    moved = ""
    if row.moved:
        moved = _("from place %(before)s to %(after)s") % {"before": row.before, "after": row.after}
    cells = tuple(_cell(field) for field in row.fields)
    return Change(row.kind, word, f"{row.after or row.before}. {row.activity or '…'}", moved, cells)


def _cell(field: FieldChange) -> Cell:
    kinds = {"◇": _("decision"), "▭": _("activity"), "✓": _("yes")}
    before, after = (kinds.get(text, text) for text in (field.before, field.after))
    if not field.part:
        after = _("changed by an import")
    return Cell(str(CELLS[field.part]), before, after)
