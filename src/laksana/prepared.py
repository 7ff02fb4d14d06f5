"""SQL that is put together once, from the models, for what every action reads and writes.

Putting one query together costs Django's ORM several times what the database needs to answer it, and it does so anew for each
call. What is run for every step of every case is therefore kept ready here: one statement for all columns of a model, values
converted both ways by the model's own fields. Everything else is for the ORM.

The driver itself runs them. Through Django's cursors SQLite would look for the places of the values anew each time, and
PostgreSQL would get a text with the values in it, to be read and planned anew each time.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache, cached_property, lru_cache, partial
from operator import methodcaller
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import (
    CharField,
    DateTimeField,
    Field,
    ForeignKey,
    IntegerField,
    JSONField,
    Model,
    TextField,
)
from django.db.models.base import ModelState

M = TypeVar("M", bound=Model)
Convert = Callable[[Any], Any]
Placed = list[tuple[int, Convert]]
"""The places of those values of a row that are converted, and how; the others are taken as they are."""
_Field = Field[Any, Any]


def _quoted(name: str | None) -> str:
    return connection.ops.quote_name(str(name))


def _columns(fields: Iterable[_Field]) -> str:
    return ", ".join(_quoted(field.column) for field in fields)


def execute(sql: str, parameters: Sequence[Any], *, returns: bool = True) -> list[Any]:
    """Run a statement, whose parameters are `%s`, and return its rows.

    Where somebody counts or looks at the queries of the connection, Django's cursor runs it and shows it to him.
    """
    database = connections[DEFAULT_DB_ALIAS]
    if database.queries_logged or database.execute_wrappers:
        with database.cursor() as seen:
            seen.execute(sql, parameters)
            return seen.fetchall() if returns else []
    database.validate_no_broken_transaction()
    if database.connection is None:
        database.ensure_connection()
    with database.wrap_database_errors:
        cursor = _cursors(database.vendor)(database.connection)
        cursor.execute(_own(database.vendor, sql), parameters)
        return cursor.fetchall() if returns else []


@cache
def _cursors(vendor: str) -> Callable[[Any], Any]:
    """Return what opens a cursor on a connection of the driver."""
    if vendor != "postgresql":
        return methodcaller("cursor")
    from psycopg import Cursor  # binds on the server, unlike Django's; the connection says when it prepares

    return Cursor


@lru_cache(maxsize=512)
def _own(vendor: str, sql: str) -> str:
    return sql if vendor == "postgresql" else sql.replace("%s", "?")


_statements: "list[Select[Any] | Insert[Any] | Update[Any]]" = []


def prepare_anew() -> None:
    """Put every statement together anew at its next use: the connection leads to another kind of database now."""
    for statement in _statements:
        for name in ("_sql", "_converters", "_parameters"):
            statement.__dict__.pop(name, None)


class Select(Generic[M]):
    """Reads rows of a model that meet a condition in SQL, whose parameters are `%s`."""

    def __init__(self, model: type[M], where: str, *, locked: bool = False) -> None:
        self.model, self.where, self.locked = model, where, locked
        _statements.append(self)

    def __call__(self, *parameters: Any) -> list[M]:
        """Return the rows in the order of their keys; `locked` ones are this transaction's until it ends."""
        return [self._object(_converted(row, self._converters)) for row in execute(self._sql, parameters)]

    def _object(self, values: list[Any]) -> M:
        """Return the object of a row as `Model.from_db` does, but without signals, to which nobody of these models listens."""
        found = self.model.__new__(self.model)
        found.__dict__.update(zip(self._names, values, strict=True))
        found._state = state = ModelState()  # noqa: SLF001  (documented, and told of a row as by the ORM)
        state.adding, state.db = False, DEFAULT_DB_ALIAS
        return found

    @cached_property
    def _sql(self) -> str:
        table = _quoted(self.model._meta.db_table)
        lock = " FOR UPDATE" if self.locked and connection.features.has_select_for_update else ""
        columns, key = _columns(self.model._meta.concrete_fields), _quoted(self.model._meta.pk.column)
        return f"SELECT {columns} FROM {table} WHERE {self.where} ORDER BY {key}{lock}"  # noqa: S608  (no values in it)

    @cached_property
    def _names(self) -> list[str]:
        return [field.attname for field in self.model._meta.concrete_fields]

    @cached_property
    def _converters(self) -> Placed:
        """Return what converts the values that the database gives otherwise than Python wants them."""
        found: Placed = []
        for place, field in enumerate(self.model._meta.concrete_fields):
            column = field.get_col(self.model._meta.db_table)
            each = [*connection.ops.get_db_converters(column), *column.get_db_converters(connection)]
            if each:
                is_instant = isinstance(field, DateTimeField)
                found.append((place, _with_zone if is_instant else _chained(each, column)))
        return found


