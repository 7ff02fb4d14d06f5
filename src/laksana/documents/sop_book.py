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
from laksana.documents.typesetting import TEMPLATES, as_text, typeset_text
from laksana.sop.book import place_in_book
from laksana.sop.definition import Procedure
from laksana.worktime.zone import local_day


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
    """Return the book of procedures, given in its order, as PDF/A, printed at an instant.

    `done` is told of each procedure whose sheets are laid out.
    """
    sheets: list[str] = []
    for procedure, sheet in zip(procedures, _laid_out(procedures, approvals.procedures), strict=True):
        sheets.append(sheet)
        done(procedure)
    rest = as_text(_around(procedures, text, letterhead, approvals, at))
    return typeset_text(TEMPLATES / "book.typ", f'{rest[:-1]}, "sheets": [{", ".join(sheets)}]}}', at)


def _laid_out(procedures: Sequence[Procedure], approvals: Sequence[Signatory]) -> Iterator[str]:
    """Yield the sheets in order, as the text that the template reads: every processor takes its share of the work."""
    titles = {procedure.id: procedure.title for procedure in procedures}
    with ProcessPoolExecutor() as pool:
        yield from pool.map(_sheet, procedures, approvals, repeat(titles))


def _sheet(procedure: Procedure, approval: Signatory, titles: Mapping[str, str]) -> str:
    return as_text({**sheet_data(procedure, approval, titles), "code": procedure.code})


def _around(
    procedures: Sequence[Procedure],
    text: BookText,
    letterhead: Mapping[str, str],
    approvals: Approvals,
    at: datetime,
) -> dict[str, Any]:
    """Return what the template prints around the sheets; of a section's sheets, where the first stands and how many there are."""
    letters = [place_in_book(procedure.code)[0] for procedure in procedures]
    return {
        "letterhead": letterhead,
        "text": text.model_dump(mode="json", exclude={"approval": {"by"}, "preface": {"by"}}),
        "date": local_day(at).isoformat(),
        "approved": block(approvals.book),
        "prefaced": block(approvals.preface),
        "sections": [
            {
                "letter": letter,
                "first": letters.index(letter),
                "count": letters.count(letter),
                **section.model_dump(),
            }
            for letter, section in sorted(text.procedures.sections.items())
            if letter in letters
        ],
    }
