"""Findings and differences of a draft, in words that an officer would say."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from laksana.sop.performer import Binding, Kind
from laksana.sop.revising import Data, Finding, RowChange, differences
from laksana.sop.revising.difference import FieldChange
from laksana.sop.revising.difference import Kind as Became

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


def holder_words(holder: str, data: Data) -> str:
    """Return who holds a lane, in words; what cannot be read stands as it is."""
    try:
        binding = Binding.parse(holder)
    except ValueError:
        return holder or "…"
    words = {
        Kind.SUPERIOR: _("the superior of %(of)s"),
        Kind.HEAD: _("the head of the unit of %(of)s"),
        Kind.FIELD: _("whoever the field %(of)s names"),
        Kind.EACH: _("whoever the row names (%(of)s)"),
        Kind.DOER: _("whoever did %(of)s"),
        Kind.UNIT: _("anybody of the unit %(of)s"),
        Kind.POSITION: _("the position %(of)s"),
        Kind.GROUP: _("the group %(of)s"),
        Kind.OUTSIDE: _("an outside party, recorded by an officer"),
        Kind.PUBLIC: _("a citizen"),
        Kind.SYSTEM: _("the system"),
        Kind.INITIATOR: _("whoever starts the case"),
    }
    return words[binding.kind] % {"of": _named(binding.of, data)}


def _named(name: str, data: Data) -> str:
    for key, label in (("performers", "title"), ("fields", "label")):
        parts = data.get(key)
        if isinstance(parts, Mapping) and isinstance(part := parts.get(name), Mapping) and part.get(label):
            return str(part[label])
    return name


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


def changes(before: Data, after: Data) -> Changes:
    """Return what differs between two definitions, in words."""
    found = differences(before, after)
    return Changes(
        tuple(_change(row) for row in found.rows),
        tuple(
            Cell(lane.lane, _performer(lane.before, before), _performer(lane.after, after))
            for lane in found.lanes
        ),
        tuple(str(_PARTS.get(key, key)) for key in found.others),
    )


def _performer(part: Data | None, data: Data) -> str:
    return f"{part.get('title', '')} ({holder_words(str(part.get('is', '')), data)})" if part else ""


def _change(row: RowChange) -> Change:
    words = {
        Became.ADDED: _("Row added"),
        Became.REMOVED: _("Row removed"),
        Became.CHANGED: _("Row changed"),
    }
    word = words[row.kind] if row.fields or row.kind is not Became.CHANGED else _("Row moved")
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
