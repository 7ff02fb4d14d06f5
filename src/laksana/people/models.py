"""Units, positions, people, and who holds or acts for which position when."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class Account(AbstractUser):
    """A sign-in. An employee has one; it says nothing about rights, which follow from the positions held."""


class Unit(models.Model):
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


class Position(models.Model):
    """A jabatan: it stays when its holder changes."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=200)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="positions")
    superior = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="subordinates")
    heads_unit = models.BooleanField(_("heads its unit"), default=False)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.title


class Person(models.Model):
    """An employee (pegawai)."""

    account = models.OneToOneField(Account, models.SET_NULL, null=True, blank=True, related_name="person")
    name = models.CharField(_("name with degrees"), max_length=200)
    nip = models.CharField("NIP", max_length=18, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="people")
    rank = models.CharField(_("rank and grade"), max_length=60, blank=True)
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.name


class Holding(models.Model):
    """A person holds a position, or acts for its holder, from one day to another (both included)."""

    class Kind(models.TextChoices):
        """Definitive, acting for a vacancy (Plt), or acting for an absent holder (Plh)."""

        DEFINITIVE = "definitif", _("definitive")
        PLT = "plt", "Plt."
        PLH = "plh", "Plh."

    person = models.ForeignKey(Person, models.PROTECT, related_name="holdings")
    position = models.ForeignKey(Position, models.PROTECT, related_name="holdings")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.DEFINITIVE)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    decree = models.CharField(_("decree"), max_length=200, blank=True)

    class Meta:
        ordering = ["-since"]
        indexes = [
            models.Index(fields=["person", "since"], name="holding_person"),
            models.Index(fields=["position", "since"], name="holding_position"),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_kind_display()} {self.position}"


class Group(models.Model):
    """A named group that does work together: a team, a functional group, the holders of a task."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=200)
    people = models.ManyToManyField(Person, related_name="work_groups", blank=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Absence(models.Model):
    """Days on which a person is away (leave, official travel): his work goes to his Plh, or to his superior."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="absences")
    since = models.DateField(_("since"))
    until = models.DateField(_("until"))
    reason = models.CharField(_("reason"), max_length=200)

    class Meta:
        ordering = ["-since"]

    def __str__(self) -> str:
        return f"{self.person}: {self.since} - {self.until}"
