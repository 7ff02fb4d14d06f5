"""The papers that the office makes: their templates with a preview, and the letterhead that stands on all of them."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_safe

from laksana.cases import services as cases
from laksana.documents.models import Letterhead
from laksana.documents.services import (
    NoSpecimenError,
    letterhead,
    signatory_expected,
    specimen,
    template_name,
)
from laksana.library import catalogue
from laksana.people import accounts as keeping
from laksana.people.models import OfficeChange
from laksana.sop.definition import FieldSpec
from laksana.web.visits import Visit, for_administrators
from laksana.workspace.views.office_form import answer, spec

_CHANGES_SHOWN = 10


@require_safe
@for_administrators
def templates(request: HttpRequest, visit: Visit) -> HttpResponse:  # noqa: ARG001  (a view gets the visit)
    """Show the papers of every procedure with the template of each, found by title or template."""
    words = request.GET.get("q", "").strip()[:200]
    sections = []
    for procedure in catalogue.in_order_of_the_book():
        papers = [(paper, template_name(procedure.id, paper)) for paper in procedure.documents]
        sections.append((procedure, [pair for pair in papers if _fits(words, procedure.title, *pair)]))
    context = {
        "words": words,
        "sections": [(procedure, papers) for procedure, papers in sections if papers],
        "count": sum(len(papers) for _procedure, papers in sections),
    }
    return render(request, "workspace/administration/papers.html", context)


def _fits(words: str, title: str, paper: Any, template: str) -> bool:
    said = f"{title} {paper.title} {paper.form} {template}".casefold()
    return all(word in said for word in words.casefold().split())


@require_safe
@xframe_options_sameorigin
@for_administrators
def preview_template(request: HttpRequest, visit: Visit, procedure: str, paper: str) -> HttpResponse:
    """Return a paper without a case as PDF: what a case would fill in stands as a marked gap."""
    found = next((each for each in catalogue.in_order_of_the_book() if each.id == procedure), None)
    document = next((each for each in found.documents if each.id == paper), None) if found else None
    if found is None or document is None:
        raise Http404
    situation = cases.start_situation(found, None, visit.at)
    try:
        return _pdf(specimen(situation, document.id, signatory_expected(document, found, visit.at)))
    except NoSpecimenError:
        told = {"procedure": found, "paper": document}
        return render(request, "workspace/administration/no_specimen.html", told)


def _pdf(content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="pratinjau.pdf"'
    response["Cache-Control"] = "no-store"
    return response


def _letterhead_fields() -> dict[str, FieldSpec]:
    return {
        "government": spec("text", _("Government"), required=True, max_length=120),
        "office": spec("text", _("Office"), required=True, max_length=120),
        "address": spec("text", _("Address"), required=True, max_length=200),
        "postal_code": spec("text", _("Postal code"), max_length=5),
        "telephone": spec("text", _("Telephone"), max_length=40),
        "website": spec("text", _("Website"), max_length=120),
        "email": spec("email", _("E-mail address")),
        "place": spec(
            "text", _("Town"), required=True, max_length=60, help=_("It stands before the date of a letter.")
        ),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def office_data(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Ask for the office's letterhead and keep it: papers made from then on, and the public's pages, bear it."""
    fields = _letterhead_fields()

    def do(values: Mapping[str, Any]) -> str:
        _keep_letterhead(visit, {name: values.get(name) or "" for name in fields})
        return _("The letterhead is kept.")

    return answer(
        request,
        visit,
        fields,
        do,
        heading=_("Letterhead and office"),
        lead=_(
            "It stands on every paper made from now on, and on the public's pages. Papers made before stay as they are."
        ),
        submit_label=_("Keep"),
        back=reverse("workspace:office-data"),
        opening=letterhead(),
        template="workspace/administration/office_data.html",
        context={
            "changes": OfficeChange.objects.filter(about=OfficeChange.About.LETTERHEAD).select_related("by")[
                :_CHANGES_SHOWN
            ],
        },
    )


@transaction.atomic
def _keep_letterhead(visit: Visit, values: Mapping[str, str]) -> None:
    """Keep the letterhead and write down what changed, from what to what. Raises ValidationError."""
    row = Letterhead.objects.select_for_update().first() or Letterhead()
    names = {name: spec.label for name, spec in _letterhead_fields().items()}
    changed = [
        f"{names[name]}: {getattr(row, name) or '–'} → {value or '–'}"
        for name, value in values.items()
        if getattr(row, name) != value
    ]
    for name, value in values.items():
        setattr(row, name, value)
    row.full_clean()
    row.save()
    if changed:
        keeping.record(visit.person, visit.at, OfficeChange.About.LETTERHEAD, "; ".join(changed))
