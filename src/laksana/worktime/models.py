"""The office's calendar as data: hours, days off, the decrees that set them, and every change of them."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class OfficeHours(models.Model):
    """Office hours of one weekday, in force from one day to another (both included, empty is open-ended).

    Those of Ramadan hold only in the days that a row of `Ramadan` gives.
    """

    class Kind(models.TextChoices):
        """Ordinary hours, or those of Ramadan, which hold over the ordinary ones."""

        ORDINARY = "biasa", _("ordinary")
        RAMADAN = "ramadan", _("Ramadan")

    class Weekday(models.IntegerChoices):
        """Days as Python counts them."""

        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.ORDINARY)
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday)
    open = models.TimeField(_("opens"))
    break_start = models.TimeField(_("break begins"), null=True, blank=True)
    break_end = models.TimeField(_("break ends"), null=True, blank=True)
    close = models.TimeField(_("closes"))
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300)
    checked = models.BooleanField(_("checked"), default=False)

    class Meta:
        ordering = ["kind", "since", "weekday"]
        verbose_name_plural = "office hours"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.get_weekday_display()} {self.open:%H:%M}-{self.close:%H:%M}"


class Ramadan(models.Model):
    """The days of one Ramadan, first and last included: a forecast until the sidang isbat has met."""

    since = models.DateField(_("since"), unique=True)
    until = models.DateField(_("until"))
    source = models.CharField(_("source"), max_length=300)
    checked = models.BooleanField(_("checked"), default=False)

    class Meta:
        ordering = ["since"]
        verbose_name_plural = "Ramadan"

    def __str__(self) -> str:
        return f"{self.since:%Y-%m-%d} - {self.until:%Y-%m-%d}"


class Decree(models.Model):
    """A decision that sets days off, or takes one back (SKB 3 Menteri, Keputusan Presiden, edaran)."""

    number = models.CharField(_("number"), max_length=200, unique=True)
    about = models.CharField(_("about"), max_length=300)
    issued = models.DateField(_("issued"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    checked = models.BooleanField(_("checked"), default=False)

    class Meta:
        ordering = ["-issued", "number"]

    def __str__(self) -> str:
        return self.number


class Holiday(models.Model):
    """A day off. Without a decree none is known to have set it; beyond the decreed years it is a forecast."""

    class Category(models.TextChoices):
        """National holiday, or collective leave."""

        NATIONAL = "libur", _("national holiday")
        COLLECTIVE_LEAVE = "cuti_bersama", _("collective leave")

    date = models.DateField(_("date"), unique=True)
    category = models.CharField(_("category"), max_length=14, choices=Category)
    name = models.CharField(_("name"), max_length=200)
    decree = models.ForeignKey(Decree, models.PROTECT, null=True, blank=True, related_name="holidays")

    class Meta:
        ordering = ["date"]

    def __str__(self) -> str:
        return f"{self.date:%Y-%m-%d} {self.name}"


class CalendarRevision(models.Model):
    """The one row that every process asks whether its calendar is still the one in force."""

    SINGLE = 1
    token = models.UUIDField(default=uuid.uuid4)
    """New at every change; not a count, for a change rolled back would leave its number to the next one."""

    def __str__(self) -> str:
        return str(self.token)


class CalendarChange(models.Model):
    """What was changed in the calendar, when, by which decree, and what moved with it."""

    at = models.DateTimeField(_("at"))
    by = models.CharField(_("by"), max_length=200, blank=True)
    decree = models.ForeignKey(Decree, models.PROTECT, null=True, blank=True, related_name="changes")
    what = models.TextField(_("change"))
    moved = models.JSONField(_("moved"), default=list)
    """One line for each deadline that moved."""

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return self.what
