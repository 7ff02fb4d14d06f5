"""The door of `documents`: setting templates, the printed SOP and the book of them, the papers of cases."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time

from laksana.cases.models import SopVersion
from laksana.documents.book_text import book_text
from laksana.documents.contents import Section
from laksana.documents.models import Letterhead, Paper
from laksana.documents.names import OfficeNames
from laksana.documents.papers import (
    NoSpecimenError,
    file_name,
    forget_data,
    letterhead,
    make,
    papers_of,
    preview,
    preview_body,
    specimen,
)
from laksana.documents.papers import render as render_paper
from laksana.documents.rows import each_row, others_still_at_it, specs_over
from laksana.documents.signatories import holder_of, post_of, signatory_at, signatory_expected, signatory_of
from laksana.documents.signature import Naming, Signatory, block, capacity_lines, without_degrees
from laksana.documents.sop_book import Approvals, book_pdf
from laksana.documents.sop_sheet import sheet_pdf
from laksana.documents.templates import template_name
from laksana.documents.total_time import main_path, total_time
from laksana.documents.typesetting import TypesettingError
from laksana.documents.typesetting import typeset as render
from laksana.documents.wording import Names, plain, worded, worded_moment, worded_row
from laksana.sop.book import place_in_book
from laksana.sop.definition import Procedure
from laksana.sop.performer import Kind
from laksana.worktime.zone import OFFICE_ZONE, local_day

__all__ = [
    "Letterhead",
    "Names",
    "Naming",
    "NoSpecimenError",
    "OfficeNames",
    "Paper",
    "Section",
    "Signatory",
    "TypesettingError",
    "block",
    "capacity_lines",
    "each_row",
    "file_name",
    "forget_data",
    "holder_of",
    "letterhead",
    "main_path",
    "make",
    "others_still_at_it",
    "papers_of",
    "plain",
    "post_of",
    "preview",
    "preview_body",
    "render",
    "render_paper",
    "signatory_at",
    "signatory_expected",
    "signatory_of",
    "sop_book_pdf",
    "sop_pdf",
    "specimen",
    "specs_over",
    "template_name",
    "total_time",
    "without_degrees",
    "worded",
    "worded_moment",
    "worded_row",
]


def sop_pdf(procedure: Procedure, at: datetime, titles: Mapping[str, str] | None = None) -> bytes:
    """Return the printed SOP of a procedure as PDF/A: identity sheet and flowchart sheets.

    It is dated by the day on which the version takes effect, so that the same version gives the same bytes whenever it is
    printed from then on. `titles` names other procedures for Keterkaitan; by default those in the database are named,
    and others print their id.
    """
    known = (
        titles
        if titles is not None
        else dict(SopVersion.objects.order_by("version").values_list("procedure", "title"))
    )
    day = _day_of_approval(procedure, at)
    return sheet_pdf(
        procedure, letterhead(), approval(procedure, day), known, datetime.combine(day, time(), OFFICE_ZONE)
    )


def sop_book_pdf(
    procedures: Sequence[Procedure],
    at: datetime,
    done: Callable[[Procedure], None] = lambda _procedure: None,
) -> bytes:
    """Return the office's book of SOP as PDF/A: its introduction, and every procedure as `sop_pdf` prints it.

    `done` is told of each procedure whose sheets are laid out. Raises DefinitionError where the text of the book is not right.
    """
    text = book_text(procedures)
    day = local_day(at)
    ordered = sorted(procedures, key=lambda procedure: place_in_book(procedure.code))
    return book_pdf(
        ordered,
        text,
        letterhead(),
        Approvals(
            book=holder_of(text.approval.by, day),
            preface=holder_of(text.preface.by, day),
            procedures=[approval(each, _day_of_approval(each, at)) for each in ordered],
        ),
        at,
        done,
    )


def _day_of_approval(procedure: Procedure, at: datetime) -> date:
    """Return the day whose holder of the position made an SOP official: that of its effect, once it has come."""
    return min(local_day(at), procedure.identity.effective)


def approval(procedure: Procedure, day: date) -> Signatory:
    """Return who makes an SOP official: the holder, on a day, of the position that its identity names."""
    by = procedure.identity.approved_by
    return holder_of(by, day) if by.kind == Kind.POSITION else Signatory(title=str(by))
