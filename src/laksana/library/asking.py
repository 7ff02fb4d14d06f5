"""Asking a rule: its result, and what the result rests on, unchecked law and tables among it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from laksana.cases.behaviour import behaviour
from laksana.library.tables import Table, all_tables, tables_read
from laksana.sop.rules import Rule, get


@dataclass(frozen=True)
class Ground:
    """A table of law or office that a result was read from. `own`: the office's, in place of the one that ships."""

    table: str
    source: str
    checked: bool
    own: bool
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True)
class Answer:
    """A rule's result as JSON-able data, with the rule's source and the tables that were read for it."""

    result: Any
    source: str
    checked: bool
    """Whether the rule and every table behind this result were read in their sources."""
    tables: tuple[Ground, ...]


class Basis(NamedTuple):
    """What a computed value rests on: the source of its rule, and whether that and its tables were read in their sources."""

    source: str
    checked: bool


def bases(procedure: str) -> dict[str, Basis]:
    """Return for each computed field of a procedure that says so what its values rest on. Raises KeyError, TableError."""
    tables = {table.name: table for table in all_tables()}
    return {
        name: Basis(get(rule).source, get(rule).checked and all(tables[each].origin.checked for each in read))
        for name, (rule, read) in behaviour(procedure).grounds.items()
    }


def ask(rule: Rule, given: Mapping[str, Any], **injected: Any) -> Answer:
    """Return a rule's answer. Raises RuleError naming each wrong argument; TableError for a table that cannot be read."""
    with tables_read() as read:
        result = rule.call_json(given, **injected)
    grounds = tuple(_ground(table) for _name, table in sorted(read.items()))
    return Answer(result, rule.source, rule.checked and all(each.checked for each in grounds), grounds)


def _ground(table: Table[Any]) -> Ground:
    contents = table.contents()
    origin = contents.origin
    own = contents.version is not None or contents.file != table.shipped
    return Ground(table.name, origin.source, origin.checked, own, origin.valid_from, origin.valid_until)
