"""The SOP library: the procedures in force, and each one's page and files."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from laksana.cases import services as cases
from laksana.cases.models import Case, SopVersion
from laksana.documents.services import sop_pdf
from laksana.sop.chart.layout import lay_out
from laksana.sop.definition import Procedure, dump
from laksana.sop.svg import sheets
from laksana.web.visits import Visit, for_employees
from laksana.workspace.chart import chart_of
from laksana.workspace.views.answers import refusals_answered

KINDS = ("layanan", "rutin", "penugasan")


@require_safe
@for_employees
def library(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the procedures by section, filtered by words of their title and by kind."""
    words = request.GET.get("q", "").strip().lower()[:100]
    kind = request.GET.get("jenis", "")
    sections: dict[str, list[Procedure]] = {}
    for version in cases.procedures_in_force(visit.at):
        procedure = cases.definition_in_force(version.procedure, visit.at)
        if _matches(procedure, words, kind):
            sections.setdefault(procedure.unit, []).append(procedure)
    context = {"sections": sections, "words": words, "kind": kind, "kinds": KINDS}
    return render(request, "workspace/library.html", context)


def _matches(procedure: Procedure, words: str, kind: str) -> bool:
    text = f"{procedure.title} {procedure.code} {procedure.owner} {procedure.summary}".lower()
    return (not kind or procedure.kind == kind) and all(word in text for word in words.split())


@require_safe
@refusals_answered
@for_employees
def procedure(request: HttpRequest, visit: Visit, procedure: str) -> HttpResponse:
    """Show one procedure: its flowchart, its facts, its relations, its running and finished cases."""
    definition = cases.definition_in_force(procedure, visit.at)
    titles = {version.procedure: version for version in cases.procedures_in_force(visit.at)}
    readable = cases.readable_by(visit.person, visit.at).filter(procedure=procedure)
    recent = list(readable.order_by("-opened_at")[:6])
    context = {
        "procedure": definition,
        "version": titles[procedure],
        "chart": chart_of(
            definition, titles[procedure].digest, {name: version.title for name, version in titles.items()}
        ),
        "may_start": cases.may_start(visit.person, definition, visit.at),
        "related": [(name, titles.get(name)) for name in definition.related],
        "running": readable.filter(state=Case.State.RUNNING).count(),
        "recent": recent,
        "seen": cases.cases_seen_by(visit.person, visit.at, [case.pk for case in recent]),
        "versions": SopVersion.objects.filter(procedure=procedure).defer("definition"),
    }
    return render(request, "workspace/procedure.html", context)


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
