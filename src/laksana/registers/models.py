"""The rows of the books. They are only ever added: a correction is a row of its own that stays beside what it corrects."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """A row of a book, or what was added to one later."""

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
