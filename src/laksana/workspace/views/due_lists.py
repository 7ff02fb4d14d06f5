"""The lists of what falls due for employees: read by kind, confirmed many at a time, set aside with a reason."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from laksana.cases.errors import Refused
from laksana.library.kepegawaian.penjagaan import services as due
from laksana.library.kepegawaian.penjagaan.models import DueRow
from laksana.library.kepegawaian.penjagaan.services import State
from laksana.sop.rules import get
from laksana.web.visits import Visit, VisitView, for_employees
from laksana.workspace.paging import page_number

PAGE = 100
MOST = 500
STATES: dict[State, tuple[str | Promise, str]] = {
    State.LISTED: (gettext_lazy("Listed"), ""),
    State.OPENED: (gettext_lazy("To confirm"), "wait"),
    State.CONFIRMED: (gettext_lazy("Confirmed"), ""),
    State.DONE: (gettext_lazy("Done"), "ok"),
    State.NOT_APPLICABLE: (gettext_lazy("Not applicable"), ""),
}
"""State -> what it is called, and the class of its tag."""


@dataclass(frozen=True)
class Line:
    """A row as the page shows it."""

    row: DueRow
    state: State
    label: str | Promise
    tag: str
    source: str
    late: bool
    decree: str = ""
    """The number of the last decision on pay, of an increase to confirm."""
    lacking: Sequence[str] = ()
    """What is not known of that decision."""

    @property
    def open(self) -> bool:
        """Return whether something can still be done with it here."""
        return self.state in (State.LISTED, State.OPENED)


def for_readers(view: VisitView[...]) -> Callable[..., HttpResponseBase]:
    """Let only those in who keep the lists, and those above them."""

    @for_employees
    @wraps(view)
    def guarded(request: HttpRequest, visit: Visit, /, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not due.sees(visit.person, visit.at):
            return render(request, "403.html", status=403)
        return view(request, visit, *args, **kwargs)

    return guarded


@require_http_methods(["GET", "HEAD", "POST"])
@for_readers
def due_lists(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show what falls due, grouped by month; confirm the rows chosen, or set them aside."""
    kind = request.GET.get("jenis", "")
    if kind and kind not in DueRow.Kind.values:
        raise Http404
    if request.method == "POST":
        _act(request, visit)
        back = request.GET.copy()
        back.pop("pilih", None)
        return redirect(f"{reverse('workspace:due-lists')}?{back.urlencode()}")
    everything, page = request.GET.get("keadaan") == "semua", page_number(request)
    rows = due.rows(kind) if everything else due.open_rows(kind)
    shown = list(rows[(page - 1) * PAGE : page * PAGE + 1])
    due.note_reading(visit.person, kind, len(shown[:PAGE]), visit.at)
    lines = [_line(row, visit) for row in shown[:PAGE]]
    months = groupby(lines, key=lambda line: line.row.due.replace(day=1))
    context = {
        "months": [(month, list(group)) for month, group in months],
        "more": len(shown) > PAGE,
        "page": page,
        "kind": kind,
        "everything": everything,
        "tabs": due.counts(),
        "keeps": due.keeps(visit.person, visit.at),
        "all_chosen": request.GET.get("pilih") == "semua",
        "asks_circular": kind == DueRow.Kind.AWARD,
        "decree_kinds": due.decree_kinds(line.row for line in lines if line.lacking),
    }
    return render(request, "workspace/due_lists.html", context)


def _line(row: DueRow, visit: Visit) -> Line:
    state = due.state_of(row)
    label, tag = STATES[state]
    late = state in (State.LISTED, State.OPENED) and (row.act_by or row.due) < visit.at.date()
    decree, lacking = due.decree_of(row)
    return Line(row, state, label, tag, get(row.rule).source, late, decree, lacking)


def _act(request: HttpRequest, visit: Visit) -> None:
    keys = [int(key) for key in request.POST.getlist("baris")[:MOST] if key.isdecimal() and len(key) < 12]
    if not keys:
        messages.warning(request, _("Choose at least one row."))
        return
    match request.POST.get("tindakan"):
        case "konfirmasi":
            _confirm(request, visit, keys)
        case "tidak-berlaku":
            _close(request, visit, keys, due.set_aside, _("set aside"))
        case "selesai":
            _close(request, visit, keys, due.close_done, _("closed as done"))


def _confirm(request: HttpRequest, visit: Visit, keys: list[int]) -> None:
    given = {"batas_bkpsdm": request.POST.get("batas_bkpsdm", "")}
    decree = {name: request.POST.get(name, "").strip()[:200] for name in due.DECREE}
    result = due.confirm(keys, visit.person, visit.at, given, request.POST.get("bukti", "")[:200], decree)
    if result.done:
        text = ngettext("%(count)d row was confirmed.", "%(count)d rows were confirmed.", result.done)
        messages.success(request, text % {"count": result.done})
    alike: dict[str, list[str]] = defaultdict(list)
    for row, why in result.refused:
        alike[why].append(f"{row.person} ({row.get_kind_display()})")
    for why, who in alike.items():
        messages.warning(request, f"{'; '.join(who)}: {why}")


def _close(
    request: HttpRequest, visit: Visit, keys: list[int], close: Callable[..., DueRow], told: str
) -> None:
    reason, count = request.POST.get("alasan", ""), 0
    for key in keys:
        try:
            close(key, visit.person, reason, visit.at)
            count += 1
        except Refused as refusal:
            messages.warning(request, str(refusal))
    if count:
        text = ngettext("%(count)d row %(told)s.", "%(count)d rows %(told)s.", count)
        messages.success(request, text % {"count": count, "told": told})
