"""Which rows one step writes: seen in the tables before and after, and kept as plain SQL that writes the same again."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import AutoField, Field, ForeignKey, Model, UUIDField

APPLICATIONS = (
    "cases",
    "registers",
    "documents",
    "numbering",
    "files",
    "notices",
    "archive",
    "django_tasks_database",
)
Row = tuple[type[Model], Any]
Snapshot = dict[Row, dict[str, Any]]


@dataclass(frozen=True)
class Reference:
    """Stands in the parameters for the key of a row that is written anew each time."""

    row: Row


@dataclass(frozen=True)
class Counted:
    """Stands in the parameters for a number that is counted anew each time."""

    number: int


@dataclass(frozen=True)
class Own:
    """Stands in the parameters for a text or key that no other row may have: made anew each time."""

    text: str | None
    """What it begins with; None for a UUID."""


@dataclass(frozen=True)
class Write:
    """One statement: an INSERT that makes `row`, or an UPDATE of it."""

    sql: str
    parameters: tuple[Any, ...]
    row: Row | None = None
    """The row whose key the statement returns."""
    counts: int | None = None
    """The number, as recorded, whose successor the statement returns."""


def snapshot() -> Snapshot:
    """Return every row of the tables that steps write."""
    found: Snapshot = {}
    for application in APPLICATIONS:
        for model in apps.get_app_config(application).get_models():
            fields = model._meta.concrete_fields
            for row in model._base_manager.values_list(*(field.attname for field in fields)):
                values = {field.attname: value for field, value in zip(fields, row, strict=True)}
                found[model, row[_place_of_key(fields)]] = values
    return found


def _place_of_key(fields: Iterable[Field[Any, Any]]) -> int:
    return next(place for place, field in enumerate(fields) if field.primary_key)


def writes(before: Snapshot, after: Snapshot) -> Iterator[Write]:
    """Yield the statements that lead from one snapshot to the other, counters first, then rows in the order of their keys."""
    changed = [(row, values) for row, values in after.items() if before.get(row) != values]
    changed.sort(
        key=lambda change: (not _is_counter(change[0][0]), _order(change[0][0]), str(change[0][1]).zfill(40))
    )
    for row, values in changed:
        model = row[0]
        if _is_counter(model):
            yield _count(row, values)
        elif row in before:
            yield _update(row, {name: v for name, v in values.items() if before[row][name] != v})
        else:
            yield _insert(row, values)


def _is_counter(model: type[Model]) -> bool:
    return model._meta.label == "numbering.Series"


_NUMBERED = {("registers.Entry", "number"), ("numbering.AllottedNumber", "value")}
"""Columns that hold a number from a counter, and may hold none twice."""
_ORDER = ("Case", "WorkItem", "Instance", "Clock", "StoredFile", "Attachment", "Paper", "Event")
"""Rows that others refer to come before them."""


def _order(model: type[Model]) -> int:
    name = model.__name__
    return _ORDER.index(name) if name in _ORDER else len(_ORDER)


def _table(model: type[Model]) -> str:
    return _quoted(model._meta.db_table)


def _quoted(name: str | None) -> str:
    return connection.ops.quote_name(str(name))


def _count(row: Row, values: Mapping[str, Any]) -> Write:
    sql = f'UPDATE {_table(row[0])} SET "last" = "last" + 1 WHERE id = %s RETURNING "last"'  # noqa: S608
    return Write(sql, (row[1],), counts=values["last"])


def _update(row: Row, values: Mapping[str, Any]) -> Write:
    model = row[0]
    columns = {field.attname: field for field in model._meta.concrete_fields}
    assignments = ", ".join(f"{_quoted(columns[name].column)} = %s" for name in values)
    parameters = [_parameter(columns[name], value) for name, value in values.items()]
    sql = f"UPDATE {_table(model)} SET {assignments} WHERE id = %s"  # noqa: S608
    return Write(sql, (*parameters, Reference(row)))


def _insert(row: Row, values: Mapping[str, Any]) -> Write:
    model = row[0]
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, AutoField)]
    names = ", ".join(_quoted(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    parameters = [_parameter(field, values[field.attname]) for field in fields]
    sql = f"INSERT INTO {_table(model)} ({names}) VALUES ({places}) RETURNING {model._meta.pk.column}"  # noqa: S608
    return Write(sql, tuple(parameters), row=row)


def _parameter(field: Field[Any, Any], value: Any) -> Any:
    if value is None:
        return None
    label = field.model._meta.label
    if (label, field.attname) in _NUMBERED:
        return Counted(value)
    if isinstance(field, ForeignKey) and field.related_model._meta.app_label in APPLICATIONS:
        return Reference((field.related_model, value))
    if isinstance(field, UUIDField) and (field.unique or field.primary_key):
        return Own(None)
    if label == "cases.Case" and field.attname == "number":
        return Own(value)
    return field.get_db_prep_save(value, connection)
