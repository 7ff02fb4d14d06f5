"""What a generic paper prints: each part that its definition declares, with the values of the fields that the part names.

A part that names no field, or whose field is empty, stands as a gap to fill before signing. Fields that no part names are not
printed: a paper shows what it declares, and no more of what the case knows.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from laksana.documents.wording import Names, worded
from laksana.sop.definition import Document, FieldSpec
from laksana.sop.prose import Prose

_OF_THE_FORM = re.compile(r"^(?:kop|tanda tangan|tembusan|blok tanda tangan|ttd|tte)\b", re.IGNORECASE)
"""Parts that the templates set by themselves."""
_WORD = re.compile(r"\w+")
_PIECES = re.compile(r"[,;:()/]|\bdan\b")


@dataclass
class Section:
    """One declared part: its text, the facts it names, and the tables among them."""

    text: str
    facts: list[dict[str, Any]] = field(default_factory=list)
    tables: list[dict[str, Any]] = field(default_factory=list)

    def as_data(self) -> dict[str, Any]:
        """Return it as JSON-able data."""
        return {"text": self.text, "facts": self.facts, "tables": self.tables}


def sections(
    document: Document, specs: Mapping[str, FieldSpec], values: Mapping[str, Any], names: Names
) -> list[Section]:
    """Return the parts of a document: its body, then what its definition lists, in that order.

    A field of `specs` is printed where it is first named.
    """
    left = {name: spec for name, spec in specs.items() if spec.type not in ("file", "files")}
    found = []
    for name in [name for name, spec in left.items() if document.id in spec.body_of]:
        body = Section(left[name].label)
        _add(body, left.pop(name), values.get(name), names)
        found.append(body)
    for text in document.contents:
        if _OF_THE_FORM.match(text):
            continue
        section = Section(text)
        for name in _named(text, left):
            _add(section, left.pop(name), values.get(name), names)
        found.append(section)
    return found


def _named(text: str, specs: Mapping[str, FieldSpec]) -> list[str]:
    return [name for name, spec in specs.items() if _speaks_of(text, spec.label)]


@lru_cache(maxsize=32768)
def _speaks_of(text: str, label: str) -> bool:
    pieces = [words for piece in _PIECES.split(text) if (words := _words(piece))]
    return any(_same(_words(label), piece) for piece in pieces)


@lru_cache(maxsize=8192)
def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.lower()))


def _same(label: frozenset[str], piece: frozenset[str]) -> bool:
    """Tell whether a piece of a declared part speaks of a field: one says all the words of the other."""
    return label <= piece or (piece <= label and len(piece) > 1)


def _add(section: Section, spec: FieldSpec, value: Any, names: Names) -> None:
    if isinstance(value, Prose):
        section.facts.append({"label": spec.label, "value": value.as_json()})
        return
    if spec.columns is None:
        section.facts.append({"label": spec.label, "value": worded(spec, value, names)})
        return
    rows = [
        [worded(column, row.get(key), names) for key, column in spec.columns.items()] for row in value or []
    ]
    heads = [column.label for column in spec.columns.values()]
    section.tables.append({"label": spec.label, "heads": heads, "rows": rows})
