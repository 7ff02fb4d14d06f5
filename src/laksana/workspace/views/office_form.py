"""Answering a form about the office itself: asked, checked, done, or shown again with what is wrong at the field."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from laksana.people.services import office_on
from laksana.people.staffing import may_record
from laksana.sop.definition import FieldSpec
from laksana.sop.form import clean_fields
from laksana.web.forms.directory import Directory
from laksana.web.forms.plain_form import PlainForm
from laksana.web.forms.step_form import as_text
from laksana.web.visits import Visit, VisitView, for_employees

Doing = Callable[[Mapping[str, Any]], str]
"""Does what a checked form asks and returns what to say of it. Raises ValidationError naming fields."""


def may_keep(visit: Visit) -> bool:
    """Return whether a person keeps the records of the office: who sits where, who is away, the calendar."""
    return visit.is_administrator or may_record(visit.person, visit.at)


def for_keepers(view: VisitView[...]) -> Callable[..., HttpResponseBase]:
    """Let only those in who keep the records of the office."""

    @for_employees
    @wraps(view)
    def guarded(request: HttpRequest, visit: Visit, /, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_keep(visit):
            return render(request, "403.html", status=403)
        return view(request, visit, *args, **kwargs)

    return guarded


def answer(  # noqa: PLR0913  (a page is made of all of these)
    request: HttpRequest,
    visit: Visit,
    specs: Mapping[str, FieldSpec],
    do: Doing,
    *,
    heading: str,
    submit_label: str,
    back: str,
    lead: str = "",
    opening: Mapping[str, Any] | None = None,
    template: str = "workspace/office_form.html",
    context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Show a form, or do what it asks and go `back`; what cannot be done is said at its field, with what was typed.

    `template` and `context` are of a page that shows more than the form.
    """
    given, errors = dict(opening or {}), dict[str, str]()
    if request.method == "POST":
        given = {name: _sent(request, name, spec) for name, spec in specs.items()}
        errors = _attempt(request, visit, specs, given, do)
        if not errors:
            return redirect(back)
    shown = {
        **(context or {}),
        "form": PlainForm(specs, visit.person.pk, Directory(visit.at), given, errors),
        "heading": heading,
        "lead": lead,
        "submit_label": submit_label,
        "back": back,
    }
    return render(request, template, shown, status=422 if errors else 200)


def _sent(request: HttpRequest, name: str, spec: FieldSpec) -> Any:
    return request.POST.getlist(name) if spec.type == "multichoice" else request.POST.get(name, "")


def _attempt(
    request: HttpRequest, visit: Visit, specs: Mapping[str, FieldSpec], given: Mapping[str, Any], do: Doing
) -> dict[str, str]:
    office = office_on(visit.at)
    cleaned = clean_fields(specs, given, exists=lambda _spec, person: int(person) in office.staff)
    if not cleaned.ok:
        return {name: as_text(why) for name, why in cleaned.errors.items()}
    try:
        messages.success(request, do(cleaned.values))
    except ValidationError as refusal:
        return _by_field(refusal, specs)
    return {}


def _by_field(refusal: ValidationError, specs: Mapping[str, FieldSpec]) -> dict[str, str]:
    told: dict[str, str] = {}
    by_field = (
        refusal.message_dict if hasattr(refusal, "error_dict") else {NON_FIELD_ERRORS: refusal.messages}
    )
    for name, texts in by_field.items():
        place = name if name in specs else ""
        told[place] = " ".join([*([told[place]] if place in told else []), *texts])
    return told


def spec(kind: str, label: str, **more: Any) -> FieldSpec:
    """Return the definition of a field of such a form."""
    return FieldSpec.model_validate({"type": kind, "label": label, **more})
