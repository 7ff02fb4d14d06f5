"""What frames every page for somebody signed in: the navigation, who he is, what is new."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from laksana.people.models import Person
from laksana.web.theme import THEME_COOKIE


@dataclass(frozen=True)
class Entry:
    """One link of the navigation. `short` is its label in the dock of a phone."""

    label: str
    icon: str
    url: str
    here: bool = False
    count: int = 0
    short: str = ""


@dataclass(frozen=True)
class NavigationGroup:
    """Links under one heading."""

    title: str
    entries: Sequence[Entry]


class Shell:
    """The frame of a request's page. Nothing is asked of the database until a template shows it."""

    def __init__(self, request: HttpRequest, at: datetime) -> None:
        self._request = request
        self._at = at

    @cached_property
    def person(self) -> Person | None:
        """The employee who is signed in, if the account is an employee's."""
        from laksana.people.services import person_of

        account = self._request.user
        return person_of(account) if account.is_authenticated else None

    @cached_property
    def name(self) -> str:
        """The name to show."""
        return self.person.name if self.person else self._request.user.get_username()

    @cached_property
    def themes(self) -> list[tuple[str, str]]:
        """The choices of appearance: value and label."""
        return [("auto", _("Device")), ("light", _("Light")), ("dark", _("Dark"))]

    @property
    def theme(self) -> str:
        """The chosen appearance."""
        chosen = self._request.COOKIES.get(THEME_COOKIE, "")
        return chosen if chosen in ("light", "dark") else "auto"

    @property
    def theme_url(self) -> str:
        """Where a choice of appearance is sent."""
        return reverse("web:theme")

    @property
    def sign_out_url(self) -> str:
        """Where signing out is sent."""
        return reverse("account_logout")


def shell(request: HttpRequest) -> dict[str, Shell]:
    """Context processor: give templates `shell`."""
    return {"shell": Shell(request, timezone.now())}
