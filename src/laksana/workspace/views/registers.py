"""The books of the office: the list of them, one on the page, one row with its corrections."""

from datetime import datetime
from itertools import islice
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from laksana.cases.errors import Invalid
from laksana.registers import services as registers
from laksana.registers.services import Asked, Book, Entry, Line, UnknownBookError
from laksana.web.visits import Visit, for_employees
from laksana.workspace.paging import page_number
from laksana.workspace.row_form import RowForm
from laksana.workspace.views.answers import refusals_answered
from laksana.worktime.zone import local

PAGE = 50
_READINGS_SHOWN = 10
_LONGEST_WORDS = 200


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
    """Show a page of one book: of a year or a month, the rows with some words, in an order."""
    opened = opened_book(procedure, register)
    wanted, page = asked(request, visit.at), page_number(request)
    start = (page - 1) * PAGE
    lines = list(islice(registers.read(opened, wanted, visit.person, visit.at), start, start + PAGE + 1))
    shown = lines[:PAGE]
    registers.note_reading(opened, wanted, visit.person, visit.at, "halaman", len(shown))
    keeper = registers.reads_personal(opened, visit.person, visit.at)
    context = {
        "book": opened,
        "rows": [(line, _cells(opened, line)) for line in shown],
        "asked": wanted,
        "years": registers.years(opened) or [local(visit.at).year],
        "months": MONTHS.items(),
        "orders": _orders(opened, wanted),
        "page": page,
        "more": len(lines) > PAGE,
        "forms": registers.FORMS,
        "readings": registers.readings(opened)[:_READINGS_SHOWN] if keeper and opened.is_watched else [],
    }
    return render(request, "workspace/register.html", context)


def _cells(opened: Book, line: Line) -> list[tuple[Any, str]]:
    return [(column, registers.words(line.cells.get(column.key))) for column in opened.columns]


def _orders(opened: Book, wanted: Asked) -> list[tuple[str, str]]:
    """Return the orders to choose from; a book too long to be put in another order keeps that of its numbers."""
    orders = [("", _("Number, the first on top")), ("-", _("Number, the last on top"))]
    if registers.may_sort(registers.part_of(opened, wanted)):
        for column in opened.columns:
            orders += [
                (column.key, _("%(column)s, rising") % {"column": column.head}),
                (f"-{column.key}", _("%(column)s, falling") % {"column": column.head}),
            ]
    return orders


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_answered
@for_employees
def row(request: HttpRequest, visit: Visit, procedure: str, register: str, entry: int) -> HttpResponse:
    """Show a row with what was corrected in it, by whom and why; who keeps the book corrects it here."""
    opened = opened_book(procedure, register)
    line = registers.line_of(opened, entry, visit.person, visit.at)
    if line is None:
        raise Http404
    kept = Entry.objects.select_related("work_item").get(pk=entry)
    may_correct = not line.sealed and registers.may_correct(kept, visit.person, visit.at)
    form = RowForm(opened, registers.current(kept)) if may_correct else None
    status = 200
    if request.method == "POST":
        if form is None:
            return render(request, "403.html", status=403)
        if _corrected(request, visit, form, entry):
            messages.success(request, _("The correction stands beside what stood there before."))
            return redirect(request.path)
        status = 422
    else:
        registers.note_reading(opened, Asked(line.year), visit.person, visit.at, "baris", 1)
    context = {
        "book": opened,
        "line": line,
        "cells": _cells(opened, line),
        "corrections": [(each, _changed(opened, each)) for each in line.corrections],
        "form": form,
    }
    return render(request, "workspace/register_row.html", context, status=status)


def _changed(opened: Book, correction: Any) -> list[tuple[str, str, str]]:
    heads = {column.key: column.head for column in opened.columns}
    return [
        (heads.get(key, key), registers.words(correction.before.get(key)), registers.words(held))
        for key, held in correction.after.items()
    ]


def _corrected(request: HttpRequest, visit: Visit, form: RowForm, entry: int) -> bool:
    """Correct a row as typed; return whether it was done. What is wrong then stands in the form."""
    values = form.take(request.POST)
    if form.errors:
        return False
    try:
        registers.correct(entry, values, visit.person, form.reason, visit.at)
    except Invalid as refusal:
        form.errors |= {name: str(why) for name, why in refusal.errors.items()}
        return False
    return True


def opened_book(procedure: str, register: str) -> Book:
    """Return a book. Raises Http404."""
    try:
        return registers.book(procedure, register)
    except UnknownBookError:
        raise Http404 from None


def asked(request: HttpRequest, at: datetime) -> Asked:
    """Return which part of a book a page or form asks for: this year, and no month, where none is said."""
    sent = request.POST if request.method == "POST" else request.GET
    year, month = sent.get("tahun", ""), sent.get("bulan", "")
    return Asked(
        int(year) if year.isdecimal() and 1900 < int(year[:5]) < 2200 else local(at).year,
        int(month) if month.isdecimal() and 1 <= int(month[:3]) <= 12 else None,
        " ".join(sent.get("q", "").split())[:_LONGEST_WORDS],
        sent.get("urut", "")[:80],
    )
