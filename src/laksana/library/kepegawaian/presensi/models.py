"""Machines, the files that came from them, the days that they recorded, and what was corrected in locked months.

`services` alone writes these rows.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from laksana.files.models import StoredFile
from laksana.people.models import Person


class Machine(models.Model):
    """A machine, or a program that gives its files, with how its columns are read."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    mapping = models.JSONField(default=dict)
    """What `reading.Mapping` says, as JSON; empty while nobody has said it."""
    heads = models.JSONField(default=list)
    """The headings of the file for which the mapping was made."""

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Enrolment(models.Model):
    """Under which number an employee is known to a machine."""

    machine = models.ForeignKey(Machine, models.CASCADE, related_name="enrolments")
    number = models.CharField(_("number at the machine"), max_length=40)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["machine", "number"], name="one_employee_per_machine_number")
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.person}"


class Upload(models.Model):
    """A file from a machine: it waits until its columns are known, and is then taken in with a report."""

    machine = models.ForeignKey(Machine, models.PROTECT, related_name="uploads")
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField(_("file"), max_length=255)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("uploaded"))
    taken_at = models.DateTimeField(_("taken in"), null=True)
    report = models.JSONField(default=dict)
    """What `services.Report` says, as JSON."""

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.machine}: {self.name}"


class Day(models.Model):
    """When an employee came and left on a day, by the machines."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="attendance_days")
    day = models.DateField(_("day"))
    came = models.TimeField(_("came"), null=True)
    left = models.TimeField(_("left"), null=True)
    upload = models.ForeignKey(Upload, models.PROTECT, related_name="days")

    class Meta:
        ordering = ["day", "person"]
        constraints = [
            models.UniqueConstraint(fields=["person", "day"], name="attendance_once_a_day"),
            models.CheckConstraint(
                condition=Q(came__isnull=False) | Q(left__isnull=False), name="attendance_has_a_mark"
            ),
        ]
        indexes = [models.Index(fields=["day"], name="attendance_day")]

    def __str__(self) -> str:
        return f"{self.person} {self.day}"


class DayCorrection(models.Model):
    """A change of a day in a locked month: what stood there, what stands there now, why, and who did it. Only ever added."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="attendance_corrections")
    day = models.DateField(_("day"))
    came_before = models.TimeField(null=True)
    left_before = models.TimeField(null=True)
    came = models.TimeField(_("came"), null=True)
    left = models.TimeField(_("left"), null=True)
    reason = models.CharField(_("reason"), max_length=300)
    document = models.CharField(_("document"), max_length=200)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("corrected"))

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.person} {self.day}"
