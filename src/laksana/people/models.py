"""Units, positions, people, and who holds or acts for which position when.

Rows are checked whenever they are saved, whoever saves them, so that nothing wrong is stored. A check that
reads other rows (two holders of one seat) is safe against a race only under the lock that `services` takes.
Every change of them renews the token of `OfficeRevision`.
"""

import uuid
from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length, Lower
from django.db.models.lookups import Exact
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from laksana.people.validators import check_nip


class Account(AbstractUser):
    """A sign-in. An employee has one; it says nothing about rights, which follow from the positions held."""

    language = models.CharField(_("language"), max_length=8, blank=True)
    """In which he reads the pages, as he chose; empty: as his device asks."""

    class Meta(AbstractUser.Meta):
        constraints = [
            # One may sign in by e-mail, so an address must name one account.
            models.UniqueConstraint(Lower("email"), condition=~Q(email=""), name="one_account_per_email"),
        ]


class CacheRow(models.Model):
    """A row of Django's cache. The limits on sign-in are counted in it: by all processes together."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.cache_key


class OfficeRevision(models.Model):
    """One row. Its token changes with every change of the office, so that who keeps a picture knows it is old."""

    token = models.UUIDField()

    def __str__(self) -> str:
        return str(self.token)

    @classmethod
    def renew(cls) -> None:
        """Give the office a new token, in the transaction that changes it. It is random: a rollback undoes it."""
        cls.objects.update_or_create(pk=1, defaults={"token": uuid.uuid4()})


class OfficeQuerySet(models.QuerySet[Any]):
    """Rows of the office: changes of many at once, which send no signals, renew its token too."""

    def update(self, **kwargs: Any) -> int:
        """Update and renew the token."""
        changed = super().update(**kwargs)
        OfficeRevision.renew()
        return changed

    def bulk_create(self, *args: Any, **kwargs: Any) -> list[Any]:
        """Create and renew the token. The rows are not checked: whoever makes many at once checks them."""
        made = super().bulk_create(*args, **kwargs)
        OfficeRevision.renew()
        return made


class Checked(models.Model):
    """Base of rows that are validated whenever they are saved one by one."""

    objects = OfficeQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the row. Raises ValidationError, naming the field, when something is wrong with it."""
        self.full_clean()
        super().save(*args, **kwargs)


class Unit(Checked):
    """An organisational unit of the office, or an outside party that the office deals with."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=200)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    outside = models.BooleanField(_("outside party"), default=False)

    class Meta:
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a unit that lies within itself."""
        above = self.parent
        while above is not None:
            if above == self:
                raise ValidationError({"parent": gettext("A unit cannot lie within itself.")})
            above = above.parent


