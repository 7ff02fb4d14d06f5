"""The book of SOP: cover, approval, preface, contents, introduction, and the sheets of every procedure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from itertools import repeat
from typing import Any

from laksana.documents.book_text import BookText
from laksana.documents.signature import Signatory, block
from laksana.documents.sop_sheet import sheet_data
from laksana.documents.typesetting import TEMPLATES, typeset
from laksana.sop.book import place_in_book
from laksana.sop.definition import Procedure
from laksana.worktime.zone import local_day

Sheet = Mapping[str, Any]


@dataclass(frozen=True)
class Approvals:
    """Who signs: the book, its preface, and each procedure, in the order of the procedures."""

    book: Signatory
    preface: Signatory
    procedures: Sequence[Signatory]


def book_pdf(
    procedures: Sequence[Procedure],
    text: BookText,
    letterhead: Mapping[str, str],
    approvals: Approvals,
    at: datetime,
    done: Callable[[Procedure], None],
) -> bytes:
    """Return the book as PDF/A, printed at an instant. `done` is told of each procedure whose sheets are laid out."""
    sheets: list[Sheet] = []
    for procedure, sheet in zip(procedures, _laid_out(procedures, approvals.procedures), strict=True):
        sheets.append({**sheet, "code": procedure.code})
        done(procedure)
    return typeset(TEMPLATES / "book.typ", _data(text, letterhead, approvals, sheets, at), at)


def _laid_out(procedures: Sequence[Procedure], approvals: Sequence[Signatory]) -> Iterator[Sheet]:
    """Yield the data of the sheets in order. Laying out charts takes most of the time, so every processor takes its share."""
    titles = {procedure.id: procedure.title for procedure in procedures}
    with ProcessPoolExecutor() as pool:
        yield from pool.map(sheet_data, procedures, approvals, repeat(titles))


def _data(
    text: BookText, letterhead: Mapping[str, str], approvals: Approvals, sheets: Sequence[Sheet], at: datetime
) -> dict[str, Any]:
    by_letter: dict[str, list[Sheet]] = {}
    for sheet in sorted(sheets, key=lambda sheet: place_in_book(sheet["code"])):
        by_letter.setdefault(place_in_book(sheet["code"])[0], []).append(sheet)
    return {
        "letterhead": letterhead,
        "text": text.model_dump(mode="json", exclude={"approval": {"by"}, "preface": {"by"}}),
        "date": local_day(at).isoformat(),
        "approved": block(approvals.book),
        "prefaced": block(approvals.preface),
        "sections": [
            {"letter": letter, "sheets": by_letter[letter], **section.model_dump()}
            for letter, section in sorted(text.procedures.sections.items())
            if letter in by_letter
        ],
    }
