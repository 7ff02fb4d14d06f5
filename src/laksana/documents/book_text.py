"""What the book of SOP says besides its procedures: `buku-sop.yaml`, which an office may replace by its own."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

from django.conf import settings
from pydantic import AfterValidator, Field

from laksana.sop.book import place_in_book
from laksana.sop.definition import Holder, LegalBasis, Part, Procedure, Text, validated
from laksana.sop.performer import Binding, Kind
from laksana.sop.source import DefinitionError, Fault, Source, read

SHIPPED = Path(__file__).with_name("buku-sop.yaml")
Paragraphs = Annotated[tuple[Text, ...], Field(min_length=1)]


def _position(by: Binding) -> Binding:
    if by.kind is not Kind.POSITION:
        raise ValueError(
            f"{str(by)!r} is no position; write position and its code, such as position kepala-dinas"
        )
    return by


def _letter(key: str) -> str:
    if len(key) != 1 or not ("A" <= key <= "Z"):
        raise ValueError(f"{key!r} is no section; write the capital with which its codes begin, such as A")
    return key


Signer = Annotated[Holder, AfterValidator(_position)]
Letter = Annotated[str, AfterValidator(_letter)]


class ApprovalText(Part):
    """The page by which the book is made official. `number` and `date` are words, printed as they are."""

    text: Paragraphs
    by: Signer
    number: str = ""
    date: str = ""


class Preface(Part):
    """Kata pengantar."""

    text: Paragraphs
    by: Signer


class Meaning(Part):
    """What one of the five symbols of a flowchart means."""

    symbol: Literal["terminator", "process", "decision", "flow", "off-page"]
    name: Text
    meaning: Text


class Passage(Part):
    """A lettered part of the first chapter; what it has is printed in the order of its keys here."""

    title: Text
    text: tuple[Text, ...] = ()
    legal_basis: tuple[LegalBasis, ...] = ()
    points: tuple[Text, ...] = ()
    symbols: tuple[Meaning, ...] = ()


class Introduction(Part):
    """The first chapter."""

    title: Text
    parts: Annotated[tuple[Passage, ...], Field(min_length=1)]


class Section(Part):
    """A section of the second chapter: the procedures whose codes begin with its letter."""

    name: Text
    about: str = ""


class Procedures(Part):
    """The second chapter, without the procedures themselves."""

    title: Text
    text: Paragraphs
    sections: dict[Letter, Section]


class BookText(Part):
    """All of the file."""

    title: Text
    approval: ApprovalText
    preface: Preface
    introduction: Introduction
    procedures: Procedures


def book_text(procedures: Iterable[Procedure]) -> BookText:
    """Return the text in use for a book of these procedures. Raises DefinitionError with every fault, its file and line."""
    source = _source(file_in_use())
    text = validated(source, BookText)
    if faults := list(_without_section(procedures, text, source)):
        raise DefinitionError(faults)
    return text


def file_in_use() -> Path:
    """Return the office's file, where there is one, else the one that ships."""
    own = Path(settings.HOME) / SHIPPED.name
    return own if own.is_file() else SHIPPED


def _source(file: Path) -> Source:
    content = file.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise DefinitionError([Fault(str(file), line, (), "not UTF-8; save the file as UTF-8")]) from None
    return read(text, str(file), what="the text of the book", first="title")


def _without_section(procedures: Iterable[Procedure], text: BookText, source: Source) -> Iterator[Fault]:
    path: tuple[Any, ...] = ("procedures", "sections")
    for procedure in procedures:
        letter, _number = place_in_book(procedure.code)
        if letter not in text.procedures.sections:
            yield source.fault(
                path, f"section {letter} is missing, where {procedure.code} {procedure.id} belongs"
            )
