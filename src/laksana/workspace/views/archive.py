"""The archive: berkas by how they stand, one of them, and the lists by which they leave."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laksana.archive import services as archive
from laksana.archive.services import DisposalList, Dossier, Standing
from laksana.cases import services as cases
from laksana.files.refusal import FileRefused
from laksana.files.serving import serve
from laksana.people.services import desk_titles
from laksana.signing import services as signing
from laksana.signing.services import NotSigned
from laksana.web.visits import Visit, VisitView, for_employees
from laksana.workspace.paging import page_number
from laksana.workspace.views.answers import refusals_answered
from laksana.workspace.views.office_form import answer, spec
from laksana.worktime.zone import local_day

PAGE = 50
LABELS: dict[Standing, str | Promise] = {
    Standing.ACTIVE: gettext_lazy("Active"),
    Standing.TRANSFER: gettext_lazy("Due for transfer"),
    Standing.INACTIVE: gettext_lazy("Inactive"),
    Standing.DESTROY: gettext_lazy("Due for destruction"),
    Standing.APPRAISE: gettext_lazy("To appraise"),
    Standing.PERMANENT: gettext_lazy("Permanent"),
    Standing.WAITING: gettext_lazy("Without dates"),
    Standing.HELD: gettext_lazy("Held"),
    Standing.GONE: gettext_lazy("No longer here"),
}
LISTED = {
    Standing.TRANSFER: DisposalList.Kind.TRANSFER,
    Standing.DESTROY: DisposalList.Kind.DESTRUCTION,
    Standing.PERMANENT: DisposalList.Kind.HANDOVER,
}
"""From which page a list of which kind is made."""


def for_archivists(view: VisitView[...]) -> Callable[..., HttpResponseBase]:
    """Let only those in who keep the archive or approve something of it."""

    @for_employees
    @wraps(view)
    def guarded(request: HttpRequest, visit: Visit, /, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not archive.sees(visit.person, visit.at):
            return render(request, "403.html", status=403)
        return view(request, visit, *args, **kwargs)

    return guarded


@require_safe
@for_archivists
def dossiers(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the berkas that stand in one way, filtered by code, words and year of closing."""
    standing, on, page = _standing(request), local_day(visit.at), page_number(request)
    code, words, year = (request.GET.get(name, "").strip() for name in ("kode", "q", "tahun"))
    rows = archive.found(archive.dossiers(standing, on), code, words, int(year) if _is_year(year) else None)
    shown = list(rows[(page - 1) * PAGE : page * PAGE + 1])
    kind = LISTED.get(standing)
    keeps = archive.keeps(visit.person, visit.at)
    choosable = keeps and kind is not None
    context = {
        "rows": shown[:PAGE],
        "more": len(shown) > PAGE,
        "page": page,
        "standing": standing,
        "tabs": [(each.standing, LABELS[each.standing], each.count) for each in archive.counts(on)],
        "label": LABELS[standing],
        "code": code,
        "words": words,
        "year": year,
        "kind": kind if choosable else None,
        "free": _free(kind, on, shown) if choosable and kind else set(),
    }
    return render(request, "workspace/archive.html", context)


def _standing(request: HttpRequest) -> Standing:
    try:
        return Standing(request.GET.get("keadaan", Standing.ACTIVE))
    except ValueError:
        raise Http404 from None


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isdecimal() and text.isascii()


def _free(kind: str, on: Any, shown: list[Dossier]) -> set[int]:
    """Return the keys of those shown that a list may take."""
    keys = [row.pk for row in shown]
    return set(archive.free(kind, on).filter(pk__in=keys).values_list("pk", flat=True))


