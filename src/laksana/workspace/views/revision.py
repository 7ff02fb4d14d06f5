"""Revising an SOP: its table, kept as one types; beginning and giving up a draft; and its files, in and out."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laksana.cases.errors import Refused
from laksana.cases.services import version_in_force
from laksana.library.drafts import saving
from laksana.library.drafts.importing import NotTaken, exported_yaml, taken_from
from laksana.library.drafts.rights import check_may_revise
from laksana.library.drafts.saving import ChangedMeanwhile, open_draft
from laksana.library.models import SopDraft
from laksana.sop.bpmn import to_bpmn
from laksana.sop.definition import as_yaml, load
from laksana.sop.revising import Data, table_of
from laksana.sop.revising.workbook import to_xlsx
from laksana.sop.source import DefinitionError
from laksana.web.visits import Visit, for_employees
from laksana.workspace.revision_form import acted, read
from laksana.workspace.revision_page import revision_context
from laksana.workspace.views.answers import refusals_answered, tell


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_answered
@for_employees
def revise(request: HttpRequest, visit: Visit, procedure: str) -> HttpResponse:
    """Show the open draft of a procedure, or keep what was typed into it."""
    check_may_revise(visit.person, visit.at)
    draft = open_draft(procedure)
    if draft is None:
        if request.method == "POST":
            messages.warning(request, _("This draft is no longer open; somebody has closed it."))
        return _without_draft(request, visit, procedure)
    if request.method != "POST":
        return render(request, "workspace/revision.html", revision_context(visit, draft, draft.data))
    return _keep(request, visit, draft)


def _without_draft(request: HttpRequest, visit: Visit, procedure: str) -> HttpResponse:
    context = {
        "version": version_in_force(procedure, visit.at),
        "earlier": SopDraft.objects.filter(procedure=procedure).select_related("case", "changed_by")[:10],
    }
    return render(request, "workspace/revision_begin.html", context)


def _keep(request: HttpRequest, visit: Visit, draft: SopDraft) -> HttpResponse:
    act = request.POST.get("_do", "")
    try:
        data, at_row = acted(read(request.POST, draft.data), act)
    except (KeyError, TypeError, ValueError):
        raise Http404 from None  # not what the page sends
    conflict = None
    try:
        draft = saving.save(draft, _seen(request), data, visit.person, visit.at)
    except ChangedMeanwhile as refusal:
        conflict = refusal.draft
    more_exits = at_row if act.startswith("jalan:") else ""
    in_part = request.headers.get("HX-Request") == "true"
    if not in_part and conflict is None and not more_exits:
        response = redirect("workspace:revision", draft.procedure)
        response["Location"] += f"#baris-{at_row}" if at_row else ""
        return response
    context = revision_context(
        visit, draft, data, conflict=conflict, at_row=at_row, one_more_exit=more_exits
    ) | {"seen": _seen(request) if conflict else draft.revision}
    part = "workspace/parts/revision_table.html" if act else "workspace/parts/revision_found.html"
    whole = "workspace/revision.html"
    return render(
        request, part if in_part else whole, context, status=409 if conflict and not in_part else 200
    )


def _seen(request: HttpRequest) -> int:
    given = request.POST.get("_over") or request.POST.get("_revision", "")
    return int(given) if given.isdecimal() and len(given) < 10 else 0


@require_POST
@refusals_answered
@for_employees
def begin(request: HttpRequest, visit: Visit, procedure: str) -> HttpResponse:  # noqa: ARG001
    """Begin a draft of a procedure, or go to the one that is open."""
    saving.begin(procedure, visit.person, visit.at)
    return redirect("workspace:revision", procedure)


@require_POST
@refusals_answered
@for_employees
def drop(request: HttpRequest, visit: Visit, procedure: str) -> HttpResponse:
    """Give up the open draft of a procedure."""
    draft = _open(visit, procedure)
    try:
        saving.drop(draft, _seen(request), visit.person, visit.at)
    except ChangedMeanwhile:
        messages.warning(request, _("Somebody has changed the draft since you saw it; look at it again."))
    except Refused as refusal:
        tell(request, refusal)
    else:
        messages.success(request, _("The draft was given up."))
    return redirect("workspace:revision", procedure)


def _open(visit: Visit, procedure: str) -> SopDraft:
    check_may_revise(visit.person, visit.at)
    draft = open_draft(procedure)
    if draft is None:
        raise Http404
    return draft


@require_POST
@refusals_answered
@for_employees
def import_file(request: HttpRequest, visit: Visit, procedure: str) -> HttpResponse:
    """Take a file into the draft, or say everything that keeps it from being taken, each with its place."""
    draft = _open(visit, procedure)
    sent = request.FILES.get("berkas")
    if sent is None:
        messages.error(request, _("Choose a file first."))
        return redirect("workspace:revision", procedure)
    try:
        taken = taken_from(sent.name or "", sent.read(), draft.data)
        saving.save(draft, _seen(request), taken.data, visit.person, visit.at)
    except NotTaken as refusal:
        context = revision_context(visit, draft, draft.data) | {
            "import_faults": refusal.faults,
            "import_name": sent.name,
        }
        return render(request, "workspace/revision.html", context, status=422)
    except ChangedMeanwhile:
        messages.warning(request, _("Somebody has changed the draft since you saw it; look at it again."))
        return redirect("workspace:revision", procedure)
    rows = len(table_of(taken.data).rows)
    messages.success(request, _("%(name)s was taken: %(count)s rows.") % {"name": sent.name, "count": rows})
    for left_out in taken.left_out[:20]:
        messages.warning(request, _("Left out. %(what)s") % {"what": left_out})
    return redirect("workspace:revision", procedure)


def _bpmn(data: Data) -> bytes:
    return to_bpmn(load(as_yaml(dict(data)))).encode()


def _xlsx(data: Data) -> bytes:
    return to_xlsx(table_of(data))


FORMS: dict[str, tuple[str, Callable[[Any], bytes]]] = {
    "yaml": ("application/yaml; charset=utf-8", exported_yaml),
    "bpmn": ("application/xml; charset=utf-8", _bpmn),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx),
}
"""Ending of a download -> its media type and what makes it."""


@require_safe
@refusals_answered
@for_employees
def export(request: HttpRequest, visit: Visit, procedure: str, form: str) -> HttpResponse:
    """Give the draft as YAML, BPMN or XLSX."""
    draft = _open(visit, procedure)
    if form not in FORMS:
        raise Http404
    media_type, make = FORMS[form]
    try:
        content = make(draft.data)
    except DefinitionError:
        messages.error(
            request,
            _("As BPMN a draft can be given once its grave findings are mended; YAML and XLSX always."),
        )
        return redirect("workspace:revision", procedure)
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{procedure}-rancangan.{form}"'
    return response
