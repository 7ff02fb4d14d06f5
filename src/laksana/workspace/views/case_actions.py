"""What one can do with a case beside its form. Each view names one action, sends it, and goes back to the case."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from laksana.cases import actions
from laksana.cases import services as cases
from laksana.cases.errors import Invalid, NotFound, Refused
from laksana.cases.models import Case, WorkItem
from laksana.files import services as files
from laksana.files.services import FileRefused
from laksana.files.upload import too_large
from laksana.people.models import Person
from laksana.web.forms.reading import read_row
from laksana.web.undo import Fields, Undo, tell_with_undo
from laksana.web.visits import Visit, for_employees
from laksana.workspace.views.answers import back_to_case, refusals_answered, sent_key, tell

Doing = Callable[..., str | tuple[str, Undo]]
"""Does one thing to a case and returns what to say of it, and how it is undone where it can be."""
CLOCK_ACTIONS = {
    "jeda": actions.pause_clock,
    "lanjut": actions.resume_clock,
    "perpanjang": actions.extend_clock,
}


def _sending(doing: Doing) -> Callable[..., HttpResponseBase]:
    """Return the view that does one thing to a case this person may know of, and goes back to it."""

    @require_POST
    @refusals_answered
    @for_employees
    def view(request: HttpRequest, visit: Visit, /, number: str, **named: Any) -> HttpResponse:
        case = cases.readable_by(visit.person, visit.at).filter(number=number).first()
        if case is None:
            raise NotFound("there is no such case")
        try:
            said = doing(request, visit, case, **named)
            text, undo = said if isinstance(said, tuple) else (said, None)
            tell_with_undo(request, text, undo)
        except Refused as refusal:
            tell(request, refusal)
        except FileRefused as refusal:
            messages.error(request, str(refusal))
        return back_to_case(number)

    view.__doc__ = doing.__doc__
    return view


def _item_of(case: Case, item: int) -> WorkItem:
    found = case.work_items.filter(pk=item).first()
    if found is None:
        raise NotFound("there is no such step")
    return found


def _revision(request: HttpRequest) -> int:
    given = request.POST.get("_revision", "")
    return int(given) if given.isdecimal() else 0


def _undo(case: Case, name: str, fields: Fields = (), **named: int) -> Undo:
    """Return the opposite act at the same case."""
    return Undo(reverse(f"workspace:{name}", kwargs={"number": case.number, **named}), fields)


def _now(case: Case, item: int) -> Fields:
    """Return the revision that the opposite of what was just done acts on."""
    return [("_revision", str(_item_of(case, item).revision))]


@_sending
def claim(request: HttpRequest, visit: Visit, case: Case, item: int) -> tuple[str, Undo]:
    """Take a step from a common desk."""
    actions.claim(_item_of(case, item).pk, _revision(request), visit.person, visit.at, key=sent_key(request))
    text = _("You have taken this step; your colleagues see that.")
    return text, _undo(case, "release", _now(case, item), item=item)


@_sending
def release(request: HttpRequest, visit: Visit, case: Case, item: int) -> tuple[str, Undo]:
    """Give a step back to its desk."""
    actions.release(
        _item_of(case, item).pk, _revision(request), visit.person, visit.at, key=sent_key(request)
    )
    return _("You have given this step back."), _undo(case, "claim", _now(case, item), item=item)


@_sending
def delegate(request: HttpRequest, visit: Visit, case: Case, item: int) -> str:
    """Put a step on another person's desk."""
    given = request.POST.get("to", "")
    to = Person.objects.filter(pk=given, active=True).first() if given.isdecimal() else None
    if to is None:
        raise Invalid({"to": _("Choose to whom the step goes.")})
    actions.delegate(
        _item_of(case, item).pk,
        _revision(request),
        visit.person,
        to,
        visit.at,
        reason=request.POST.get("reason", ""),
        key=sent_key(request),
    )
    return _("The step now lies with %(person)s.") % {"person": to}


@_sending
def withdraw(request: HttpRequest, visit: Visit, case: Case, item: int) -> str:
    """Take back the step one did last."""
    actions.withdraw(_item_of(case, item).pk, visit.person, visit.at, key=sent_key(request))
    return _("You have taken the step back; it is open again.")


@_sending
def recall(request: HttpRequest, visit: Visit, case: Case, item: int) -> str:
    """Take back what one gave to one of several."""
    actions.recall(
        _item_of(case, item).pk,
        _revision(request),
        visit.person,
        request.POST.get("reason", ""),
        visit.at,
        key=sent_key(request),
    )
    return _("It has been taken back; its receiver is told.")


@_sending
def record_row(request: HttpRequest, visit: Visit, case: Case, item: int) -> str:
    """Add a row to the journal of an open step."""
    found = _item_of(case, item)
    procedure = cases.definition(case)
    journal = procedure.step(found.step).journal
    if journal is None:
        raise Http404
    row = read_row(
        request, procedure.fields[journal], visit.person, visit.at, remove_location=procedure.public
    )
    actions.record_row(found.pk, _revision(request), visit.person, row, visit.at, key=sent_key(request))
    return _("The row has been added.")


@_sending
def comment(request: HttpRequest, visit: Visit, case: Case) -> tuple[str, Undo]:
    """Say something in a case."""
    key = sent_key(request)
    actions.comment(case.pk, visit.person, request.POST.get("text", ""), visit.at, key=key)
    said = case.events.get(key=key)
    return _("Your comment stands in the history."), _undo(case, "retract-comment", event=said.number)


@_sending
def retract_comment(request: HttpRequest, visit: Visit, case: Case, event: int) -> str:
    """Take back a comment one has just written."""
    actions.retract_comment(case.pk, event, visit.person, visit.at, key=sent_key(request))
    return _("Your comment has been taken back.")


@_sending
def attach(request: HttpRequest, visit: Visit, case: Case) -> str:
    """Add files to a case."""
    uploads = request.FILES.getlist("files")
    if not uploads:
        refused = ", ".join(too_large(request).values())
        raise Invalid(
            {"files": _("Too large: %(name)s.") % {"name": refused} if refused else _("Choose a file.")}
        )
    of_citizens = cases.definition(case).public
    for place, upload in enumerate(uploads):
        # Photographs in the cases of citizens do not tell where they live.
        stored = files.store(upload, upload.name or "", at=visit.at, remove_location=of_citizens)
        key = sent_key(request) if place == 0 else None
        actions.attach(case.pk, visit.person, stored, upload.name or "", visit.at, key=key)
    return _("Attached: %(names)s.") % {"names": ", ".join(upload.name or "" for upload in uploads)}


@_sending
def cancel(request: HttpRequest, visit: Visit, case: Case) -> str:
    """Cancel a running case."""
    actions.cancel(case.pk, visit.person, request.POST.get("reason", ""), visit.at, key=sent_key(request))
    return _("The case has been cancelled.")


@_sending
def change_clock(request: HttpRequest, visit: Visit, case: Case, clock: int, what: str) -> str:
    """Pause, resume or extend a time limit of a case."""
    act = CLOCK_ACTIONS.get(what)
    if act is None or not case.clocks.filter(pk=clock).exists():
        raise Http404
    act(clock, visit.person, request.POST.get("reason", ""), visit.at, key=sent_key(request))
    return _("The time limit has been changed.")
