"""One search for everything: cases, files and papers, people, SOPs; each kind with its first few."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from laksana.cases import services as cases
from laksana.library.services import find
from laksana.people.models import Person
from laksana.web.sought import words_sought
from laksana.web.visits import Visit, for_employees
from laksana.workspace.shell import role_of
from laksana.worktime.zone import local_day

SHOWN = 8
"""How many of each kind are shown; the rest is behind the link to the kind's own list."""


@dataclass(frozen=True)
class Colleague:
    """Somebody of the office as the search shows him."""

    person: Person
    role: str


@require_safe
@for_employees
def search(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show what holds the words looked for; the whole number of a case leads straight to it."""
    words = words_sought(request)
    readable = cases.readable_by(visit.person, visit.at)
    if words and readable.filter(number=words.upper()).exists():
        return redirect("workspace:case", words.upper())
    found = list(
        cases.search(readable, words).select_related("sop").order_by("-opened_at")[: SHOWN + 1]
        if words
        else ()
    )
    context = {
        "words": words,
        "cases": found[:SHOWN],
        "more": len(found) > SHOWN,
        "files": cases.files_found(visit.person, visit.at, words, SHOWN),
        "people": _people(words, visit.at),
        "procedures": find(cases.book_in_force(visit.at).values(), words)[:SHOWN] if words else [],
    }
    return render(request, "workspace/search.html", context)


def _people(words: str, at: datetime) -> list[Colleague]:
    if not words:
        return []
    named = Q()
    for word in words.split():
        named &= Q(name__icontains=word)
    people = Person.objects.filter(named, active=True).select_related("unit").order_by("name")[:SHOWN]
    return [Colleague(person, role_of(person, local_day(at))) for person in people]
