"""The book of procedures: its order, and what must fit between them: relations, cases that start cases, names given once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from laksana.sop.definition import Procedure, Start
from laksana.sop.message import Message
from laksana.sop.message import message as _
from laksana.sop.references import unknown
from laksana.sop.source import Path

Book = Mapping[str, Procedure]
Misfit = tuple[str, Path, Message]
"""The procedure, the place in its definition, and what does not fit."""
_TEXTS = {"text", "longtext", "prose"}


def place_in_book(code: str) -> tuple[str, int]:
    """Return where the procedure of a code such as A.7 stands in the book: section and number."""
    section, _dot, number = code.partition(".")
    return section, int(number or 0)


def misfits(book: Book) -> Iterator[Misfit]:
    """Yield what does not fit between the procedures, by their id."""
    yield from _taken_twice(book)
    for procedure in book.values():
        for path, message in _relations(procedure, book):
            yield procedure.id, path, message
        for place, step in enumerate(procedure.steps):
            if step.starts:
                for path, message in _starts(procedure, step.starts, book):
                    yield procedure.id, ("steps", place, "starts", *path), message


@dataclass(frozen=True)
class Relations:
    """How a procedure hangs together with others, by their ids, in both directions."""

    starts: tuple[str, ...]
    """Those of which its steps start cases."""
    started_by: tuple[str, ...]
    """Those whose steps start cases of it."""
    related: tuple[str, ...]
    """Those that it names in Keterkaitan, or that name it there, and that neither starts."""


def relations_of(procedure: Procedure, book: Book) -> Relations:
    """Return the relations of a procedure with the others of a book, in the book's order."""
    starts = [other for other in book if other in _started(procedure)]
    started_by = [other.id for other in book.values() if procedure.id in _started(other)]
    named = [
        other.id
        for other in book.values()
        if other.id in procedure.related or procedure.id in other.related
        if other.id not in (*starts, *started_by, procedure.id)
    ]
    return Relations(tuple(starts), tuple(started_by), tuple(named))


def _started(procedure: Procedure) -> set[str]:
    return {other for step in procedure.steps if step.starts for other in step.starts.procedures}


def _relations(procedure: Procedure, book: Book) -> Iterator[tuple[Path, Message]]:
    """Yield what is wrong with Keterkaitan, which both of two procedures print, also where one starts the other."""
    for place, other in enumerate(procedure.related):
        path = ("related", place)
        if other not in book:
            yield path, unknown("procedure", other, book)
        elif procedure.id not in book[other].related:
            yield path, _("%(other)s does not name this procedure as related.", other=other)
    for other in sorted(_started(procedure) - {procedure.id, *procedure.related}):
        if other in book:
            yield ("related",), _("A step starts %(other)s; name it as related.", other=other)


def _taken_twice(book: Book) -> Iterator[Misfit]:
    for key in ("code", "number_prefix"):
        first: dict[str, str] = {}
        for procedure in book.values():
            name = getattr(procedure, key)
            if (other := first.setdefault(name, procedure.id)) != procedure.id:
                path = ("prefix" if key == "number_prefix" else key,)
                yield procedure.id, path, _("%(name)s belongs to %(other)s already.", name=name, other=other)


def _starts(procedure: Procedure, starts: Start, book: Book) -> Iterator[tuple[Path, Message]]:
    for started_id in starts.procedures:
        started = book.get(started_id)
        if started is None:
            yield (), unknown("procedure", started_id, book)
            continue
        for name, expression in starts.hand_over.items():
            if name not in started.fields:
                yield ("hand_over", name), unknown("field of " + started_id, name, started.fields)
            elif (given := expression.text) in procedure.fields and not _holds(
                started, name, procedure, given
            ):
                text = _("%(ours)s cannot hold what %(theirs)s is.", ours=name, theirs=given)
                yield ("hand_over", name), text
        for ours, theirs in starts.hand_back.items():
            if theirs not in started.fields:
                yield ("hand_back", ours), unknown("field of " + started_id, theirs, started.fields)
            elif not _holds(procedure, ours, started, theirs):
                text = _("%(ours)s cannot hold what %(theirs)s is.", ours=ours, theirs=theirs)
                yield ("hand_back", ours), text


def _holds(procedure: Procedure, ours: str, started: Procedure, theirs: str) -> bool:
    if ours not in procedure.fields:
        return True
    kind, given = procedure.fields[ours].type, started.fields[theirs].type
    return kind == given or (kind in _TEXTS and given not in ("table", "file", "files", "location"))
