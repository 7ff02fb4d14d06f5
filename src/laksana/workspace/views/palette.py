"""The command palette: where one can go and what one can start, by a few letters."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from laksana.cases import services as cases
from laksana.library.services import find
from laksana.web.sought import words_sought
from laksana.web.visits import Visit, for_employees
from laksana.workspace.shell import Shell

_SHOWN = 6
"""Links of each kind: what fits without scrolling."""


@dataclass(frozen=True)
class Link:
    """A line of the palette."""

    label: str
    url: str
    note: str = ""


@require_safe
@for_employees
def palette(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the pages, services to start, cases and SOPs that hold the words; without words, the pages."""
    words = words_sought(request)
    groups = [
        (_("Go to"), _holding(words, _pages(request, visit))),
        (_("Start"), list(_to_start(words, visit)) if words else []),
        (_("Cases"), list(_cases(words, visit)) if words else []),
        (_("SOPs"), list(_sops(words, visit)) if words else []),
    ]
    shown = [(title, links[:_SHOWN] if words else links) for title, links in groups if links]
    return render(request, "workspace/parts/palette.html", {"groups": shown})


def _pages(request: HttpRequest, visit: Visit) -> Iterator[Link]:
    shell = Shell(request, visit.at)
    for entry in [*(entry for group in shell.groups for entry in group.entries), *shell.own]:
        yield Link(entry.label, entry.url)


def _holding(words: str, links: Iterable[Link]) -> list[Link]:
    wanted = words.lower().split()
    return [link for link in links if all(word in link.label.lower() for word in wanted)]


def _to_start(words: str, visit: Visit) -> Iterator[Link]:
    for found in find(cases.startable_by(visit.person, visit.at), words):
        if found.complete:
            procedure = found.procedure
            yield Link(procedure.title, reverse("workspace:start-form", args=[procedure.id]), procedure.code)


def _cases(words: str, visit: Visit) -> Iterator[Link]:
    readable = cases.readable_by(visit.person, visit.at)
    exact = readable.filter(number=words.upper())
    found = exact if exact.exists() else cases.search(readable, words)
    shown = list(found.order_by("-opened_at")[:_SHOWN])
    seen = cases.cases_seen_by(visit.person, visit.at, [case.pk for case in shown])
    for case in shown:
        label = (case.subject if case.pk in seen else "") or case.number
        yield Link(label, reverse("workspace:case", args=[case.number]), case.number)


def _sops(words: str, visit: Visit) -> Iterator[Link]:
    for found in find(cases.book_in_force(visit.at).values(), words):
        if found.complete:
            procedure = found.procedure
            yield Link(procedure.title, reverse("workspace:procedure", args=[procedure.id]), procedure.code)
