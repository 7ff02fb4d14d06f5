"""Who holds or acts for which position, and who is away: lists, additions and ends, for those who keep these records."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laksana.people import staffing
from laksana.people.models import Absence, Holding, OfficeChange, Person, Position
from laksana.sop.definition import FieldSpec
from laksana.web.visits import Visit
from laksana.workspace.paging import page_number
from laksana.workspace.views.office_form import answer, for_keepers, spec
from laksana.worktime.zone import local_day

PER_PAGE = 50
_CHANGES_SHOWN = 10


@require_safe
@for_keepers
def appointments(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the appointments in force and to come, or all; found by name, position or decree."""
    rows = Holding.objects.select_related("person", "position").order_by(
        "position__order", "position__code", "-since"
    )
    found = rows.filter(_of(("person__name", "position__title", "decree"), request))
    return _list(request, visit, "workspace/appointments.html", found)


@require_safe
@for_keepers
def absences(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show who is or will be away, or all absences; found by name or reason."""
    rows = Absence.objects.select_related("person").order_by("-since", "person__name")
    return _list(
        request, visit, "workspace/absences.html", rows.filter(_of(("person__name", "reason"), request))
    )


def _of(columns: tuple[str, ...], request: HttpRequest) -> Q:
    words = request.GET.get("q", "").strip()[:200]
    found = Q()
    for column in columns if words else ():
        found |= Q(**{f"{column}__icontains": words})
    return found


def _list(request: HttpRequest, visit: Visit, template: str, rows: "QuerySet[Any]") -> HttpResponse:
    today, everything = local_day(visit.at), request.GET.get("lihat") == "semua"
    if not everything:
        rows = rows.filter(Q(until=None) | Q(until__gte=today))
    page = page_number(request)
    shown = list(rows[(page - 1) * PER_PAGE : page * PER_PAGE + 1])
    context = {
        "rows": shown[:PER_PAGE],
        "page": page,
        "more": len(shown) > PER_PAGE,
        "everything": everything,
        "words": request.GET.get("q", ""),
        "today": today,
        "changes": OfficeChange.objects.filter(about=OfficeChange.About.STAFFING).select_related("by")[
            :_CHANGES_SHOWN
        ],
    }
    return render(request, template, context)


# -- appointments ----------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@for_keepers
def appoint(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Ask for an appointment and record it."""

    def do(values: Mapping[str, Any]) -> str:
        made = staffing.appoint(
            visit.person,
            visit.at,
            Person.objects.get(pk=values["person"]),
            Position.objects.get(code=values["position"]),
            values["since"],
            values.get("until"),
            kind=Holding.Kind(values["kind"]),
            decree=values["decree"],
        )
        return _("Recorded: %(appointment)s.") % {"appointment": made}

    return answer(
        request,
        visit,
        _appointment_fields(),
        do,
        heading=_("Record an appointment"),
        lead=_("From its first day the desk of the position is theirs, with everything that waits there."),
        submit_label=_("Record it"),
        back=reverse("workspace:appointments"),
        opening={"since": local_day(visit.at).isoformat()},
    )


def _appointment_fields() -> dict[str, FieldSpec]:
    own = Position.objects.filter(unit__outside=False).order_by("order", "code")
    kinds = {
        Holding.Kind.DEFINITIVE: _("Definitive"),
        Holding.Kind.PLT: _("Plt. (for a vacant position)"),
        Holding.Kind.PLH: _("Plh. (for an absent holder)"),
    }
    return {
        "position": spec(
            "choice", _("Position"), choices=dict(own.values_list("code", "title")), required=True
        ),
        "person": spec("person", _("Employee"), required=True),
        "kind": spec(
            "choice", _("Kind"), choices={str(kind): label for kind, label in kinds.items()}, required=True
        ),
        "since": spec("date", _("First day"), required=True),
        "until": spec("date", _("Last day"), help=_("Empty while it is not known; a Plh. always has one.")),
        "decree": _decree(_("Decree or letter that appoints")),
    }


def _decree(label: str) -> FieldSpec:
    return spec("text", label, required=True, max_length=200, help=_("Kind, number and date."))


@require_http_methods(["GET", "HEAD", "POST"])
@for_keepers
def end_appointment(request: HttpRequest, visit: Visit, key: int) -> HttpResponse:
    """Ask for the last day of an appointment and record it."""
    holding = get_object_or_404(Holding.objects.select_related("person", "position"), pk=key)

    def do(values: Mapping[str, Any]) -> str:
        ended = staffing.end_appointment(visit.person, visit.at, holding, values["until"], values["decree"])
        return _("Recorded: %(appointment)s.") % {"appointment": ended}

    return answer(
        request,
        visit,
        {
            "until": spec("date", _("Last day"), required=True),
            "decree": _decree(_("Decree or letter that ends it")),
        },
        do,
        heading=_("End an appointment"),
        lead=str(holding),
        submit_label=_("Record it"),
        back=reverse("workspace:appointments"),
        opening=_opening(holding.until, visit.at),
    )


@require_POST
@for_keepers
def cancel_appointment(request: HttpRequest, visit: Visit, key: int) -> HttpResponseBase:
    """Take back an appointment that has not begun."""
    holding = get_object_or_404(Holding.objects.select_related("person", "position"), pk=key)
    _say(request, lambda: staffing.cancel_appointment(visit.person, visit.at, holding))
    return redirect("workspace:appointments")


# -- absences --------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@for_keepers
def record_absence(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Ask for an absence and record it."""

    def do(values: Mapping[str, Any]) -> str:
        person = Person.objects.get(pk=values["person"])
        staffing.record_absence(
            visit.person, visit.at, person, values["since"], values["until"], values["reason"]
        )
        return _("Recorded: %(person)s is away.") % {"person": person}

    fields = {
        "person": spec("person", _("Employee"), required=True),
        "since": spec("date", _("First day"), required=True),
        "until": spec("date", _("Last day"), required=True),
        "reason": spec("text", _("Reason"), required=True, max_length=200),
    }
    return answer(
        request,
        visit,
        fields,
        do,
        heading=_("Record an absence"),
        lead=_("While somebody is away his desk is that of his Plh., or of the next higher official."),
        submit_label=_("Record it"),
        back=reverse("workspace:absences"),
        opening={"since": local_day(visit.at).isoformat()},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_keepers
def end_absence(request: HttpRequest, visit: Visit, key: int) -> HttpResponse:
    """Ask for the last day of an absence and record it."""
    absence = get_object_or_404(Absence.objects.select_related("person"), pk=key)

    def do(values: Mapping[str, Any]) -> str:
        staffing.end_absence(visit.person, visit.at, absence, values["until"])
        return _("Recorded: %(person)s is away until %(day)s.") % {
            "person": absence.person,
            "day": f"{values['until']:%d-%m-%Y}",
        }

    return answer(
        request,
        visit,
        {"until": spec("date", _("Last day"), required=True)},
        do,
        heading=_("End an absence"),
        lead=f"{absence.person}: {absence.reason}",
        submit_label=_("Record it"),
        back=reverse("workspace:absences"),
        opening=_opening(None, visit.at),
    )


@require_POST
@for_keepers
def cancel_absence(request: HttpRequest, visit: Visit, key: int) -> HttpResponseBase:
    """Take back an absence that has not begun."""
    absence = get_object_or_404(Absence.objects.select_related("person"), pk=key)
    _say(request, lambda: staffing.cancel_absence(visit.person, visit.at, absence))
    return redirect("workspace:absences")


def _opening(until: Any, at: datetime) -> dict[str, str]:
    return {"until": (until or local_day(at)).isoformat()}


def _say(request: HttpRequest, doing: Any) -> None:
    try:
        doing()
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("Taken back."))