@require_safe
@for_archivists
def dossier(request: HttpRequest, visit: Visit, key: int) -> HttpResponse:
    """Show a berkas: its retention, its holds, the lists it stands on."""
    row = get_object_or_404(Dossier.objects.select_related("case__sop"), pk=key)
    readable = cases.readable_by(visit.person, visit.at).filter(pk=row.case_id).exists()
    context = {
        "row": row,
        "held": row.holds.filter(lifted_at=None).first(),
        "holds": row.holds.select_related("by", "lifted_by"),
        "lines": row.lines.select_related("list"),
        "readable": readable,
        "here": row.custody in (Dossier.Custody.UNIT, Dossier.Custody.CENTRE),
        "appraisable": row.fate in (Dossier.Fate.APPRAISE, ""),
        "keeps": archive.keeps(visit.person, visit.at),
    }
    return render(request, "workspace/dossier.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_answered
@for_archivists
def hold(request: HttpRequest, visit: Visit, key: int) -> HttpResponse:
    """Ask why a berkas is held, and hold it."""
    return _with_reason(
        request, visit, key, archive.hold, _("Hold this case file"), _("The case file is held.")
    )


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_answered
@for_archivists
def lift(request: HttpRequest, visit: Visit, key: int) -> HttpResponse:
    """Ask why the hold of a berkas ends, and lift it."""
    return _with_reason(request, visit, key, archive.lift, _("Lift the hold"), _("The hold is lifted."))


def _with_reason(
    request: HttpRequest, visit: Visit, key: int, act: Callable[..., Any], heading: str, told: str
) -> HttpResponse:
    row = _kept(visit, key)

    def do(values: Mapping[str, Any]) -> str:
        act(row.pk, visit.person, values["reason"], visit.at)
        return told

    fields = {"reason": spec("longtext", _("Reason"), required=True, max_length=500)}
    return _ask(request, visit, _Asked.of_dossier(row, heading), fields, do)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_answered
@for_archivists
def condition(request: HttpRequest, visit: Visit, key: int) -> HttpResponse:
    """Ask on which day what the retention waits for has happened."""
    row = _kept(visit, key)

    def do(values: Mapping[str, Any]) -> str:
        archive.meet_condition(row.pk, visit.person, values["on"], visit.at)
        return _("The dates are counted.")

    fields = {"on": spec("date", _("Day"), required=True)}
    return _ask(
        request, visit, _Asked.of_dossier(row, _("What the retention waits for has happened")), fields, do
    )


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_answered
@for_archivists
def appraise(request: HttpRequest, visit: Visit, key: int) -> HttpResponse:
    """Ask what becomes of a berkas whose fate is open."""
    row = _kept(visit, key)

    def do(values: Mapping[str, Any]) -> str:
        archive.appraise(row.pk, visit.person, values["fate"], values["reason"], visit.at)
        return _("The fate is decided.")

    fates = (Dossier.Fate.DESTROY, Dossier.Fate.KEEP)
    fields = {
        "fate": spec(
            "choice", _("Fate"), choices={f.value: str(f.label).capitalize() for f in fates}, required=True
        ),
        "reason": spec("longtext", _("Reason"), required=True, max_length=500),
    }
    return _ask(request, visit, _Asked.of_dossier(row, _("Appraise this case file")), fields, do)


def _kept(visit: Visit, key: int) -> Dossier:
    if not archive.keeps(visit.person, visit.at):
        raise Http404
    return get_object_or_404(Dossier.objects.select_related("case__sop"), pk=key)


@dataclass(frozen=True)
class _Asked:
    """What a form asks about: its heading, what it is of, and the page it leads back to."""

    heading: str
    lead: str
    back: str

    @classmethod
    def of_dossier(cls, row: Dossier, heading: str) -> "_Asked":
        lead = f"{row.case.number}: {row.case.subject or row.case.sop.title}"
        if row.condition:
            lead += f" ({row.active})"
        return cls(heading, lead, reverse("workspace:dossier", args=[row.pk]))

    @classmethod
    def of_list(cls, listed: DisposalList, heading: str) -> "_Asked":
        lead = f"{listed.number}: {listed.get_kind_display()}"
        if listed.kind == DisposalList.Kind.DESTRUCTION:
            lead += ". " + _("What is destroyed cannot be brought back.")
        return cls(heading, lead, reverse("workspace:archive-list", args=[listed.pk]))


def _ask(
    request: HttpRequest,
    visit: Visit,
    asked: _Asked,
    fields: Mapping[str, Any],
    do: Callable[[Mapping[str, Any]], str],
) -> HttpResponse:
    return answer(
        request,
        visit,
        fields,
        do,
        heading=asked.heading,
        lead=asked.lead,
        submit_label=_("Record it"),
        back=asked.back,
    )


@require_safe
@for_archivists
def lists(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the lists, those that wait for this person first."""
    page = page_number(request)
    rows = list(DisposalList.objects.select_related("by")[(page - 1) * PAGE : page * PAGE + 1])
    proposed = DisposalList.objects.filter(state=DisposalList.State.PROPOSED).select_related("by")
    mine = [row for row in proposed if archive.may_decide(row, visit.person, visit.at)]
    unsigned = DisposalList.objects.filter(
        signatures__person=visit.person, signatures__signed_at=None
    ).distinct()
    context = {
        "rows": rows[:PAGE],
        "mine": mine,
        "unsigned": unsigned,
        "page": page,
        "more": len(rows) > PAGE,
    }
    return render(request, "workspace/archive_lists.html", context)


@require_POST
@refusals_answered
@for_archivists
def propose(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Make a list of the chosen berkas."""
    kind = request.POST.get("jenis", "")
    if kind not in DisposalList.Kind.values:
        raise Http404
    chosen = [int(key) for key in request.POST.getlist("berkas") if key.isdecimal() and len(key) < 18]
    try:
        made = archive.propose(kind, chosen, visit.person, visit.at)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        standing = next(each for each, of in LISTED.items() if of == kind)
        return redirect(reverse("workspace:archive") + f"?keadaan={standing}")
    count = made.lines.count()
    messages.success(
        request,
        ngettext(
            "List %(list)s of %(n)d case file is made.", "List %(list)s of %(n)d case files is made.", count
        )
        % {"list": made.number, "n": count},
    )
    return redirect("workspace:archive-list", made.pk)


@require_safe
@for_archivists
def one_list(request: HttpRequest, visit: Visit, key: int) -> HttpResponse:
    """Show a list with its berkas and what was said of it."""
    listed = get_object_or_404(DisposalList.objects.select_related("by", "done_by"), pk=key)
    approvals = list(listed.approvals.select_related("person"))
    titles = desk_titles(f"position:{each.position}" for each in approvals)
    context = {
        "listed": listed,
        "lines": listed.lines.all(),
        "approvals": [(each, titles[f"position:{each.position}"]) for each in approvals],
        "waiting": archive.next_approval(listed),
        "may_decide": archive.may_decide(listed, visit.person, visit.at),
        "signatures": listed.signatures.select_related("person"),
        "may_sign": archive.waiting_of(listed, visit.person) is not None
        or archive.may_scan(listed, visit.person, visit.at),
        "may_carry_out": listed.state == DisposalList.State.APPROVED
        and archive.keeps(visit.person, visit.at),
    }
    return render(request, "workspace/archive_list.html", context)


@require_safe
@for_archivists
def list_pdf(request: HttpRequest, visit: Visit, key: int) -> HttpResponseBase:  # noqa: ARG001
    """Give a list as PDF: as it stands, or the berita acara that was kept."""
    listed = get_object_or_404(DisposalList.objects.select_related("report"), pk=key)
    name = f"{listed.number.replace('/', '-')}.pdf"
    if listed.report is not None:
        return serve(listed.report, name)
    response = HttpResponse(archive.report_pdf(listed, visit.at), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_answered
@for_employees
def sign(request: HttpRequest, visit: Visit, key: int) -> HttpResponse:
    """Show the berita acara of a list to who signs it; a POST signs it, or keeps the scan of the one signed by hand."""
    listed = get_object_or_404(DisposalList, pk=key)
    mine, scans = archive.waiting_of(listed, visit.person), archive.may_scan(listed, visit.person, visit.at)
    if mine is None and not scans:
        raise Http404
    fault, scan = "", request.FILES.get("file")
    if request.method == "POST":
        try:
            if "scan" not in request.POST:
                archive.sign_report(key, visit.person, request.POST.get("passphrase", ""), visit.at)
            elif scan is not None:
                archive.keep_report_scan(key, visit.person, scan, visit.at)
            else:
                fault = _("Attach a file.")
        except (NotSigned, FileRefused) as refusal:
            fault = str(refusal)
        if not fault:
            messages.success(request, _("The signature is kept."))
            return redirect("workspace:archive-list", key)
    context = {
        "listed": listed,
        "mine": mine,
        "scans": scans,
        "fault": fault,
        "scanning": "scan" in request.POST,
        "port": signing.port_for(visit.person, visit.at),
    }
    return render(request, "workspace/archive_sign.html", context, status=422 if fault else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_answered
@for_archivists
def decide(request: HttpRequest, visit: Visit, key: int) -> HttpResponse:
    """Ask whether a person approves a list, and record it."""
    listed = get_object_or_404(DisposalList, pk=key)
    if not archive.may_decide(listed, visit.person, visit.at):
        raise Http404

    def do(values: Mapping[str, Any]) -> str:
        agreed = values["said"] == "setuju"
        archive.decide(listed.pk, visit.person, visit.at, agreed=agreed, note=values.get("note") or "")
        return _("Your approval is recorded.") if agreed else _("Your refusal is recorded.")

    choices = {"setuju": _("I approve"), "tolak": _("I do not approve")}
    fields = {
        "said": spec("choice", _("Decision"), choices=choices, required=True),
        "note": spec("longtext", _("Note"), max_length=500, help=_("Needed where you do not approve.")),
    }
    return _ask(request, visit, _Asked.of_list(listed, _("Approve or refuse")), fields, do)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_answered
@for_archivists
def carry_out(request: HttpRequest, visit: Visit, key: int) -> HttpResponse:
    """Ask for the letter that agrees, and carry a list out; its berita acara takes the next number."""
    listed = get_object_or_404(DisposalList, pk=key)
    if not archive.keeps(visit.person, visit.at):
        raise Http404

    def do(values: Mapping[str, Any]) -> str:
        done = archive.carry_out(listed.pk, visit.person, visit.at, consent=values.get("consent") or "")
        return _("The list is carried out and its berita acara %(number)s is made.") % {
            "number": done.report_number
        }

    fields: dict[str, Any] = {}
    if listed.kind != DisposalList.Kind.TRANSFER:
        fields["consent"] = spec(
            "text",
            _("Letter that agrees"),
            required=True,
            max_length=300,
            help=_("Number and date of the letter by which the mayor or the regional archives agreed."),
        )
    return _ask(request, visit, _Asked.of_list(listed, _("Carry the list out")), fields, do)
