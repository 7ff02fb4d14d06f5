"""What frames every page for somebody signed in: the navigation, who he is, what is new."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from laksana.archive import services as archive
from laksana.cases import services as cases
from laksana.library.informasi import accounts, moderation
from laksana.library.kepegawaian.penjagaan import services as due_lists
from laksana.library.kepegawaian.riwayat import rights as files
from laksana.notices import services as notices
from laksana.people.models import Holding, Person, Position, overlapping
from laksana.people.services import desks_of, person_of
from laksana.signing import services as signing
from laksana.web.theme import THEME_COOKIE
from laksana.web.visits import Visit
from laksana.workspace.tour import AGAIN
from laksana.worktime.zone import local_day


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


_PAGE_KEYS = {
    "/tugas/": "t",
    "/mulai/": "m",
    "/berkas/": "b",
    "/register/": "r",
    "/kalender/": "k",
    "/sop/": "s",
    "/organisasi/": "o",
}
"""The letter after "g" that leads to a page, by its address."""


class Shell:
    """The frame of a request's page. Nothing is asked of the database until a template shows it."""

    def __init__(self, request: HttpRequest, at: datetime) -> None:
        self._request = request
        self._at = at

    @cached_property
    def person(self) -> Person | None:
        """The employee who is signed in, if the account is an employee's."""
        visit = getattr(self._request, "visit", None)
        if isinstance(visit, Visit):
            return visit.person
        account = self._request.user
        return person_of(account) if account.is_authenticated else None

    @property
    def name(self) -> str:
        """The name to show."""
        return self.person.name if self.person else self._request.user.get_username()

    @cached_property
    def role(self) -> str:
        """What he is in the office today: his position, or the unit he belongs to."""
        if self.person is None:
            return ""
        return role_of(self.person, local_day(self._at))

    @cached_property
    def counts(self) -> dict[str, int]:
        """How much waits for him, and how much of it is late."""
        return cases.inbox_counts(self.person, self._at) if self.person else {"waiting": 0, "late": 0}

    @cached_property
    def unread(self) -> int:
        """How many notices are unread."""
        return notices.unread_count(self.person) if self.person else 0

    @property
    def home(self) -> str:
        """The first page."""
        return reverse("workspace:inbox")

    @property
    def search(self) -> str:
        """Where everything is searched."""
        return reverse("workspace:search")

    @property
    def palette(self) -> str:
        """Where the command palette asks."""
        return reverse("workspace:palette")

    @property
    def keys(self) -> list[tuple[str, Entry]]:
        """Where two letters lead, "g" and the one beside the page."""
        return [
            (_PAGE_KEYS[entry.url], entry)
            for group in self.groups
            for entry in group.entries
            if entry.url in _PAGE_KEYS
        ]

    @property
    def news(self) -> str:
        """Where an open page asks whether something new was told; "" for one who is told nothing."""
        return reverse("workspace:news") if self.person else ""

    @property
    def news_state(self) -> str:
        """What this page knows of his notices."""
        return notices.state_of(self.person) if self.person else ""

    @property
    def public_url(self) -> str:
        """What anybody may read without signing in."""
        return reverse("portal:library")

    @property
    def help_url(self) -> str:
        """Where the chapter of the guide for his work is."""
        return reverse("workspace:guide-own")

    @property
    def notices_url(self) -> str:
        """Where notices are read."""
        return reverse("workspace:notices")

    @cached_property
    def groups(self) -> list[NavigationGroup]:
        """The navigation."""
        groups = [
            NavigationGroup(
                "",
                [
                    self._entry(_("My tasks"), "inbox", "workspace:inbox", count=self.counts["waiting"]),
                    *self._signatures,
                    self._entry(_("Start a service"), "start", "workspace:start"),
                    self._entry(_("Cases"), "folder", "workspace:cases"),
                    self._entry(_("Registers"), "book", "workspace:registers"),
                    self._entry(_("Numbers"), "list", "workspace:numbers"),
                    *self._publishing,
                    *self._archive,
                    *self._information,
                    *self._due_lists,
                    self._entry(_("Working calendar"), "calendar", "workspace:calendar"),
                    self._entry(_("My file"), "user", "workspace:my-file"),
                    *self._personnel,
                ],
            ),
            NavigationGroup(
                _("How the office runs"),
                [
                    self._entry(_("SOP library"), "flow", "workspace:library"),
                    self._entry(_("SOP performance"), "measure", "workspace:measurement"),
                    self._entry(_("Organisation"), "people", "workspace:organisation"),
                    self._entry(_("Tables of law"), "list", "workspace:law-tables"),
                ],
            ),
        ]
        if self._request.user.is_staff:
            groups.append(NavigationGroup(_("Administration"), self._administration))
        return groups

    @property
    def _administration(self) -> list[Entry]:
        """The pages of those who look after the system."""
        return [
            self._entry(_("Accounts"), "user", "workspace:accounts"),
            self._entry(_("Rights"), "lock", "workspace:rights"),
            self._entry(_("Papers"), "file", "workspace:paper-templates"),
            self._entry(_("Audit trail"), "list", "workspace:audit"),
            self._entry(_("Failed jobs"), "gear", "workspace:failed-jobs"),
        ]

    @property
    def _information(self) -> list[Entry]:
        """The way to public information, for those who look after it."""
        from laksana.workspace.views.information import looks_after

        if self.person is None or not looks_after(self.person, self._at):
            return []
        return [self._entry(_("Public information"), "info", "workspace:information")]

    @property
    def _archive(self) -> list[Entry]:
        """The way to the archive, for those who keep it or approve something of it."""
        if self.person is None or not archive.sees(self.person, self._at):
            return []
        return [self._entry(_("Archive"), "files", "workspace:archive")]

    @property
    def _publishing(self) -> list[Entry]:
        """The way to what citizens write and to the channels, for those who decide about them."""
        if self.person is None:
            return []
        desks, found = desks_of(self.person, self._at), list[Entry]()
        if not desks.isdisjoint(moderation.EDITORS):
            found.append(
                self._entry(
                    _("Moderation"), "comment", "workspace:moderation", count=moderation.waiting_count()
                )
            )
        if not desks.isdisjoint(accounts.POSTERS):
            found.append(self._entry(_("Publication"), "bell", "workspace:publishing"))
        return found

    @property
    def _personnel(self) -> list[Entry]:
        """The way to the files of others, for those who keep them or have somebody below them."""
        if self.person is None or not files.reads_others(self.person, self._at):
            return []
        return [self._entry(_("Employee files"), "people", "workspace:personnel")]

    @property
    def _due_lists(self) -> list[Entry]:
        """The lists of what falls due, for who keeps them and those above."""
        if self.person is None or not due_lists.sees(self.person, self._at):
            return []
        return [self._entry(_("What falls due"), "clock", "workspace:due-lists")]

    @property
    def _signatures(self) -> list[Entry]:
        """The list of what waits for his signature, where the office signs electronically."""
        if self.person is None or not signing.electronic():
            return []
        count = signing.waiting_rows(self.person, self._at).count()
        return [self._entry(_("Signatures"), "pen", "workspace:signatures", count=count)]

    @cached_property
    def dock(self) -> list[Entry]:
        """The shortcuts at the foot of a phone."""
        return [
            self._entry(
                _("My tasks"), "inbox", "workspace:inbox", count=self.counts["waiting"], short=_("Tasks")
            ),
            self._entry(_("Start a service"), "start", "workspace:start", short=_("Start")),
            self._entry(_("Cases"), "folder", "workspace:cases", short=_("Cases")),
            self._entry(_("My file"), "user", "workspace:my-file", short=_("My file")),
        ]

    @cached_property
    def own(self) -> list[Entry]:
        """The links of the user's own menu."""
        return [
            self._entry(_("Profile"), "user", "workspace:profile"),
            self._entry(_("Notices"), "bell", "workspace:notices"),
            self._entry(_("User's guide"), "book", "workspace:guide"),
            Entry(_("Short tour"), "right", f"{self.home}?{AGAIN}=1"),
        ]

    def _entry(self, label: str, icon: str, name: str, *, count: int = 0, short: str = "") -> Entry:
        url = reverse(name)
        return Entry(label, icon, url, self._request.path.startswith(url), count, short)

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


def role_of(person: Person, day: date) -> str:
    """Return a person's own position on a day, or the unit he belongs to."""
    own = Holding.objects.filter(overlapping(day, day), person=person, kind=Holding.Kind.DEFINITIVE)
    title = own.exclude(position__kind=Position.Kind.DUTY).values_list("position__title", flat=True).first()
    return title or person.unit.name


def shell(request: HttpRequest) -> dict[str, Shell]:
    """Context processor: give templates `shell`."""
    return {"shell": Shell(request, timezone.now())}
