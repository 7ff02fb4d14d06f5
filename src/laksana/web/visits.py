"""Who asks, and when: what every view for employees gets beside the request."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers

from laksana.people.models import Person
from laksana.people.services import person_of

P = ParamSpec("P")


@dataclass(frozen=True)
class Visit:
    """An employee at one instant."""

    person: Person
    at: datetime

    @property
    def is_administrator(self) -> bool:
        """Return whether he looks after the system itself."""
        account = self.person.account
        return bool(account and account.is_active and account.is_staff)


VisitView = Callable[Concatenate[HttpRequest, Visit, P], HttpResponseBase]


def for_employees(view: VisitView[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Let only employees in; give the view the visit. Others are asked to sign in, or told why they may not."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        visit = visit_of(request)
        response = view(request, visit, *args, **kwargs) if isinstance(visit, Visit) else visit
        # Asked anew each time: after signing out, and where a part of a page came under the page's own address.
        patch_cache_control(response, private=True, no_cache=True)
        patch_vary_headers(response, ("Cookie", "HX-Request"))
        return response

    return guarded


def for_administrators(view: VisitView[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Let only employees in who look after the system."""

    @for_employees
    @wraps(view)
    def guarded(request: HttpRequest, visit: Visit, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not visit.is_administrator:
            return render(request, "403.html", status=403)
        return view(request, visit, *args, **kwargs)

    return guarded


def visit_of(request: HttpRequest) -> Visit | HttpResponse:
    """Return the visit, or the answer to one who is not signed in as an employee."""
    if not request.user.is_authenticated:
        return sign_in_first(request)
    person = person_of(request.user)
    if person is None:
        return render(request, "web/no_person.html", status=403)
    person.account = request.user
    visit = Visit(person, timezone.now())
    request.visit = visit  # type: ignore[attr-defined]  # for what frames the page
    return visit


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """Return the way to the sign-in page and back; for a part of a page, a line with a link to it."""
    if request.headers.get("HX-Request") == "true":
        return render(request, "web/parts/signed_out.html", status=401)
    return redirect_to_login(request.get_full_path())
