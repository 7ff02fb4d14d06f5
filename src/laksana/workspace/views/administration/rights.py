"""Rights: who may do what today, and the groups in which somebody is named beside what his position gives him."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laksana.library import catalogue
from laksana.people import accounts as keeping
from laksana.people.models import Group, OfficeChange, Person
from laksana.sop.performer import Kind
from laksana.web.visits import Visit, for_administrators
from laksana.workspace.views.administration.rights_of import administrators, rights, seats
from laksana.workspace.views.office_form import answer, spec

_CHANGES_SHOWN = 10
_OF_THE_OFFICE = (Kind.POSITION, Kind.GROUP, Kind.UNIT)


@require_safe
@for_administrators
def overview(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show every right with its desks and who sits there, the groups, and which desks do steps of which procedures."""
    lanes = _lanes()
    context = {
        "rights": [(right, seats(right.desks, visit.at)) for right in rights()],
        "administrators": administrators(),
        "groups": [
            (group, list(group.people.all()), list(group.positions.all()))
            for group in Group.objects.prefetch_related("people", "positions")
        ],
        "desks": list(zip(seats(lanes, visit.at), lanes.values(), strict=True)),
        "changes": OfficeChange.objects.filter(about=OfficeChange.About.RIGHT).select_related("by")[
            :_CHANGES_SHOWN
        ],
    }
    return render(request, "workspace/administration/rights.html", context)


def _lanes() -> dict[str, list[tuple[str, str, str]]]:
    """Return desk -> procedures in which it does steps, as id, title and lane, by the definitions of the house."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for procedure in catalogue.in_order_of_the_book():
        for lane in procedure.performers.values():
            holder = lane.holder
            if holder.kind in _OF_THE_OFFICE and holder.of:
                line = (procedure.id, procedure.title, lane.title)
                found.setdefault(f"{holder.kind.value}:{holder.of}", []).append(line)
    return dict(sorted(found.items(), key=lambda pair: -len(pair[1])))


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def name_in_group(request: HttpRequest, visit: Visit, code: str) -> HttpResponse:
    """Ask for an employee and name him in a group."""
    group = get_object_or_404(Group, code=code)

    def do(values: Mapping[str, Any]) -> str:
        person = Person.objects.get(pk=values["person"])
        keeping.set_member(visit.person, visit.at, group, person, member=True)
        return _("%(person)s is named in the group.") % {"person": person}

    return answer(
        request,
        visit,
        {"person": spec("person", _("Employee"), required=True)},
        do,
        heading=_("Name somebody in a group"),
        lead=group.name,
        submit_label=_("Name"),
        back=reverse("workspace:rights") + "#kelompok",
    )


@require_POST
@for_administrators
def leave_group(request: HttpRequest, visit: Visit, code: str, key: int) -> HttpResponseBase:
    """Take somebody out of a group in which he is named."""
    group, person = get_object_or_404(Group, code=code), get_object_or_404(Person, pk=key)
    try:
        keeping.set_member(visit.person, visit.at, group, person, member=False)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, _("The change is kept."))
    return redirect(reverse("workspace:rights") + "#kelompok")
