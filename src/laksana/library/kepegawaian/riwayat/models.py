"""The rows of the employee file. `services` alone writes them; a row never changes, a correction is a row over it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from laksana.cases.models import Case
from laksana.people.models import Person


class FileRow(models.Model):
    """Something that is true of an employee from one day to another (both included), with what proves it."""

    class Kind(models.TextChoices):
        """The parts of the file."""

        GRADE = "pangkat", _("grade")
        PAY = "gaji", _("basic pay")
        POSITION = "jabatan", _("position")
        EDUCATION = "pendidikan", _("education")
        FAMILY = "keluarga", _("family")
        DISCIPLINE = "disiplin", _("discipline")
        LEAVE = "cuti", _("leave")
        ATTENDANCE = "kehadiran", _("attendance")
        AWARD = "penghargaan", _("award")
        RATING = "skp", _("performance rating")
        CONTRACT = "kontrak", _("contract of a PPPK")
        CARD = "kartu", _("employee card")
        RETIREMENT = "pensiun", _("retirement")

    person = models.ForeignKey(Person, models.PROTECT, related_name="file_rows")
    kind = models.CharField(_("part of the file"), max_length=12, choices=Kind)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    data = models.JSONField(_("content"))
    """What `kinds` says of the kind, as JSON."""
    document = models.CharField(_("document"), max_length=200, blank=True)
    """Number and kind of the decree or letter that proves it."""
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="file_rows")
    """The case that proves it."""
    place = models.PositiveSmallIntegerField(default=0)
    """Which of several rows of this kind the case decided, such as the children of one family."""
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    reason = models.CharField(_("reason of the correction"), max_length=300, blank=True)
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    """None: the system, from a case or an import at the command line."""

    class Meta:
        ordering = ["kind", "-since", "-pk"]
        indexes = [models.Index(fields=["person", "kind", "since"], name="file_row_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="file_row_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=~Q(document="") | Q(case__isnull=False), name="file_row_has_proof"
            ),
            models.CheckConstraint(
                condition=Q(corrects=None) | ~Q(reason=""), name="file_row_correction_has_reason"
            ),
            models.UniqueConstraint(
                fields=["case", "person", "kind", "place"],
                condition=Q(corrects=None),
                name="file_row_once_per_case",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_kind_display()} {self.since}"


class FileReading(models.Model):
    """That somebody read another's file: the employee sees it. Rows are only ever added."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="file_readings")
    reader = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("read"))
    parts = models.JSONField(_("parts"))
    """The kinds of rows that were shown."""
    occasion = models.CharField(_("occasion"), max_length=200)
    """Where it was read: on the page, in an export, at the form of a case."""

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["person", "-at"], name="file_reading_person")]

    def __str__(self) -> str:
        return f"{self.reader}: {self.person} {self.at}"
