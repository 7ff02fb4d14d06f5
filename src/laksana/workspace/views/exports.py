"""Files of books: ordered, awaited with their progress, and fetched by the one who asked, as long as they are kept."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from laksana.registers import services as registers
from laksana.registers.services import Export
from laksana.web.visits import Visit, for_employees
from laksana.workspace.sending import TYPES
from laksana.workspace.views.registers import asked, opened_book

_SHOWN = 50


@require_POST
@for_employees
def ask(request: HttpRequest, visit: Visit, procedure: str, register: str) -> HttpResponse:
    """Order the file of a book, or of a part of it, and lead to its progress."""
    opened, form = opened_book(procedure, register), request.POST.get("bentuk", "")
    if form not in registers.FORMS:
        raise Http404
    export = registers.ask(opened, asked(request, visit.at), form, visit.person, visit.at)
    return redirect("workspace:export", export.pk)


@require_safe
@for_employees
def exports(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the files that somebody has asked for."""
    rows = [(export, _kept(export, visit)) for export in registers.exports_of(visit.person)[:_SHOWN]]
    return render(request, "workspace/exports.html", {"rows": rows})


@require_safe
@for_employees
def export(request: HttpRequest, visit: Visit, key: UUID) -> HttpResponse:
    """Show how far a file has come; for htmx that part of the page alone."""
    asked_for = _own(visit, key)
    part = request.headers.get("HX-Request") == "true"
    template = "workspace/parts/export_progress.html" if part else "workspace/export.html"
    context = {
        "export": asked_for,
        "kept": _kept(asked_for, visit),
        "percent": min(100 * asked_for.done // asked_for.total, 100) if asked_for.total else 0,
        "under_way": asked_for.state in (Export.State.WAITING, Export.State.MAKING),
    }
    return render(request, template, context)


@require_safe
@for_employees
def download(request: HttpRequest, visit: Visit, key: UUID) -> HttpResponseBase:  # noqa: ARG001
    """Give a file to the one who asked for it, while it is kept."""
    asked_for = _own(visit, key)
    file = registers.fetch(asked_for, visit.at)
    if file is None:
        raise Http404
    span = "-".join(str(part) for part in (asked_for.year, asked_for.month) if part)
    name = f"{asked_for.register}-{span or 'semua'}.{asked_for.form}"
    response = FileResponse(file, as_attachment=True, filename=name, content_type=TYPES[asked_for.form])
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _own(visit: Visit, key: UUID) -> Export:
    return get_object_or_404(registers.exports_of(visit.person), pk=key)


def _kept(export: Export, visit: Visit) -> bool:
    """Return whether a file can be fetched now."""
    return (
        export.state == Export.State.READY and export.kept_until is not None and export.kept_until > visit.at
    )
