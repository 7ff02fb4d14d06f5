"""The rows of the books, which are only ever added; the files made of books; and who has read a restricted one."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """A row of a book, or what was added to one later: a correction is a row of its own that stays beside what it corrects."""

    class Kind(models.TextChoices):
        """A row; columns filled in that were empty; or columns corrected."""

        ROW = "baris", _("row")
        ADDITION = "tambahan", _("addition")
        CORRECTION = "koreksi", _("correction")

    procedure = models.SlugField(max_length=80)
    register = models.SlugField(max_length=80)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    """The row's number in its book and year, without gaps."""
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.ROW)
    changes = models.ForeignKey("self", models.PROTECT, null=True, related_name="later")
    """The row that an addition or correction belongs to."""
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="register_entries")
    work_item = models.ForeignKey(
        "cases.WorkItem", models.PROTECT, null=True, related_name="register_entries"
    )
    """The step that wrote it; none for a correction by hand."""
    instance = models.CharField(max_length=60, blank=True)
    row = models.PositiveSmallIntegerField(default=0)
    """Which row of a table, in a book that has a row for each of them."""
    values = models.JSONField()
    """Column -> cell (`laksana.registers.cells`); of a change only the columns changed."""
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="register_entries")
    at = models.DateTimeField()

    class Meta:
        ordering = ["procedure", "register", "year", "number", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "register", "year", "number"],
                condition=Q(kind="baris"),
                name="one_row_per_number_of_a_book",
            ),
            models.CheckConstraint(
                condition=Q(kind="baris", changes=None) | (~Q(kind="baris") & Q(changes__isnull=False)),
                name="changes_belong_to_a_row",
            ),
        ]
        indexes = [
            models.Index(fields=["procedure", "register", "kind", "year", "number"], name="entry_of_book"),
            models.Index(fields=["case", "register"], name="entry_of_case"),
        ]

    def __str__(self) -> str:
        return f"{self.procedure}/{self.register} {self.year} no. {self.number}"


class Export(models.Model):
    """A file made of a book for one person, in the background, kept for a time."""

    class State(models.TextChoices):
        """Waiting, being made, ready, or failed."""

        WAITING = "menunggu", _("waiting")
        MAKING = "dibuat", _("being made")
        READY = "siap", _("ready")
        FAILED = "gagal", _("failed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    procedure = models.SlugField(max_length=80)
    register = models.SlugField(max_length=80)
    title = models.CharField(_("book"), max_length=300)
    form = models.CharField(_("file type"), max_length=4)
    year = models.PositiveSmallIntegerField(_("year"), null=True)
    month = models.PositiveSmallIntegerField(_("month"), null=True)
    words = models.CharField(_("words"), max_length=200, blank=True)
    sort = models.CharField(_("order"), max_length=80, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    total = models.PositiveIntegerField(_("rows"), default=0)
    done = models.PositiveIntegerField(_("rows done"), default=0)
    size = models.BigIntegerField(_("size"), default=0)
    asked_at = models.DateTimeField(_("asked"))
    kept_until = models.DateTimeField(_("kept until"), null=True)

    class Meta:
        ordering = ["-asked_at"]
        indexes = [models.Index(fields=["person", "-asked_at"], name="export_of_person")]

    def __str__(self) -> str:
        return f"{self.title} ({self.form})"

    @property
    def stored_as(self) -> str:
        """Return the name of the file in its storage."""
        return f"{self.pk}.{self.form}"


class Reading(models.Model):
    """Who has read a restricted book, which part of it, when, and how."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    procedure = models.SlugField(max_length=80)
    register = models.SlugField(max_length=80)
    year = models.PositiveSmallIntegerField(_("year"), null=True)
    month = models.PositiveSmallIntegerField(_("month"), null=True)
    words = models.CharField(_("words"), max_length=200, blank=True)
    how = models.CharField(_("how"), max_length=10)
    """"halaman" for the page, else the type of the file."""
    rows = models.PositiveIntegerField(_("rows"))
    at = models.DateTimeField(_("at"))

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["procedure", "register", "-at"], name="reading_of_book")]

    def __str__(self) -> str:
        return f"{self.person}: {self.procedure}/{self.register}"
