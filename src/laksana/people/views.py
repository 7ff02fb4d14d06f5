"""The page with the accounts of the demonstration."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from laksana.people import demo, services
from laksana.people.demo import roll
from laksana.people.desks import Office, Title
from laksana.people.models import Absence, Account, Holding, Person
from laksana.worktime.zone import local_day


@dataclass(frozen=True)
class Note:
    """What is special about a person today: for whom he acts, or that he is away."""

    text: str
    away: bool = False


@dataclass(frozen=True)
class Row:
    """An account to try."""

    username: str
    name: str
    position: str
    unit: str
    tries: str
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class Section:
    """Accounts under one heading."""

    title: str
    rows: tuple[Row, ...]


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def demonstration(request: HttpRequest) -> HttpResponse:
    """List the accounts to try; a POST with one of their names signs in. Only on a demonstration."""
    if not settings.DEMO:
        raise Http404
    if request.method == "POST":
        return _sign_in(request, request.POST.get("username", ""))
    rows = list(_rows(timezone.now()))
    sections = [Section(_("Begin here"), tuple(row for row in rows if row.tries))]
    for unit in dict.fromkeys(row.unit for row in rows):
        others = tuple(row for row in rows if row.unit == unit and not row.tries)
        sections += [Section(unit, others)] if others else []
    context = {
        "sections": sections,
        "password": demo.PASSWORD,
        "passphrase": demo.PASSPHRASE if settings.SIGNATURE == "local" else "",
    }
    return render(request, "people/demonstration.html", context)


def _sign_in(request: HttpRequest, username: str) -> HttpResponse:
    # By the invented NIP as well: a real employee's account stays shut, should a real office ever be marked a
    # demonstration by mistake.
    nip = next((entry.nip for entry in roll.read().entries if entry.username == username), None)
    if nip is None:
        raise Http404
    account = get_object_or_404(Account, username=username, person__nip=nip)
    logout(request)
    response: HttpResponse = perform_login(request, account, email_verification="none")
    return response


def _rows(at: datetime) -> Iterable[Row]:
    office, day = services.office_on(at), local_day(at)
    away = dict(Absence.objects.filter(since__lte=day, until__gte=day).values_list("person", "reason"))
    people = {
        person.nip: person for person in Person.objects.filter(active=True).select_related("unit", "account")
    }
    for entry in roll.read().entries:
        if (person := people.get(entry.nip)) is None or person.account is None:
            continue
        yield Row(
            person.account.username,
            person.name,
            _position(person, office),
            person.unit.name,
            entry.tries,
            tuple(_notes(person, office, away.get(person.pk))),
        )


def _position(person: Person, office: Office) -> str:
    """Return the title of a person's own position today; "" where he has none."""
    held = (
        office.posts[s.post] for s in office.seats if s.person == person.pk and s.title is Title.DEFINITIVE
    )
    return next((post.title for post in held if not post.duty), "")


def _notes(person: Person, office: Office, away: str | None) -> Iterable[Note]:
    for seat in office.seats:
        if seat.person == person.pk and seat.title is not Title.DEFINITIVE:
            yield Note(f"{Holding.Kind(seat.title).label} {office.posts[seat.post].title}")
    if away is not None:
        yield Note(_("Away: %(reason)s") % {"reason": away}, away=True)