class Position(Checked):
    """A jabatan: it stays when its holder changes."""

    class Kind(models.TextChoices):
        """What sort of position; a duty is held besides the holder's own position."""

        STRUCTURAL = "struktural", _("leads a unit or a section")
        FUNCTIONAL = "fungsional", _("functional position")
        EXECUTIVE = "pelaksana", _("executive position")
        DUTY = "tugas", _("additional duty")

    code = models.SlugField(_("code"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.EXECUTIVE)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="positions")
    superior = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="subordinates")
    heads_unit = models.BooleanField(_("heads its unit"), default=False)
    seats = models.PositiveSmallIntegerField(_("seats"), default=1)
    """How many people may hold it at the same time."""
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "code"]
        constraints = [
            models.UniqueConstraint(fields=["unit"], condition=Q(heads_unit=True), name="one_head_per_unit"),
            models.CheckConstraint(condition=Q(seats__gte=1), name="position_has_a_seat"),
            models.CheckConstraint(condition=Q(heads_unit=False) | Q(seats=1), name="a_head_has_one_seat"),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse a position that is, over others, its own superior."""
        above = self.superior
        while above is not None:
            if above == self:
                raise ValidationError({"superior": gettext("A position cannot be its own superior.")})
            above = above.superior


class Person(Checked):
    """An employee (pegawai)."""

    account = models.OneToOneField(Account, models.SET_NULL, null=True, blank=True, related_name="person")
    name = models.CharField(_("name with degrees"), max_length=200)
    nip = models.CharField("NIP", max_length=18, unique=True, validators=[check_nip])
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="people")
    rank = models.CharField(_("rank and grade"), max_length=60, blank=True)
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "people"
        constraints = [models.CheckConstraint(condition=Exact(Length("nip"), 18), name="nip_has_18_digits")]

    def __str__(self) -> str:
        return self.name


class Span(Checked):
    """Base of what is true from one day to another, both included; without an end it still is."""

    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuse an end before the beginning."""
        if self.until is not None and self.since is not None and self.until < self.since:
            raise ValidationError({"until": gettext("The last day lies before the first.")})


def overlapping(since: date, until: date | None) -> Q:
    """Return the condition that a span shares a day with `since` to `until`."""
    begins_in_time = Q() if until is None else Q(since__lte=until)
    return begins_in_time & (Q(until=None) | Q(until__gte=since))


class Holding(Span):
    """A person holds a position, or acts for its holder, from one day to another (both included).

    Who acts when, and which of several counts, is said in `laksana.people.desks`.
    """

    class Kind(models.TextChoices):
        """Definitive, acting for a vacancy (Plt), or acting for an absent holder (Plh)."""

        DEFINITIVE = "definitif", _("definitive")
        PLT = "plt", "Plt."
        PLH = "plh", "Plh."

    person = models.ForeignKey(Person, models.PROTECT, related_name="holdings")
    position = models.ForeignKey(Position, models.PROTECT, related_name="holdings")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.DEFINITIVE)
    decree = models.CharField(_("decree"), max_length=200, blank=True)

    class Meta:
        ordering = ["-since"]
        indexes = [
            models.Index(fields=["person", "since"], name="holding_person"),
            models.Index(fields=["position", "since"], name="holding_position"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="holding_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["person", "position", "kind", "since"], name="one_row_per_appointment"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_kind_display()} {self.position}"

    def clean(self) -> None:
        """Refuse, on any day, more holders than seats, a person twice on a position or on two of his own."""
        super().clean()
        if not (self.person_id and self.position_id and self.since):
            return
        others = Holding.objects.filter(overlapping(self.since, self.until)).exclude(pk=self.pk)
        if others.filter(position=self.position, person=self.person).exists():
            raise ValidationError(
                {"person": gettext("This person already has this position on some of these days.")}
            )
        if (
            _fullest_day(others.filter(position=self.position, kind=self.kind), self.since)
            >= self.position.seats
        ):
            raise ValidationError(
                {"position": gettext("This position has no free seat on some of these days.")}
            )
        own = others.filter(person=self.person, kind=self.Kind.DEFINITIVE).exclude(
            position__kind=Position.Kind.DUTY
        )
        if self.is_own and (other := own.select_related("position").first()):
            raise ValidationError(
                {
                    "person": gettext("This person holds %(position)s on some of these days.")
                    % {"position": other.position}
                }
            )

    @property
    def is_own(self) -> bool:
        """Return whether it is the person's own position: neither acting nor an additional duty."""
        return self.kind == self.Kind.DEFINITIVE and self.position.kind != Position.Kind.DUTY


def _fullest_day(holdings: "models.QuerySet[Holding]", since: date) -> int:
    """Return how many of these holdings are in force together on their fullest day from `since` on."""
    spans = [(max(begin, since), end) for begin, end in holdings.values_list("since", "until")]
    return max(
        (sum(b <= day and (e is None or e >= day) for b, e in spans) for day in {b for b, _end in spans}),
        default=0,
    )


class Group(Checked):
    """A named group that does work together: a team, the holders of a task.

    To it belong the people named in it and whoever holds one of its positions.
    """

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=200)
    people = models.ManyToManyField(Person, related_name="work_groups", blank=True)
    positions = models.ManyToManyField(Position, related_name="work_groups", blank=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Absence(Span):
    """Days on which a person is away (leave, travel): his position goes to his Plh, or to his superior."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="absences")
    until = models.DateField(_("until"))
    reason = models.CharField(_("reason"), max_length=200)

    class Meta:
        ordering = ["-since"]
        indexes = [models.Index(fields=["person", "since"], name="absence_person")]
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="absence_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.since} - {self.until}"


class OfficeChange(models.Model):
    """What somebody changed of the office or its accounts: kept beside the rows, which show only how things stand."""

    class About(models.TextChoices):
        """What a change concerns."""

        STAFFING = "susunan", _("who sits where")
        ACCOUNT = "akun", _("accounts")
        RIGHT = "hak", _("rights")
        LETTERHEAD = "kop", _("letterhead")
        AUDIT = "jejak", _("verification of the audit trail")

    about = models.CharField(_("about"), max_length=12, choices=About, default=About.STAFFING)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(Person, models.PROTECT, related_name="office_changes")
    what = models.TextField(_("change"))

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return self.what