def _converted(row: Iterable[Any], converters: Placed) -> list[Any]:
    """Return a row's values, those converted that are to be and are not None."""
    values = list(row)
    for place, convert in converters:
        if (value := values[place]) is not None:
            values[place] = convert(value)
    return values


def _with_zone(value: datetime) -> datetime:
    """Return an instant as SQLite keeps it, in UTC, with its zone."""
    return value.replace(tzinfo=UTC)


def _without_zone(value: datetime) -> str:
    """Return an instant as SQLite keeps it: its text in UTC, without a zone."""
    return str(value.astimezone(UTC).replace(tzinfo=None))


def _chained(converters: list[Any], column: Any) -> Convert:
    def convert(value: Any) -> Any:
        for converter in converters:
            value = converter(value, column, connection)
        return value

    return convert


class Insert(Generic[M]):
    """Inserts a row of a model, and gives it the key that the database made, where it makes one."""

    def __init__(self, model: type[M]) -> None:
        self.model = model
        _statements.append(self)

    def __call__(self, row: M) -> M:
        """Insert and return a row."""
        for field in self._stamped:
            field.pre_save(row, add=True)
        returned = execute(self._sql, self._parameters(row.__dict__), returns=self._makes_key)
        if self._makes_key:
            row.pk = returned[0][0]
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS  # noqa: SLF001  (as the ORM does)
        return row

    def values(self, **values: Any) -> None:
        """Insert a row of which nobody needs the object: by the values of its columns, all of them."""
        execute(self._sql, self._parameters(values), returns=False)

    @cached_property
    def _parameters(self) -> Callable[[Mapping[str, Any]], list[Any]]:
        return _parameters(self._fields)

    @cached_property
    def _stamped(self) -> list[_Field]:
        """Return the fields that hold when the row was made, and are set by saving it."""
        return [field for field in self._fields if getattr(field, "auto_now_add", False)]

    @cached_property
    def _makes_key(self) -> bool:
        return bool(self.model._meta.pk.db_returning)

    @cached_property
    def _fields(self) -> list[_Field]:
        return [f for f in self.model._meta.concrete_fields if not (f.primary_key and self._makes_key)]

    @cached_property
    def _sql(self) -> str:
        places = ", ".join(["%s"] * len(self._fields))
        key = f" RETURNING {_quoted(self.model._meta.pk.column)}" if self._makes_key else ""
        table = _quoted(self.model._meta.db_table)
        return f"INSERT INTO {table} ({_columns(self._fields)}) VALUES ({places}){key}"  # noqa: S608  (no values in it)


class Update(Generic[M]):
    """Writes some columns of a row of a model."""

    def __init__(self, model: type[M], *names: str) -> None:
        self.model, self.names = model, names
        _statements.append(self)

    def __call__(self, row: M) -> None:
        """Write the columns."""
        execute(self._sql, [*self._parameters(row.__dict__), row.pk], returns=False)

    @cached_property
    def _parameters(self) -> Callable[[Mapping[str, Any]], list[Any]]:
        return _parameters(self._fields)

    @cached_property
    def _fields(self) -> list[_Field]:
        fields = {field.name: field for field in self.model._meta.concrete_fields}
        return [fields[name] for name in self.names]

    @cached_property
    def _sql(self) -> str:
        assignments = ", ".join(f"{_quoted(field.column)} = %s" for field in self._fields)
        table = _quoted(self.model._meta.db_table)
        return f"UPDATE {table} SET {assignments} WHERE id = %s"  # noqa: S608  (no values in it)


_AS_THEY_ARE = (CharField, TextField, IntegerField)
"""Fields whose values a driver takes as Python holds them."""


def _parameters(fields: Iterable[_Field]) -> Callable[[Mapping[str, Any]], list[Any]]:
    """Return what takes the values of some columns out of a mapping, as the driver takes them."""
    fields = list(fields)
    names = [field.attname for field in fields]
    places = enumerate(map(_prepares, fields))
    converters = [(place, prepare) for place, prepare in places if prepare is not None]

    def parameters(values: Mapping[str, Any]) -> list[Any]:
        return _converted([values[name] for name in names], converters)

    return parameters


def _prepares(field: _Field) -> Convert | None:
    """Return what turns a field's value into what the driver takes; None where it takes it as Python holds it."""
    if isinstance(field.target_field if isinstance(field, ForeignKey) else field, _AS_THEY_ARE):
        return None
    if isinstance(field, DateTimeField):
        return _without_zone if connection.vendor == "sqlite" else None  # every instant of ours has a zone
    if isinstance(field, JSONField):
        return partial(connection.ops.adapt_json_value, encoder=field.encoder)
    return partial(field.get_db_prep_save, connection=connection)
