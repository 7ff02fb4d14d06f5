"""The SOP library: the procedures in force, and each one's page and files."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from laksana.cases import services as cases
from laksana.documents.services import sop_pdf
from laksana.library.services import find, sections_of
from laksana.sop.chart.layout import lay_out
from laksana.sop.definition import Procedure, dump
from laksana.sop.svg import sheets
from laksana.web.visits import Visit, for_employees
from laksana.workspace.sop_page import sop_context
from laksana.workspace.views.answers import refusals_answered

KINDS = ("layanan", "rutin", "penugasan")


@dataclass(frozen=True)
class Sought:
    """What somebody looks for in the library; "" leaves a filter open."""

    words: str
    section: str
    owner: str
    kind: str

    def lets_through(self, procedure: Procedure) -> bool:
        """Return whether the filters beside that of the section let a procedure through."""
        return self.owner in ("", procedure.owner) and self.kind in ("", procedure.kind)


@require_safe
@for_employees
def library(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the procedures by section, or those that hold the words looked for, the best first."""
    sought = _sought(request)
    book = cases.book_in_force(visit.at).values()
    chosen = [procedure for procedure in book if sought.lets_through(procedure)]
    found = find(chosen, sought.words) if sought.words else []
    counts = Counter(
        each.section for each in ([line.procedure for line in found] if sought.words else chosen)
    )
    context = {
        "sought": sought,
        "found": [line for line in found if sought.section in ("", line.procedure.section)],
        "sections": [each for each in sections_of(chosen) if sought.section in ("", each.letter)],
        "tabs": [(each.letter, each.title, counts[each.letter]) for each in sections_of(book)],
        "all": counts.total(),
        "owners": sorted({procedure.owner for procedure in book}),
        "kinds": KINDS,
    }
    return render(request, "workspace/library.html", context)


def _sought(request: HttpRequest) -> Sought:
    asked = request.GET
    return Sought(
        asked.get("q", "").strip()[:100],
        asked.get("bagian", "").upper()[:1],
        asked.get("pemilik", ""),
        asked.get("jenis", ""),
    )


@require_safe
@refusals_answered
@for_employees
def procedure(request: HttpRequest, visit: Visit, procedure: str) -> HttpResponse:
    """Show one procedure: its flowchart, its facts, its relations, its cases and how it does."""
    return render(request, "workspace/procedure.html", sop_context(procedure, visit))


def _pdf(procedure: Procedure, visit: Visit) -> bytes:
    return sop_pdf(procedure, visit.at)


def _yaml(procedure: Procedure, _visit: Visit) -> bytes:
    return dump(procedure).encode()


def _bpmn(procedure: Procedure, _visit: Visit) -> bytes:
    from laksana.sop.bpmn import to_bpmn

    return to_bpmn(procedure).encode()


def _svg(procedure: Procedure, _visit: Visit) -> bytes:
    return sheets(lay_out(procedure, paper="screen"))[0].encode()


FORMS: dict[str, tuple[str, Callable[[Procedure, Visit], bytes]]] = {
    "pdf": ("application/pdf", _pdf),
    "yaml": ("application/yaml; charset=utf-8", _yaml),
    "bpmn": ("application/xml; charset=utf-8", _bpmn),
    "svg": ("image/svg+xml", _svg),
}
"""Ending of a download -> its media type and what makes it."""


@require_safe
@refusals_answered
@for_employees
def download(request: HttpRequest, visit: Visit, procedure: str, form: str) -> HttpResponse:  # noqa: ARG001
    """Give a procedure as PDF, YAML, BPMN or SVG."""
    if form not in FORMS:
        raise Http404
    definition = cases.definition_in_force(procedure, visit.at)
    media_type, make = FORMS[form]
    response = HttpResponse(make(definition, visit), content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{definition.code}-{procedure}.{form}"'
    return response
