"""The books that procedures declare, and their columns."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from laksana.cases.services import book_in_force, definitions_by_procedure, definitions_of
from laksana.documents.services import specs_over
from laksana.registers.writing import FILLED_BY_THE_BOOK
from laksana.sop.definition import Procedure, Register
from laksana.sop.performer import Kind
from laksana.sop.sources import InRows, Named, sources_of


class UnknownBookError(LookupError):
    """No procedure in force keeps such a book."""


@dataclass(frozen=True)
class Column:
    """A column of a book: its key, its head, whether it is part of the cover of a sealed case, and whether it is personal."""

    key: str
    head: str
    envelope: bool
    personal: bool = False


@dataclass(frozen=True)
class Book:
    """A book (buku register) as its procedure in force declares it."""

    procedure: str
    procedure_title: str
    register: str
    title: str
    columns: tuple[Column, ...]
    restricted: bool = False
    """Whether the procedure's data are not open to all: who reads such a book is recorded."""
    keepers: frozenset[str] = frozenset()
    """The desks that take part in the procedure; they read what is personal."""

    @property
    def is_watched(self) -> bool:
        """Return whether who reads the book is recorded."""
        return self.restricted or any(column.personal for column in self.columns)


def books(at: datetime) -> Iterator[Book]:
    """Yield the books kept by the procedures in force, in the order of the SOP book; two queries."""
    versions = definitions_by_procedure()
    for procedure_id, procedure in book_in_force(at).items():
        for register in procedure.registers:
            yield _book(procedure_id, register.id, versions[procedure_id])


def book(procedure_id: str, register_id: str) -> Book:
    """Return one book, with the columns of its latest version and after them those that only earlier versions had.

    A book that is kept no more can still be read. Raises UnknownBookError.
    """
    return _book(procedure_id, register_id, definitions_of(procedure_id))


def _book(procedure_id: str, register_id: str, versions: Iterable[Procedure]) -> Book:
    declared = [
        (procedure, register)
        for procedure in versions
        for register in procedure.registers
        if register.id == register_id
    ]
    if not declared:
        raise UnknownBookError(f"procedure {procedure_id} keeps no book {register_id!r}")
    columns: dict[str, Column] = {}
    for procedure, register in declared:
        for column in _columns(procedure, register):
            columns.setdefault(column.key, column)
    latest, register = declared[0]
    return Book(
        procedure_id,
        latest.title,
        register_id,
        register.title,
        tuple(columns.values()),
        restricted=latest.data.classification != "terbuka" or latest.data.access is not None,
        keepers=frozenset(_desks(latest)),
    )


_DESKS = (Kind.POSITION, Kind.UNIT, Kind.GROUP)


def _desks(procedure: Procedure) -> Iterator[str]:
    for performer in procedure.performers.values():
        for binding in (performer.holder, performer.recorded_by):
            if binding is not None and binding.kind in _DESKS:
                yield f"{binding.kind.value}:{binding.of}"


def _columns(procedure: Procedure, register: Register) -> Iterator[Column]:
    specs = specs_over(procedure, register.for_each)
    for key, source in register.columns.items():
        spec = specs.get(source)
        head = spec.label if spec is not None and key == source else key.replace("_", " ").capitalize()
        envelope = spec.envelope if spec is not None else source in FILLED_BY_THE_BOOK
        yield Column(key, head, envelope, _is_personal(source, procedure))


def _is_personal(source: str, procedure: Procedure) -> bool:
    """Return whether a column is filled from personal data; where it tells of a table, from that table or its column."""
    read: set[str] = set()
    for each in sources_of(source):
        if isinstance(each, InRows):
            read |= {each.table, each.column}
        elif isinstance(each, Named):
            read.add(each.name)
    return not read.isdisjoint(procedure.data.personal)
