"""One act on several steps of one's tasks: each is asked for by itself, and each is answered."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID, uuid5

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from laksana.cases import actions
from laksana.cases import services as cases
from laksana.cases.errors import Invalid, Refused
from laksana.cases.models import Case, WorkItem
from laksana.people.models import Person
from laksana.web.visits import Visit, for_employees
from laksana.workspace.sifting import Sifting
from laksana.workspace.views.answers import refusal_text, sent_key

MOST = 200
"""Steps at once: more than a page shows."""
Act = Callable[[int, int, UUID], Case]
"""Does the act to an item of a revision, under a key."""


@dataclass(frozen=True)
class Answer:
    """What became of one step. `why` is empty where it was done."""

    item: WorkItem | None
    activity: str
    why: str

    @property
    def marked(self) -> str:
        """Return the step as the list marks it, for the opposite act."""
        return f"{self.item.pk}-{self.item.revision}" if self.item else ""


@require_POST
@for_employees
def at_once(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Take, give back or delegate the marked steps. Each is a transaction of its own; what is refused is left as it was."""
    back = f"{reverse('workspace:inbox')}?{Sifting.asked(request.POST).query or 'semua=1'}"
    marked, name = _marked(request), request.POST.get("act", "")
    try:
        _check(marked)
        act = _act(request, visit, name)
    except Invalid as refusal:
        messages.error(request, refusal_text(refusal))
        return redirect(back)
    answers = _answers(act, marked, sent_key(request), visit)
    context = {
        "name": name,
        "opposite": {"ambil": "lepas", "lepas": "ambil"}.get(name, ""),
        "done": [answer for answer in answers if not answer.why],
        "refused": [answer for answer in answers if answer.why],
        "back": back,
    }
    return render(request, "workspace/at_once.html", context)


def _marked(request: HttpRequest) -> list[tuple[int, int]]:
    """Return the marked steps with the revision that was seen, each once."""
    pairs = (text.partition("-") for text in request.POST.getlist("item"))
    return list(
        dict.fromkeys(
            (int(key), int(rev)) for key, _dash, rev in pairs if key.isdecimal() and rev.isdecimal()
        )
    )


def _check(marked: list[tuple[int, int]]) -> None:
    """Raise Invalid where nothing is marked, or too much."""
    if not marked:
        raise Invalid({"item": _("Mark at least one step.")})
    if len(marked) > MOST:
        raise Invalid({"item": _("Mark %(limit)d steps at most.") % {"limit": MOST}})


def _act(request: HttpRequest, visit: Visit, name: str) -> Act:
    """Return the act that was asked for. Raises Invalid for one that is none, or lacks whom it needs."""
    person, at = visit.person, visit.at
    if name == "ambil":
        return lambda item, revision, key: actions.claim(item, revision, person, at, key=key)
    if name == "lepas":
        return lambda item, revision, key: actions.release(item, revision, person, at, key=key)
    if name != "limpahkan":
        raise Invalid({"act": _("Choose what to do with the marked steps.")})
    given, reason = request.POST.get("to", ""), request.POST.get("reason", "")
    to = Person.objects.filter(pk=given, active=True).first() if given.isdecimal() else None
    if to is None:
        raise Invalid({"to": _("Choose to whom the step goes.")})
    return lambda item, revision, key: actions.delegate(
        item, revision, person, to, at, reason=reason, key=key
    )


def _answers(act: Act, marked: list[tuple[int, int]], key: UUID, visit: Visit) -> list[Answer]:
    """Do the act to each step and return what became of it. Of a step he may not know of one learns nothing."""
    readable = cases.readable_by(visit.person, visit.at)
    known = WorkItem.objects.filter(case__in=readable).select_related("case__sop")
    found = known.in_bulk([item for item, _revision in marked])
    answers = []
    for pk, revision in marked:
        item = found.get(pk)
        if item is None:
            answers.append(Answer(None, "", _("There is no such step, or you may not see it.")))
            continue
        why = ""
        try:
            act(pk, revision, uuid5(key, str(pk)))
            item.refresh_from_db(fields=["revision"])
        except Refused as refusal:
            why = refusal_text(refusal)
        answers.append(Answer(item, cases.definition(item.case).step(item.step).activity, why))
    return answers
