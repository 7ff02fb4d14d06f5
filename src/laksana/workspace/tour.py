"""The short tour of the workspace: whom it is shown, and that it was taken.

Whether it is due is asked once at sign-in and kept in the session, so that no page asks the database for it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from laksana.people.models import Account
from laksana.workspace.models import TourTaken

_DUE = "tour"
AGAIN = "tur"
"""The parameter of the first page's address that shows the tour once more."""


@dataclass(frozen=True)
class Stop:
    """One thing that the tour shows, and the page where it is."""

    title: str
    text: str
    url: str
    link: str


def note_whether_due(sender: object, request: HttpRequest, user: Account, **_kwargs: Any) -> None:  # noqa: ARG001
    """Remember at sign-in whether the account has yet to take the tour (receiver of `user_logged_in`)."""
    if not TourTaken.objects.filter(account=user).exists():
        request.session[_DUE] = True


def is_due(request: HttpRequest) -> bool:
    """Return whether the first page shows the tour: until it was taken, or when asked for."""
    return bool(request.session.get(_DUE)) or AGAIN in request.GET


def take(request: HttpRequest, account: Account, at: datetime) -> None:
    """Keep that the account took the tour or skipped it; doing it again changes nothing."""
    TourTaken.objects.get_or_create(account=account, defaults={"at": at})
    request.session.pop(_DUE, None)


def stops() -> list[Stop]:
    """Return what the tour shows, in order."""
    return [
        Stop(
            _("Here is what waits for you"),
            _(
                "My tasks lists the steps that lie on your desk, the most urgent first. What is beyond its standard time "
                "is marked. Click a line to do the step."
            ),
            reverse("workspace:inbox"),
            _("My tasks"),
        ),
        Stop(
            _("Begin something new"),
            _(
                "Start a service lists the procedures whose first step is yours. What you type is kept as you type."
            ),
            reverse("workspace:start"),
            _("Start a service"),
        ),
        Stop(
            _("See where a case is"),
            _(
                "The page of each case shows its flowchart with the step that it has reached, its papers, its time limits "
                "and its history."
            ),
            reverse("workspace:cases"),
            _("Cases"),
        ),
        Stop(
            _("Find it quickly"),
            _(
                "Search looks through cases, papers, people and SOPs. With Ctrl+K you jump to a page, a service or a case "
                "without the mouse."
            ),
            reverse("workspace:search"),
            _("Search"),
        ),
        Stop(
            _("Help is on every page"),
            _(
                "Help leads to the chapter of the guide for your work. At each step you can open what the SOP says of it. "
                "This tour is in the menu under your name."
            ),
            reverse("workspace:guide-own"),
            _("Help"),
        ),
    ]
