"""Which rules and procedures read a table: found in their code, so that nobody has to keep a list."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from inspect import unwrap
from types import CodeType, FunctionType, ModuleType
from typing import Any

from laksana.cases.behaviour import Behaviour, behaviour
from laksana.library.catalogue import entries
from laksana.library.tables import Table
from laksana.sop.rules import Rule, all_rules


@dataclass(frozen=True)
class Readers:
    """What reads a table: rules, and procedures by their id."""

    rules: tuple[Rule, ...] = ()
    procedures: tuple[str, ...] = ()


def readers_of(table: str) -> Readers:
    """Return what reads a table, directly or through what it calls."""
    return _all().get(table, Readers())


@cache
def _all() -> Mapping[str, Readers]:
    rules: defaultdict[str, list[Rule]] = defaultdict(list)
    procedures: defaultdict[str, list[str]] = defaultdict(list)
    for rule in all_rules():
        for table in _tables_of(rule.function):
            rules[table].append(rule)
    for procedure in entries():
        own = _functions(behaviour(procedure))
        for table in sorted({name for function in own for name in _tables_of(function)}):
            procedures[table].append(procedure)
    return {name: Readers(tuple(rules[name]), tuple(procedures[name])) for name in {*rules, *procedures}}


def _functions(own: Behaviour) -> Iterator[Callable[..., Any]]:
    for single in (own.automatics, own.rows, own.papers, own.deadlines, own.prefilled):
        yield from single.values()
    for several in (own.checks, own.warnings, own.opening, own.computed):
        for functions in several.values():
            yield from functions


def _tables_of(function: Callable[..., Any]) -> frozenset[str]:
    return _reached(unwrap(function), set())


def _reached(found: Any, seen: set[int]) -> frozenset[str]:
    """Return the tables that a thing named in code leads to: itself, the one it is a method of, or what a function reads."""
    if isinstance(found, Table):
        return frozenset({found.name})
    if isinstance(owner := getattr(found, "__self__", None), Table):
        return frozenset({owner.name})
    if not isinstance(found, FunctionType) or not found.__module__.startswith("laksana."):
        return frozenset()
    if id(found) in seen:
        return frozenset()
    seen.add(id(found))
    names = set(_names(found.__code__))
    named = [found.__globals__[name] for name in names if name in found.__globals__]
    inside = [
        vars(module)[name]
        for module in named
        if isinstance(module, ModuleType) and module.__name__.startswith("laksana.")
        for name in names
        if name in vars(module)
    ]
    return frozenset(table for each in (*named, *inside) for table in _reached(each, seen))


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names(constant)
