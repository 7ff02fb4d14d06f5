"""The books that procedures declare, and their columns."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from laksana.cases.services import definition_in_force, procedures_in_force
from laksana.documents.services import specs_over
from laksana.registers.writing import FILLED_BY_THE_BOOK
from laksana.sop.definition import Procedure, Register


class UnknownBookError(LookupError):
    """No procedure in force keeps such a book."""


@dataclass(frozen=True)
class Column:
    """A column of a book: its key, its head, and whether it is part of the cover of a sealed case."""

    key: str
    head: str
    envelope: bool


@dataclass(frozen=True)
class Book:
    """A book (buku register) as its procedure in force declares it."""

    procedure: str
    procedure_title: str
    register: str
    title: str
    columns: tuple[Column, ...]


def books(at: datetime) -> Iterator[Book]:
    """Yield the books kept by the procedures in force, in the order of the SOP book."""
    for version in procedures_in_force(at):
        procedure = definition_in_force(version.procedure, at)
        for register in procedure.registers:
            yield _book(procedure, register)


def book(procedure_id: str, register_id: str, at: datetime) -> Book:
    """Return one book. Raises UnknownBookError, or cases.errors.NotFound for an unknown procedure."""
    procedure = definition_in_force(procedure_id, at)
    for register in procedure.registers:
        if register.id == register_id:
            return _book(procedure, register)
    raise UnknownBookError(f"{procedure.title} keeps no book {register_id!r}")


def _book(procedure: Procedure, register: Register) -> Book:
    specs = specs_over(procedure, register.for_each)
    columns = []
    for key, source in register.columns.items():
        spec = specs.get(source)
        head = spec.label if spec is not None and key == source else key.replace("_", " ").capitalize()
        envelope = spec.envelope if spec is not None else source in FILLED_BY_THE_BOOK
        columns.append(Column(key, head, envelope))
    return Book(procedure.id, procedure.title, register.id, register.title, tuple(columns))
