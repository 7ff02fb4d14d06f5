"""Following a case by its code: where it is, what is asked, papers, and the receipt."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laksana.cases import services as cases
from laksana.cases.actions.submit import waits_for_applicant
from laksana.cases.errors import NotFound
from laksana.cases.models import Case, WorkItem
from laksana.documents.services import letterhead
from laksana.files.serving import serve
from laksana.jobs.services import enqueue
from laksana.library.told import rights_of
from laksana.portal import limits
from laksana.portal.addressee import addressee, choose
from laksana.portal.chain import links
from laksana.portal.filling import begin
from laksana.portal.following import followed, papers_of
from laksana.portal.receipt import address, qr, receipt_pdf
from laksana.portal.tasks import mail_code
from laksana.portal.tokens import case_followed, spaced, tracking_code
from laksana.portal.views.form import too_many
from laksana.web.visits import Visit, for_employees

CaseView = Callable[..., HttpResponseBase]


@require_safe
@never_cache
def look_up(request: HttpRequest) -> HttpResponse:
    """Ask for a code, and lead to its case."""
    typed = request.GET.get("kode", "").strip()[:60]
    if not typed:
        return render(request, "portal/look_up.html", {"office": letterhead()})
    at, whom = timezone.now(), limits.address_of(request)
    if limits.GUESS.is_spent(whom, at):
        return too_many(request)
    case = case_followed(typed)
    if case is not None:
        return redirect("track:case", spaced(tracking_code(case, at)))
    limits.GUESS.allows(whom, at)
    context = {
        "typed": typed,
        "error": _("We know no such code. Look at your receipt: 16 letters and digits, in four groups."),
        "office": letterhead(),
    }
    return render(request, "portal/look_up.html", context, status=404)


def _by_code(view: CaseView) -> CaseView:
    """Give the view the case of the code; there is nothing to be learnt from a code that is not one."""

    @never_cache
    @wraps(view)
    def opened(request: HttpRequest, code: str, **named: object) -> HttpResponseBase:
        at, whom = timezone.now(), limits.address_of(request)
        if limits.GUESS.is_spent(whom, at):
            return too_many(request)
        case = case_followed(code)
        if case is None:
            limits.GUESS.allows(whom, at)
            raise Http404
        return view(request, case, code, **named)

    return opened


@require_safe
@_by_code
def case(request: HttpRequest, case: Case, code: str) -> HttpResponse:
    """Show a case to its applicant."""
    at = timezone.now()
    seen = followed(case, code, at)
    chain = links(case, at)
    known = {link.case.pk for link in chain}
    context = {
        "told": seen,
        "chain": chain,
        "mine": next((link for link in chain if link.here), None),
        "others": [(o, spaced(tracking_code(o, at))) for o in seen.others if o.pk not in known],
        "sent": "terkirim" in request.GET,
        "mail_to": addressee(case),
        "office": letterhead(),
    }
    return render(request, "portal/case.html", context)


@require_safe
@_by_code
def receipt(request: HttpRequest, case: Case, code: str) -> HttpResponse:
    """Show the receipt."""
    context = {
        "told": followed(case, code, timezone.now()),
        "qr": qr(code),
        "address": address(code),
        "office": letterhead(),
    }
    return render(request, "portal/receipt.html", context)


@require_safe
@_by_code
def receipt_file(request: HttpRequest, case: Case, code: str) -> HttpResponse:  # noqa: ARG001  (a view gets them)
    """Give the receipt as PDF."""
    return _pdf(case)


@require_safe
@_by_code
def paper(request: HttpRequest, case: Case, code: str, key: int) -> HttpResponseBase:  # noqa: ARG001  (a view gets them)
    """Give a paper that the applicant may have."""
    row = papers_of(case).filter(pk=key).first()
    if row is None:
        raise Http404
    return serve(row.stored, row.name, download="unduh" in request.GET)


@require_POST
@_by_code
def answer(request: HttpRequest, case: Case, code: str, key: int) -> HttpResponse:
    """Begin the form of a step that waits for the applicant."""
    at = timezone.now()
    item = WorkItem.objects.filter(case=case, pk=key).first()
    if item is None or not waits_for_applicant(cases.definition(case), item):
        return redirect("track:case", code)
    if not limits.BEGIN.allows(limits.address_of(request), at):
        return too_many(request)
    return redirect("portal:form", begin(cases.definition(case), at, item))


@csrf_exempt  # the link alone is the right, and a mail program that stops these e-mails at one click sends no token
@require_http_methods(["GET", "HEAD", "POST"])
@_by_code
def mail(request: HttpRequest, case: Case, code: str) -> HttpResponse:
    """Show to which address e-mails about a case go; stop them, or let them go to another."""
    context = {"case": case, "code": code, "to": addressee(case), "office": letterhead()}
    if request.method != "POST":
        return render(request, "portal/mail_choice.html", {**context, "kept": "tersimpan" in request.GET})
    at, typed = timezone.now(), request.POST.get("surel", "").strip()[:254]
    stops = "berhenti" in request.POST or "List-Unsubscribe" in request.POST
    if not stops and not limits.ADDRESS.allows(limits.address_of(request), at):
        return too_many(request)
    try:
        if not stops:
            validate_email(typed)
        choose(case, "" if stops else typed, get_language() or settings.LANGUAGE_CODE, at)
    except ValidationError:
        wrong = {"typed": typed, "error": _("This is no e-mail address. An example: nama@contoh.id")}
        return render(request, "portal/mail_choice.html", {**context, **wrong}, status=422)
    return redirect(reverse("track:mail", args=[code]) + "?tersimpan")


@require_POST
@_by_code
def use_right(request: HttpRequest, case: Case, code: str, right: str) -> HttpResponse:
    """Begin the form by which the applicant uses a right, filled in from his case: holding its code shows that it is his."""
    at = timezone.now()
    found = next((each for each in rights_of(case, at) if each.id == right), None)
    if found is None:
        return redirect("track:case", code)
    if not limits.BEGIN.allows(limits.address_of(request), at):
        return too_many(request)
    procedure = cases.definition_in_force(found.form, at)
    return redirect("portal:form", begin(procedure, at, origin=case, values=found.values))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def send_code(request: HttpRequest) -> HttpResponse:
    """Send the tracking code again to the e-mail address in the case; the answer is the same whether there is one or not."""
    context: dict[str, object] = {"office": letterhead()}
    if request.method != "POST":
        return render(request, "portal/send_code.html", context)
    at, whom = timezone.now(), limits.address_of(request)
    number, email = request.POST.get("nomor", "").strip()[:60], request.POST.get("surel", "").strip()[:200]
    if not (number and "@" in email):
        context |= {
            "number": number,
            "email": email,
            "error": _("Fill in the number and the e-mail address."),
        }
        return render(request, "portal/send_code.html", context, status=422)
    if not limits.RESEND.allows(whom, at):
        return too_many(request)
    enqueue(mail_code, number=number, email=email)
    return render(request, "portal/send_code.html", {**context, "ordered": True})


@require_safe
@for_employees
def counter_receipt(request: HttpRequest, visit: Visit, number: str) -> HttpResponse:  # noqa: ARG001  (a view gets the request)
    """Give an officer at the counter the receipt of a case that he sees and somebody outside began."""
    try:
        view = cases.case_view(number, visit.person, visit.at)
    except NotFound:
        raise Http404 from None
    if (
        not view.content
        or not view.procedure.begins_outside
        or not (view.takes_part or _recorded(view.case, visit))
    ):
        raise Http404
    return _pdf(view.case)


def _recorded(case: Case, visit: Visit) -> bool:
    """Return whether this officer had work in the case: whoever may merely read it does not get its code."""
    return case.initiator_id == visit.person.pk or case.work_items.filter(done_by=visit.person).exists()


def _pdf(case: Case) -> HttpResponse:
    response = HttpResponse(receipt_pdf(case, timezone.now()), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="Tanda-terima-{case.number.replace("/", "-")}.pdf"'
    return response
