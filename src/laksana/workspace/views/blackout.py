"""Preparing the files of an answer: blacking out parts of them, and the second person who releases them."""

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from laksana.cases import services as cases
from laksana.cases.errors import Invalid, NotFound, NotYours, Refused
from laksana.cases.models import Case
from laksana.disclosure import services as disclosure
from laksana.disclosure.services import WHOLE, Box, Release, Standing
from laksana.files import previews
from laksana.web.visits import Visit, for_employees
from laksana.workspace.views.answers import refusals_answered, tell

_SIDES = ("left", "top", "width", "height")
_HUNDREDTHS = WHOLE // 100
"""Parts of a page in one percent of it."""


@require_safe
@refusals_answered
@for_employees
def files(request: HttpRequest, visit: Visit, number: str) -> HttpResponse:
    """Show the files of an answer, and what is decided of each."""
    case = _case(visit, number)
    found = disclosure.standing(case)
    context = {"case": case, "files": found, "undecided": [each for each in found if not each.approved]}
    return render(request, "workspace/releases.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_answered
@for_employees
def file(request: HttpRequest, visit: Visit, number: str, key: int) -> HttpResponse:
    """Show a file page by page with what is marked, and do what is asked with it."""
    case = _case(visit, number)
    disclosure.release_of(case, key)
    if request.method != "POST":
        return _shown(request, visit, case, key)
    doing = _DOING.get(request.POST.get("do", ""))
    if doing is None:
        raise NotFound("there is nothing like that to do")
    try:
        told = doing(request, visit, case, key)
    except Invalid as refusal:
        return _shown(request, visit, case, key, refusal.errors, 422)
    except NotYours:
        raise
    except Refused as refusal:
        tell(request, refusal)
        return _shown(request, visit, case, key, status=409)
    messages.success(request, told)
    return redirect(
        f"{reverse('workspace:release-file', args=[case.number, key])}?halaman={_page(request.POST)}"
    )


def _case(visit: Visit, number: str) -> Case:
    """Return a case whose files this person may open and that gives files. Raises NotFound, NotYours."""
    view = cases.case_view(number, visit.person, visit.at)
    if disclosure.given_by(view.case.procedure) is None:
        raise NotFound("this procedure gives no files")
    if not (view.content and view.files):
        raise NotYours(_("The content of this case is not for you."))
    return view.case


def _shown(
    request: HttpRequest,
    visit: Visit,
    case: Case,
    key: int,
    errors: Mapping[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    each = disclosure.release_of(case, key)
    typed = request.POST if request.method == "POST" else request.GET
    release, draft = each.release, each.release.state == Release.State.DRAFT
    seen = release.product if release.product and typed.get("lihat") != "asli" else each.file
    count = _pages(each)
    page = min(max(_page(typed), 1), max(count, 1))
    given = disclosure.given_by(case.procedure)
    marks = list(release.marks.all()) if release.pk else []
    words = given.grounds() if given else {}
    context = {
        "case": case,
        "each": each,
        "release": release,
        "seen": seen,
        "result": seen is not each.file,
        "page": page,
        "count": count,
        "pages": range(1, count + 1),
        "here": [mark for mark in marks if mark.page == page],
        "marks": [(mark, words.get(mark.ground, mark.ground)) for mark in marks],
        "grounds": words.items(),
        "handlings": Release.Handling.choices,
        "may_prepare": draft and disclosure.may_prepare(visit.person, case, visit.at),
        "may_reopen": not draft and disclosure.may_prepare(visit.person, case, visit.at),
        "may_approve": release.state == Release.State.HANDED_IN
        and disclosure.may_approve(visit.person, release, visit.at),
        "waits": release.state == Release.State.HANDED_IN
        and release.handling == Release.Handling.BLACKED_OUT
        and release.product is None,
        "typed": typed,
        "errors": errors or {},
    }
    return render(request, "workspace/release.html", context, status=status)


def _pages(each: Standing) -> int:
    try:
        return previews.pages(each.file.stored)
    except (previews.NoPreviewError, FileNotFoundError):
        return 0


def _page(given: Mapping[str, Any]) -> int:
    text = str(given.get("halaman", ""))
    return int(text) if text.isdecimal() and len(text) < 6 else 1


def _mark_place(request: HttpRequest, visit: Visit, case: Case, key: int) -> str:
    return _marked(request, visit, case, key, [_box(request.POST)])


def _mark_words(request: HttpRequest, visit: Visit, case: Case, key: int) -> str:
    words = request.POST.get("kata", "").strip()[:200]
    if not words:
        raise Invalid({"kata": _("Write the words that are to be blacked out.")})
    each = disclosure.release_of(case, key)
    found = disclosure.find_words(each.file, words)
    if not found:
        told = _(
            "These words were not found in the text of the file. A scan has no text: mark the place on the page."
        )
        raise Invalid({"kata": told})
    return _marked(request, visit, case, key, found)


def _marked(request: HttpRequest, visit: Visit, case: Case, key: int, boxes: list[Box]) -> str:
    count = disclosure.mark(
        case,
        key,
        boxes,
        visit.person,
        visit.at,
        part=request.POST.get("part", ""),
        ground=request.POST.get("ground", ""),
        reason=request.POST.get("reason", ""),
    )
    pages = ", ".join(str(page) for page in sorted({box.page for box in boxes}))
    told = ngettext(
        "%(n)s place marked, on page %(pages)s.", "%(n)s places marked, on pages %(pages)s.", count
    )
    return told % {"n": count, "pages": pages}


def _box(given: Mapping[str, str]) -> Box:
    """Return the place given in percent of the page. Raises Invalid."""
    numbers, faults = {}, {}
    for side in _SIDES:
        percent = _percent(given.get(side, ""))
        if percent is None:
            faults[side] = _("A number from 0 to 100.")
        else:
            numbers[side] = int(percent * _HUNDREDTHS)
    if faults:
        raise Invalid(faults)
    width = min(numbers["width"], WHOLE - numbers["left"])
    height = min(numbers["height"], WHOLE - numbers["top"])
    return Box(_page(given), numbers["left"], numbers["top"], width, height)


def _percent(text: str) -> Decimal | None:
    """Return a number from 0 to 100, with a comma or a point; None for anything else."""
    try:
        number = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() and 0 <= number <= 100 else None


def _unmark(request: HttpRequest, visit: Visit, case: Case, key: int) -> str:
    chosen = request.POST.get("mark", "")
    disclosure.unmark(case, key, int(chosen) if chosen.isdecimal() else 0, visit.person, visit.at)
    return _("The mark is taken away.")


def _hand_in(request: HttpRequest, visit: Visit, case: Case, key: int) -> str:
    handling, why = request.POST.get("handling", ""), request.POST.get("why", "")
    disclosure.hand_in(case, key, handling, why, visit.person, visit.at)
    return _("Handed in. A second person now looks at it.")


def _approve(request: HttpRequest, visit: Visit, case: Case, key: int) -> str:  # noqa: ARG001
    disclosure.approve(case, key, visit.person, visit.at)
    return _("Approved.")


def _give_back(request: HttpRequest, visit: Visit, case: Case, key: int) -> str:
    disclosure.give_back(case, key, request.POST.get("note", ""), visit.person, visit.at)
    return _("Given back.")


def _again(request: HttpRequest, visit: Visit, case: Case, key: int) -> str:  # noqa: ARG001
    disclosure.open_again(case, key, visit.person, visit.at)
    return _("The file can be changed again. Its approval no longer counts.")


_DOING: dict[str, Callable[[HttpRequest, Visit, Case, int], str]] = {
    "mark": _mark_place,
    "words": _mark_words,
    "unmark": _unmark,
    "hand-in": _hand_in,
    "approve": _approve,
    "give-back": _give_back,
    "again": _again,
}
