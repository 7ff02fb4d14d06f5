"""Who sits where in the office today."""

from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from laksana.people.desks import Office, Title
from laksana.people.models import Holding, Person, Position, Unit
from laksana.people.services import office_on
from laksana.web.visits import Visit, for_employees
from laksana.workspace.views.office_form import may_keep


@dataclass(frozen=True)
class Holder:
    """Somebody at a position: by which title he acts for another, and whether he is away."""

    name: str
    acting: str
    away: bool


@dataclass(frozen=True)
class Post:
    """A position with those who have it."""

    title: str
    holders: list[Holder]


@dataclass
class UnitShown:
    """A unit with its positions and its other people."""

    code: str
    name: str
    posts: list[Post] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


@require_safe
@for_employees
def organisation(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the units with their positions and people."""
    office = office_on(visit.at)
    names = dict(Person.objects.filter(pk__in=office.staff).values_list("pk", "name"))
    units = list(Unit.objects.order_by("order", "code"))
    shown = {unit.code: UnitShown(unit.code, unit.name) for unit in units if not unit.outside}
    holders = _holders(office, names)
    for position in Position.objects.select_related("unit").order_by("order", "code"):
        if position.unit.code in shown:
            shown[position.unit.code].posts.append(Post(position.title, holders.get(position.code, [])))
    seated = {seat.person for seat in office.seats}
    for person, unit in office.staff.items():
        if person not in seated and unit in shown:
            shown[unit].others.append(names[person])
    context = {
        "units": list(shown.values()),
        "outside": [unit for unit in units if unit.outside],
        "today": visit.at,
        "may_keep": may_keep(visit),
    }
    return render(request, "workspace/organisation.html", context)


def _holders(office: Office, names: dict[int, str]) -> dict[str, list[Holder]]:
    holders: dict[str, list[Holder]] = {}
    for seat in office.seats:
        if seat.person in names:
            acting = "" if seat.title is Title.DEFINITIVE else str(Holding.Kind(seat.title).label)
            holders.setdefault(seat.post, []).append(
                Holder(names[seat.person], acting, seat.person in office.away)
            )
    return holders
