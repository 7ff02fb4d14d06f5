"""Accounts: who has one, how he signs in, and what an administrator changes of it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laksana.people import accounts as keeping
from laksana.people.models import Account, OfficeChange, Person
from laksana.web.visits import Visit, for_administrators
from laksana.workspace.paging import page_number
from laksana.workspace.views.administration.rights_of import rights_of
from laksana.workspace.views.office_form import answer, spec

PER_PAGE = 50
_CHANGES_SHOWN = 10
_ABOUT = (OfficeChange.About.ACCOUNT, OfficeChange.About.RIGHT)


def _standings() -> dict[str, tuple[str, Q]]:
    """Return what the list can be narrowed to: key -> label and condition."""
    return {
        "": (_("All accounts"), Q()),
        "ditutup": (_("Closed"), Q(is_active=False)),
        "administrator": (_("Look after the system"), Q(is_staff=True)),
        "tanpa-faktor": (_("Without a second factor"), Q(protected=False)),
        "tanpa-pegawai": (_("Nobody's"), Q(person=None)),
    }


@require_safe
@for_administrators
def accounts(request: HttpRequest, visit: Visit) -> HttpResponse:  # noqa: ARG001  (a view gets the visit)
    """Show the accounts, found by name, user name, e-mail address or NIP, and the employees who have none."""
    words, standings = request.GET.get("q", "").strip()[:200], _standings()
    chosen = request.GET.get("keadaan", "")
    _label, condition = standings.get(chosen, standings[""])
    page = page_number(request)
    found = _known().filter(condition & _named(words)).order_by("person__name", "username")
    shown = list(found[(page - 1) * PER_PAGE : page * PER_PAGE + 1])
    context = {
        "rows": shown[:PER_PAGE],
        "page": page,
        "more": len(shown) > PER_PAGE,
        "words": words,
        "chosen": chosen,
        "standings": [(key, label) for key, (label, _condition) in standings.items()],
        "without": Person.objects.filter(active=True, account=None).select_related("unit"),
        "changes": OfficeChange.objects.filter(about__in=_ABOUT).select_related("by")[:_CHANGES_SHOWN],
    }
    return render(request, "workspace/administration/accounts.html", context)


def _known() -> QuerySet[Account]:
    factors = Authenticator.objects.filter(user=OuterRef("pk")).exclude(
        type=Authenticator.Type.RECOVERY_CODES
    )
    return Account.objects.annotate(protected=Exists(factors)).select_related("person__unit")


def _named(words: str) -> Q:
    found = Q()
    for column in ("username", "email", "person__name", "person__nip") if words else ():
        found |= Q(**{f"{column}__icontains": words})
    return found


@require_safe
@for_administrators
def account(request: HttpRequest, visit: Visit, key: int) -> HttpResponse:
    """Show an account: whose it is, how he signs in, what he may do today, and what was changed of it."""
    return _page(request, visit, get_object_or_404(_known(), pk=key))


def _page(request: HttpRequest, visit: Visit, shown: Account, **more: Any) -> HttpResponse:
    person = keeping.holder_of(shown)
    factors = Authenticator.objects.filter(user=shown).order_by("type")
    context = {
        "shown": shown,
        "holder": person,
        "own": visit.person.account_id == shown.pk,
        "factors": [(factor.get_type_display(), factor.last_used_at) for factor in factors],
        "rights": rights_of(person, visit.at) if person is not None else [],
        "changes": OfficeChange.objects.filter(
            about__in=_ABOUT, what__contains=shown.get_username()
        ).select_related("by")[:_CHANGES_SHOWN],
    }
    return render(request, "workspace/administration/account.html", {**context, **more})


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def add(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Ask for an employee and make his account."""

    def do(values: Mapping[str, Any]) -> str:
        person = Person.objects.get(pk=values["person"])
        made = keeping.create(visit.person, visit.at, person, values["username"], values.get("email") or "")
        return _(
            "Account %(account)s is made. Now give its holder the link with which he sets a password."
        ) % {"account": made}

    fields = {
        "person": spec("person", _("Employee"), required=True),
        "username": spec(
            "text",
            _("User name"),
            required=True,
            max_length=150,
            help=_("Letters, digits and @ . + - _ only."),
        ),
        "email": spec(
            "email", _("E-mail address"), help=_("To it go the link for the password, and notices.")
        ),
    }
    return answer(
        request,
        visit,
        fields,
        do,
        heading=_("Make an account"),
        lead=_("What its holder may do follows from his positions, not from the account."),
        submit_label=_("Make it"),
        back=reverse("workspace:accounts"),
        opening={"person": request.GET.get("pegawai", "")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def link(request: HttpRequest, visit: Visit, key: int) -> HttpResponse:
    """Ask for the employee whose account it is to be."""
    shown = get_object_or_404(Account, pk=key)

    def do(values: Mapping[str, Any]) -> str:
        person = Person.objects.get(pk=values["person"])
        keeping.link(visit.person, visit.at, shown, person)
        return _("It is the account of %(person)s now.") % {"person": person}

    return answer(
        request,
        visit,
        {"person": spec("person", _("Employee"), required=True)},
        do,
        heading=_("Give the account to an employee"),
        lead=shown.get_username(),
        submit_label=_("Keep"),
        back=reverse("workspace:account", args=[key]),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def email(request: HttpRequest, visit: Visit, key: int) -> HttpResponse:
    """Ask for another e-mail address of an account."""
    shown = get_object_or_404(Account, pk=key)

    def do(values: Mapping[str, Any]) -> str:
        keeping.set_email(visit.person, visit.at, shown, values.get("email") or "")
        return _("The e-mail address is kept.")

    return answer(
        request,
        visit,
        {"email": spec("email", _("E-mail address"))},
        do,
        heading=_("E-mail address of an account"),
        lead=shown.get_username(),
        submit_label=_("Keep"),
        back=reverse("workspace:account", args=[key]),
        opening={"email": shown.email},
    )


@require_POST
@for_administrators
def change(request: HttpRequest, visit: Visit, key: int) -> HttpResponseBase:
    """Close or open an account, take it from its employee, take away its second factor, give or take administration."""
    shown = get_object_or_404(Account, pk=key)
    act = _acts(visit.person, visit.at, shown).get(request.POST.get("what", ""))
    try:
        if act is not None:
            act()
            messages.success(request, _("The change is kept."))
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect("workspace:account", key)


def _acts(by: Person, at: datetime, shown: Account) -> dict[str, Callable[[], None]]:
    return {
        "tutup": lambda: keeping.set_active(by, at, shown, active=False),
        "buka": lambda: keeping.set_active(by, at, shown, active=True),
        "lepas": lambda: keeping.unlink(by, at, shown),
        "faktor": lambda: keeping.forget_second_factor(by, at, shown),
        "jadikan-administrator": lambda: keeping.set_administrator(by, at, shown, administrator=True),
        "cabut-administrator": lambda: keeping.set_administrator(by, at, shown, administrator=False),
    }


@never_cache
@require_POST
@for_administrators
def password_link(request: HttpRequest, visit: Visit, key: int) -> HttpResponse:
    """Make the link by which an account's password is set: mailed to its address, or shown once to be handed over."""
    shown = get_object_or_404(_known(), pk=key)
    try:
        url = keeping.order_link(visit.person, visit.at, shown)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect("workspace:account", key)
    if keeping.mail_link(shown, url):
        messages.success(request, _("The link is on its way to %(email)s.") % {"email": shown.email})
        return redirect("workspace:account", key)
    return _page(request, visit, shown, link=url)
