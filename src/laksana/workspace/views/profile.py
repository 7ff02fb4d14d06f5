"""Who I am in the office."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from laksana.people.services import capacity, desk_titles, desks_of, superior_of
from laksana.web.visits import Visit, for_employees


@require_safe
@for_employees
def profile(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the employee, the desks he sits at today and by what right, and the way to his sign-in's settings."""
    titles = desk_titles(desks_of(visit.person, visit.at))
    context = {
        "me": visit.person,
        "superior": superior_of(visit.person, visit.at),
        "desks": sorted((title, capacity(visit.person, desk, visit.at)) for desk, title in titles.items()),
    }
    return render(request, "workspace/profile.html", context)
