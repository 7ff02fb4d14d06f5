"""What fell due for whom, and what became of it. The case, where there is one, says how far it is."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from laksana.cases.models import Case
from laksana.people.models import Person


class DueRow(models.Model):
    """Something that falls due for an employee, listed once. `services` alone writes it."""

    class Kind(models.TextChoices):
        """What falls due."""

        PAY = "kgb", _("periodic increase")
        GRADE = "pangkat", _("promotion")
        PENSION = "pensiun", _("retirement")
        CHILD = "anak", _("child's age")
        AWARD = "satyalancana", _("medal")
        CONTRACT = "kontrak", _("contract of a PPPK")
        QUARTER = "skp", _("quarter of the SKP")

    class Closed(models.TextChoices):
        """How a row was closed by hand."""

        NOT_APPLICABLE = "tidak-berlaku", _("not applicable")
        DONE = "selesai", _("done")

    person = models.ForeignKey(Person, models.PROTECT, related_name="due_rows")
    kind = models.CharField(_("what falls due"), max_length=12, choices=Kind)
    key = models.CharField(max_length=120)
    """What makes it this one and no other of its kind: a second run finds it again."""
    due = models.DateField(_("due"))
    act_by = models.DateField(_("act by"), null=True, blank=True)
    why = models.CharField(_("why"), max_length=500)
    rule = models.CharField(_("rule"), max_length=80)
    checked = models.BooleanField(_("law checked"), default=False)
    """Whether the rule and every table behind this row were read in their sources."""
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="due_rows")
    listed_at = models.DateTimeField(_("listed"))
    closed = models.CharField(_("closed as"), max_length=14, choices=Closed, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["due", "person__name", "pk"]
        indexes = [models.Index(fields=["kind", "due"], name="due_row_kind")]
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "key"], name="due_row_listed_once"),
            models.CheckConstraint(
                condition=~models.Q(closed="tidak-berlaku") | ~models.Q(reason=""),
                name="due_row_not_applicable_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_kind_display()} {self.due}"


class Reading(models.Model):
    """Who read a list, when, and how many rows it showed."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, blank=True)
    count = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.person} {self.at:%Y-%m-%d %H:%M} {self.kind}"
