"""A case's values as a page shows them: labels for codes, names for keys, links for files."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe

from laksana.cases.models import Attachment
from laksana.documents.services import worded
from laksana.people.models import Person, Unit
from laksana.people.services import desk_titles
from laksana.sop.definition import FieldSpec
from laksana.sop.values import is_empty
from laksana.worktime.zone import local


@dataclass
class Shown:
    """One value ready to be shown: its label, and what its type needs."""

    label: str
    kind: str
    text: str = ""
    html: SafeString = field(default_factory=SafeString)
    """A formatted text; every letter of it is escaped."""
    files: list[Attachment] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    rows: list[list["Shown"]] = field(default_factory=list)
    basis: str = ""
    """The source of law or office that a computed value rests on."""
    unchecked: bool = False
    """Whether that source was not read yet by who wrote the rule or its tables."""


@dataclass(frozen=True)
class _Gathered:
    """Names of everything that some values refer to, each kind asked of the database once."""

    people: Mapping[int, Person]
    desks: Mapping[str, str]
    units: Mapping[str, str]
    files: Mapping[int, Attachment]

    def person(self, key: int) -> str:
        """Return a person's name with degrees."""
        return str(self.people.get(key, key))

    def unit(self, code: str) -> str:
        """Return a unit's name."""
        return self.units.get(code, code)

    def desk(self, desk: str) -> str:
        """Return the title of a desk."""
        return self.desks.get(desk, desk)

    def file(self, key: Any) -> str:
        """Return a file's name."""
        return str(self.files.get(key, key))


def shown_values(
    specs: Mapping[str, FieldSpec],
    values: Mapping[str, Any],
    bases: Mapping[str, tuple[str, bool]] | None = None,
) -> list[Shown]:
    """Return the values that are filled, in the order of the definition.

    `bases`: computed field -> the source that its value rests on, and whether it was checked.
    """
    filled = [(name, spec, values[name]) for name, spec in specs.items() if not is_empty(values.get(name))]
    named = _names_for([(spec, value) for _name, spec, value in filled])
    shown = [(name, _shown(spec, value, named)) for name, spec, value in filled]
    for name, each in shown:
        if bases and name in bases:
            each.basis, each.unchecked = bases[name][0], not bases[name][1]
    return [each for _name, each in shown]


def _names_for(pairs: Iterable[tuple[FieldSpec, Any]]) -> _Gathered:
    found: dict[str, set[Any]] = {"person": set(), "assignee": set(), "unit": set(), "file": set()}
    for spec, value in _flat(pairs):
        kind = "file" if spec.type == "files" else spec.type
        if kind in found:
            found[kind].update(value if isinstance(value, list) else [value])
    units = Unit.objects.filter(code__in=found["unit"]) if found["unit"] else ()
    files = Attachment.objects.filter(pk__in=found["file"]).select_related("stored") if found["file"] else ()
    return _Gathered(
        people=Person.objects.in_bulk(list(found["person"])) if found["person"] else {},
        desks=desk_titles(found["assignee"]) if found["assignee"] else {},
        units={unit.code: unit.name for unit in units},
        files={attachment.pk: attachment for attachment in files},
    )


def _flat(pairs: Iterable[tuple[FieldSpec, Any]]) -> Iterator[tuple[FieldSpec, Any]]:
    for spec, value in pairs:
        if is_empty(value):
            continue
        if spec.columns:
            columns = spec.columns
            for row in value:
                yield from _flat((columns[name], cell) for name, cell in row.items() if name in columns)
        else:
            yield spec, value


def _shown(spec: FieldSpec, value: Any, named: _Gathered) -> Shown:
    match spec.type:
        case "table":
            return _table(spec, value, named)
        case "file" | "files":
            keys = value if isinstance(value, list) else [value]
            return Shown(spec.label, "files", files=[named.files[key] for key in keys if key in named.files])
        case "prose":
            return Shown(spec.label, "prose", str(value), html=mark_safe(value.as_html()))  # noqa: S308  (all escaped)
        case "email" | "phone" | "url":
            return Shown(spec.label, spec.type, str(value))
    return Shown(spec.label, "text", worded(spec, value, named))


def _table(spec: FieldSpec, rows: list[Mapping[str, Any]], named: _Gathered) -> Shown:
    columns = {
        name: column
        for name, column in (spec.columns or {}).items()
        if any(not is_empty(row.get(name)) and row.get(name) is not False for row in rows)
    }
    return Shown(
        spec.label,
        "table",
        columns=[column.label for column in columns.values()],
        rows=[
            [
                _shown(column, row[name], named)
                if not is_empty(row.get(name))
                else Shown(column.label, "text")
                for name, column in columns.items()
            ]
            for row in rows
        ],
    )


def moment_text(at: datetime) -> str:
    """Return an instant as it is written: 24 November 2026, 09.12."""
    return date_format(local(at), "j F Y, H.i")
