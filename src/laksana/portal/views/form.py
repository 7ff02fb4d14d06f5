"""Forms without an account: one thing on a page, answers checked at the end, gone on with by a link."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laksana.cases.errors import AlreadyDone, Invalid, Refused
from laksana.documents.services import letterhead, worded_moment
from laksana.portal import limits, robots
from laksana.portal.asking import Page
from laksana.portal.filling import Filling, begin, filling, found
from laksana.portal.personal import personal
from laksana.portal.tokens import case_followed, spaced, tracking_code
from laksana.portal.views.home import offered_service
from laksana.web.forms.reading import Sent
from laksana.web.forms.step_form import as_text
from laksana.web.values import Shown, shown_values

FormView = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Answer:
    """A page with what was answered on it, for checking."""

    page: Page
    shown: list[Shown]
    faults: list[str]
    said: str = ""


@require_POST
@never_cache
def start(request: HttpRequest, procedure: str) -> HttpResponse:
    """Begin a form and lead to its first page."""
    at = timezone.now()
    shown, text = offered_service(procedure)
    if not text.online:
        raise Http404
    if text.follows and "tanpa" not in request.POST:
        return redirect("portal:origin", procedure)
    if not limits.BEGIN.allows(limits.address_of(request), at):
        return too_many(request)
    return redirect("portal:form", begin(shown, at))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def origin(request: HttpRequest, procedure: str) -> HttpResponse:
    """Ask for the tracking code of the case that the service turns on, and lead to that case's page, where the form begins.

    The number of a case opens nothing: many know it.
    """
    shown, text = offered_service(procedure)
    if not text.online or text.follows is None:
        raise Http404
    context = {"procedure": shown, "text": text, "follows": text.follows, "office": letterhead()}
    if request.method != "POST":
        return render(request, "portal/origin.html", context)
    at, whom = timezone.now(), limits.address_of(request)
    if limits.GUESS.is_spent(whom, at):
        return too_many(request)
    typed = request.POST.get("kode", "").strip()[:60]
    case = case_followed(typed)
    if case is None or case.procedure != text.follows.procedure:
        limits.GUESS.allows(whom, at)
        error = _(
            "This is not the tracking code of such a request. Look at its receipt: 16 letters and digits."
        )
        return render(request, "portal/origin.html", {**context, "typed": typed, "error": error}, status=422)
    return redirect(reverse("track:case", args=[spaced(tracking_code(case, at))]) + "#hak")


def _for_holders(view: FormView) -> FormView:
    """Give the view the form of the link. A link that was never given out cannot be told from one that is over."""

    @never_cache
    @wraps(view)
    def opened(request: HttpRequest, token: str, **named: str) -> HttpResponse:
        at = timezone.now()
        address = limits.address_of(request)
        if limits.GUESS.is_spent(address, at):
            return too_many(request)
        row = found(token, at)
        if row is None:
            limits.GUESS.allows(address, at)
            return render(request, "portal/gone.html", {"office": letterhead()}, status=404)
        if row.case is not None:
            code = spaced(tracking_code(row.case, at))
            return redirect("track:case" if row.work_item_id else "track:receipt", code)
        form = filling(row, token, at)
        if form is None:
            return render(request, "portal/gone.html", {"office": letterhead()}, status=410)
        return view(request, form, **named)

    return opened


@require_safe
@_for_holders
def first(request: HttpRequest, form: Filling) -> HttpResponse:  # noqa: ARG001  (a view gets the request)
    """Lead to the first page that is not rightly answered; when all are, to checking."""
    pages = form.asked.pages
    wanting = next((p for p in pages if form.errors(p) or not _is_begun(form, p)), None)
    return (
        redirect("portal:page", form.token, wanting.slug) if wanting else redirect("portal:check", form.token)
    )


def _is_begun(form: Filling, page: Page) -> bool:
    return page.decides or any(name in form.submission.raw for name in page.names)


@require_http_methods(["GET", "HEAD", "POST"])
@_for_holders
def page(request: HttpRequest, form: Filling, slug: str) -> HttpResponse:
    """Ask one thing; keep what is sent, and go on when it is right."""
    shown = form.asked.page(slug)
    if shown is None:
        return redirect("portal:form", form.token)
    if request.method != "POST":
        return _page(request, form, shown)
    if request.FILES and not limits.UPLOAD.allows(limits.address_of(request), form.situation.at):
        return too_many(request)
    return _keep(request, form, shown)


def _keep(request: HttpRequest, form: Filling, shown: Page) -> HttpResponse:
    sent = form.read(request, shown)
    if (
        not sent.final or request.headers.get("HX-Request") == "true"
    ):  # a file that is sent as soon as it is chosen
        status = 422 if sent.refused else 200
        return _page(request, form, shown, sent=sent, errors=sent.refused, status=status)
    if "_nanti" in request.POST:
        return redirect("portal:later", form.token)
    if errors := form.errors(shown):
        return _page(request, form, shown, errors=errors, status=422)
    following = _following(form, shown, checking="periksa" in request.GET)
    return (
        redirect("portal:page", form.token, following.slug)
        if following
        else redirect("portal:check", form.token)
    )


def _following(form: Filling, shown: Page, *, checking: bool) -> Page | None:
    """Return the page that comes next; when only one answer is changed, the first that this made wrong."""
    if checking:
        return next((each for each in form.asked.pages if form.errors(each)), None)
    return form.asked.after(shown.slug)


def _page(
    request: HttpRequest,
    form: Filling,
    shown: Page,
    *,
    errors: Mapping[str, object] | None = None,
    sent: Sent | None = None,
    status: int = 200,
) -> HttpResponse:
    pages = form.asked.pages
    before = form.asked.before(shown.slug)
    context = {
        **_about(form),
        "page": shown,
        "form": form.form(shown, errors, sent),
        "place": pages.index(shown) + 1 if shown in pages else 1,
        "pages": len(pages),
        "before": reverse("portal:page", args=[form.token, before.slug]) if before else "",
        "refresh_url": request.get_full_path(),
        "alone": len(shown.names) <= 1,
    }
    if request.headers.get("HX-Request") == "true":
        return render(request, "portal/parts/fields.html", context)
    return render(request, "portal/page.html", context, status=status)


def _about(form: Filling) -> dict[str, object]:
    row = form.submission
    return {
        "filling": form, "text": form.text, "procedure": form.procedure, "token": form.token, "office": letterhead(),
        "answering": row.work_item is not None, "step": form.situation.step, "expires": row.expires_at,
    }  # fmt: skip


@require_safe
@_for_holders
def later(request: HttpRequest, form: Filling) -> HttpResponse:
    """Show the link by which the form is gone on with."""
    link = settings.BASE_URL.rstrip("/") + reverse("portal:form", args=[form.token])
    return render(request, "portal/later.html", {**_about(form), "link": link})


@require_http_methods(["GET", "HEAD", "POST"])
@_for_holders
def check(request: HttpRequest, form: Filling) -> HttpResponse:
    """Show all answers, and send them."""
    if request.method != "POST":
        return _check(request, form)
    return _held_back(request, form) or _send(request, form)


def _held_back(request: HttpRequest, form: Filling) -> HttpResponse | None:
    """Return the answer to what may be a robot, or comes too often. Whoever answers by a code has shown himself already."""
    at = form.situation.at
    if form.submission.work_item_id is not None:
        return None if limits.SEND.allows(limits.address_of(request), at) else too_many(request)
    if not robots.within_limits(request, at) or not limits.SERVICE.allows(form.procedure.id, at):
        return too_many(request)
    if robots.is_person(request, at):
        return None
    return _check(
        request, form, {"jawaban": _("This is not the answer. Here is a new question.")}, status=422
    )


def _send(request: HttpRequest, form: Filling) -> HttpResponse:
    try:
        case = form.send(_evidence(form))
    except Invalid as refusal:
        return _check(request, form, {n: as_text(why) for n, why in refusal.errors.items()}, status=422)
    except AlreadyDone:
        return render(request, "portal/gone.html", {"office": letterhead()}, status=410)
    except Refused as refusal:
        return _check(request, form, {"": str(refusal)}, status=422)
    code = spaced(tracking_code(case, form.situation.at))
    if form.submission.work_item_id is not None:
        return redirect(reverse("track:case", args=[code]) + "?terkirim=1")
    return redirect("track:receipt", code)


def _evidence(form: Filling) -> str:
    origin = form.submission.origin
    with translation.override(settings.LANGUAGE_CODE):
        told = _("Sent through the public's pages, form no. %(number)s, on %(when)s") % {
            "number": form.submission.pk,
            "when": worded_moment(form.situation.at),
        }
        if origin is None:
            return told
        held = _("begun with the tracking code of %(case)s") % {"case": origin.number}
        return f"{told}; {held}"


def _check(
    request: HttpRequest, form: Filling, refused: dict[str, str] | None = None, status: int = 200
) -> HttpResponse:
    values, refused = form.values, refused or {}
    answers = []
    for each in form.asked.pages:
        faults = {n: as_text(why) for n, why in form.errors(each).items()}
        faults |= {n: why for n, why in refused.items() if form.asked.page_of(n) == each}
        specs = {name: form.procedure.fields[name] for name in each.names}
        shown = shown_values(specs, {name: values.get(name) for name in each.names})
        answers.append(
            Answer(each, shown, list(faults.values()), form.asked.outcome or "" if each.decides else "")
        )
    known = {name for name in refused if form.asked.page_of(name) is not None}
    context = {
        **_about(form),
        "answers": answers,
        "question_error": refused.get("jawaban", ""),
        "refused": [why for name, why in refused.items() if name not in known and name != "jawaban"],
        "wanting": any(each.faults for each in answers),
        "challenge": None if form.submission.work_item_id else robots.challenge(form.situation.at),
        "personal": personal(form.procedure),
    }
    return render(request, "portal/check.html", context, status=status)


def too_many(request: HttpRequest) -> HttpResponse:
    """Say that there was too much from one place, and what to do."""
    return render(request, "portal/too_many.html", {"office": letterhead()}, status=429)
