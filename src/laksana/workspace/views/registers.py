"""The books of the office: the list of them, one on the page, one as a file."""

import io
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dates import MONTHS
from django.views.decorators.http import require_safe

from laksana.registers import services as registers
from laksana.registers.services import Book, UnknownBookError
from laksana.web.visits import Visit, for_employees
from laksana.workspace.paging import page_number
from laksana.workspace.views.answers import refusals_answered
from laksana.worktime.zone import local

PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@for_employees
def books(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the books by the procedure that keeps them."""
    by_procedure: dict[str, list[Book]] = {}
    for book in registers.books(visit.at):
        by_procedure.setdefault(book.procedure_title, []).append(book)
    return render(request, "workspace/registers.html", {"procedures": by_procedure})


@require_safe
@refusals_answered
@for_employees
def book(request: HttpRequest, visit: Visit, procedure: str, register: str) -> HttpResponse:
    """Show a page of one book, of a year or a month of it."""
    opened = _opened(procedure, register)
    year, month, page = *_period(request, visit.at), page_number(request)
    lines = list(
        registers.entries(
            procedure, register, visit.person, visit.at, year=year, month=month, offset=(page - 1) * PAGE, limit=PAGE + 1
        )
    )  # fmt: skip
    context = {
        "book": opened,
        "rows": [
            (line, [(column, registers.words(line.cells.get(column.key))) for column in opened.columns])
            for line in lines[:PAGE]
        ],
        "year": year,
        "month": month,
        "years": registers.years(opened) or [local(visit.at).year],
        "months": MONTHS.items(),
        "page": page,
        "more": len(lines) > PAGE,
    }
    return render(request, "workspace/register.html", context)


@require_safe
@refusals_answered
@for_employees
def export(request: HttpRequest, visit: Visit, procedure: str, register: str, form: str) -> HttpResponse:
    """Give a book, or a year or month of it, as CSV or XLSX."""
    opened = _opened(procedure, register)
    year, month = _period(request, visit.at)
    lines = registers.entries(procedure, register, visit.person, visit.at, year=year, month=month)
    if form == "csv":
        text = io.StringIO(newline="")
        registers.write_csv(opened, lines, text)
        response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    elif form == "xlsx":
        content = io.BytesIO()
        registers.write_xlsx(opened, lines, content)
        response = HttpResponse(content.getvalue(), content_type=XLSX)
    else:
        raise Http404
    span = f"{year}" + (f"-{month:02d}" if month else "")
    response["Content-Disposition"] = f'attachment; filename="{register}-{span}.{form}"'
    return response


def _opened(procedure: str, register: str) -> Book:
    try:
        return registers.book(procedure, register)
    except UnknownBookError:
        raise Http404 from None


def _period(request: HttpRequest, at: datetime) -> tuple[int, int | None]:
    """Return the year and month asked for: this year, and no month, where none was."""
    year, month = request.GET.get("tahun", ""), request.GET.get("bulan", "")
    return (
        int(year) if year.isdecimal() and 1900 < int(year[:5]) < 2200 else local(at).year,
        int(month) if month.isdecimal() and 1 <= int(month[:3]) <= 12 else None,
    )
