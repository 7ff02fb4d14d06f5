"""Looking for cases."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from laksana.cases import services as cases
from laksana.cases.models import Case
from laksana.web.sought import words_sought
from laksana.web.visits import Visit, for_employees
from laksana.workspace.paging import page_number

PAGE = 50


@require_safe
@for_employees
def search(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the cases that hold the words looked for, the newest first; a whole number leads straight to its case."""
    words = words_sought(request)
    chosen, state, page = request.GET.get("sop", ""), request.GET.get("keadaan", ""), page_number(request)
    readable = cases.readable_by(visit.person, visit.at)
    if words and readable.filter(number=words.upper()).exists():
        return redirect("workspace:case", words.upper())
    found = cases.search(readable, words) if words else readable
    if chosen:
        found = found.filter(procedure=chosen)
    if state in Case.State.values:
        found = found.filter(state=state)
    start = (page - 1) * PAGE
    shown = list(found.select_related("sop", "initiator").order_by("-opened_at")[start : start + PAGE + 1])
    context = {
        "words": words,
        "cases": shown[:PAGE],
        "seen": cases.cases_seen_by(visit.person, visit.at, [case.pk for case in shown]),
        "more": len(shown) > PAGE,
        "page": page,
        "procedures": cases.procedures_in_force(visit.at),
        "states": Case.State.choices,
        "chosen": chosen,
        "state": state,
    }
    return render(request, "workspace/cases.html", context)
