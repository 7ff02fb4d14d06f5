"""Signing: the list of what waits for one's signature, one paper to look at and sign, and the control sheet of a draft."""

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laksana.cases import services as cases
from laksana.cases.errors import NotFound, NotYours, Refused
from laksana.cases.services import CaseView
from laksana.files.services import FileRefused
from laksana.files.serving import serve
from laksana.files.upload import too_large
from laksana.signing import services as signing
from laksana.signing.services import Signature
from laksana.web.visits import Visit, for_employees
from laksana.workspace.views.answers import refusals_answered, tell

_MOST = 50
"""So many papers are signed in one go at most: each takes a moment, and the browser waits."""


@sensitive_post_parameters("passphrase")
@require_http_methods(["GET", "HEAD", "POST"])
@refusals_answered
@for_employees
def signatures(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show what waits for this person's signature; a POST signs those chosen in one go."""
    if request.method == "POST":
        _sign_chosen(request, visit)
        return redirect("workspace:signatures")
    context = {
        "waiting": signing.waiting_for(visit.person, visit.at),
        "port": signing.port_for(visit.person, visit.at),
        "electronic": signing.electronic(),
    }
    return render(request, "workspace/signatures.html", context)


@sensitive_post_parameters("passphrase")
@require_http_methods(["GET", "HEAD", "POST"])
@refusals_answered
@for_employees
def signature(request: HttpRequest, visit: Visit, key: int) -> HttpResponse:
    """Show one paper that waits for this person's signature; a POST signs it, or keeps the scan of the one signed by hand."""
    found = _one(visit, key)
    if found.signed_at is not None:
        return redirect("workspace:case", found.paper.case.number)
    fault = _given(request, visit, found) if request.method == "POST" else ""
    if request.method == "POST" and not fault:
        return redirect("workspace:case", found.paper.case.number)
    context = {
        "waits": signing.waiting(found),
        "port": signing.port_for(visit.person, visit.at),
        "fault": fault,
        "scanning": "scan" in request.POST,
    }
    return render(request, "workspace/signature.html", context, status=422 if fault else 200)


@require_safe
@refusals_answered
@for_employees
def paper(request: HttpRequest, visit: Visit, key: int) -> HttpResponseBase:  # noqa: ARG001
    """Give the version of a paper that would be signed, to the one who signs it."""
    version = signing.version_to_sign(_one(visit, key))
    if version is None:
        raise Http404
    return serve(version.stored, version.name)


@require_POST
@refusals_answered
@for_employees
def ink(request: HttpRequest, visit: Visit, number: str, paper: int) -> HttpResponse:  # noqa: ARG001
    """Let a paper that this person signed by hand wait for its scan."""
    view = _view(visit, number)
    asked = signing.ask_for_ink(view.case.pk, paper, visit.person, visit.at)
    return redirect("workspace:signature", asked.pk)


@require_safe
@refusals_answered
@for_employees
def control(request: HttpRequest, visit: Visit, number: str) -> HttpResponse:
    """Show who gave his paraf on a case's draft or returned it, and what each version changed."""
    view = _view(visit, number)
    context = {"view": view, "case": view.case, "sheet": signing.control_sheet(view.case, view.procedure)}
    return render(request, "workspace/control_sheet.html", context)


@require_safe
@refusals_answered
@for_employees
def control_pdf(request: HttpRequest, visit: Visit, number: str) -> HttpResponse:  # noqa: ARG001
    """Give the control sheet as PDF."""
    view = _view(visit, number)
    content = signing.control_sheet_pdf(view.case, view.procedure, visit.at)
    response = HttpResponse(content, content_type="application/pdf")
    name = view.case.number.replace("/", "-")
    response["Content-Disposition"] = f'attachment; filename="Lembar Kendali {name}.pdf"'
    return response


def _view(visit: Visit, number: str) -> CaseView:
    """Return a case whose content and files this person may see. Raises NotFound, NotYours."""
    view = cases.case_view(number, visit.person, visit.at)
    if not (view.content and view.files):
        raise NotYours(_("The content of this case is not for you."))
    return view


def _one(visit: Visit, key: int) -> Signature:
    """Return a signature that waits for this person, or that he gave. Raises NotFound."""
    waiting = signing.waiting_rows(visit.person, visit.at).filter(pk=key).first()
    given = Signature.objects.filter(pk=key, by=visit.person).select_related("paper__case").first()
    if (found := waiting or given) is None:
        raise NotFound("no such paper waits for your signature")
    return found


def _sign_chosen(request: HttpRequest, visit: Visit) -> None:
    mine = set(signing.waiting_rows(visit.person, visit.at).values_list("pk", flat=True))
    chosen = [int(key) for key in request.POST.getlist("key") if key.isdecimal() and int(key) in mine]
    if not chosen:
        messages.error(request, _("Choose the papers to sign."))
        return
    given = signing.sign_all(chosen[:_MOST], visit.person, request.POST.get("passphrase", ""), visit.at)
    done = sum(1 for each in given if not each.refusal)
    for why in dict.fromkeys(each.refusal for each in given if each.refusal):
        messages.error(request, why)
    if done:
        told = ngettext("%(n)s paper signed.", "%(n)s papers signed.", done)
        messages.success(request, told % {"n": done})


def _given(request: HttpRequest, visit: Visit, waits: Signature) -> str:
    """Sign, or keep the scan; return what is wrong, "" when all went well."""
    try:
        if "scan" in request.POST:
            _keep_scan(request, visit, waits)
        else:
            signing.sign(waits.pk, visit.person, request.POST.get("passphrase", ""), visit.at)
    except (signing.NotSigned, FileRefused) as refusal:
        return str(refusal)
    except Refused as refusal:
        tell(request, refusal)
        return ""
    messages.success(request, _("“%(paper)s” is signed.") % {"paper": waits.paper.title})
    return ""


def _keep_scan(request: HttpRequest, visit: Visit, waits: Signature) -> None:
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        raise FileRefused(
            _("This file is larger than the office takes.")
            if too_large(request)
            else _("Choose the scan of the signed paper.")
        )
    signing.keep_scan(waits.pk, visit.person, file, str(file.name), visit.at)
