"""Drafts of SOPs: what the office writes in the browser before it is a version in force."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SopDraft(models.Model):
    """A draft of the next version of a procedure; `laksana.library.drafts` alone writes it. At most one is open for each."""

    class State(models.TextChoices):
        """Being written, made a version, or given up."""

        OPEN = "disusun", _("being drafted")
        IN_FORCE = "ditetapkan", _("in force")
        DROPPED = "dibuang", _("given up")

    procedure = models.SlugField(_("procedure"), max_length=80, db_index=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    data = models.JSONField(_("definition"))
    """The plain data of a definition; it may lack anything while it is written."""
    revision = models.PositiveIntegerField(_("revision"), default=1)
    """Counts what was saved, so that nobody writes over what he has not seen."""
    based_on = models.PositiveIntegerField(_("version it began from"))
    changed_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(_("changed"))
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="sop_drafts")
    """The case of drafting an SOP that carries it."""
    taken = models.JSONField(null=True)
    """The data as that case took them for its examination: this, and nothing typed since, takes effect."""
    taken_revision = models.PositiveIntegerField(null=True)
    version = models.PositiveIntegerField(null=True)
    """The version that it became."""

    class Meta:
        ordering = ["procedure", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["procedure"], condition=Q(state="disusun"), name="one_open_draft_per_sop"
            ),
            models.UniqueConstraint(fields=["procedure", "version"], name="one_draft_per_version"),
        ]

    def __str__(self) -> str:
        return f"{self.procedure} r{self.revision}"


class CalendarSwitch(models.Model):
    """Whether the office lets the calendar open cases of a procedure in one of its ways, and since when; without a row: no."""

    procedure = models.SlugField(_("procedure"), max_length=80, db_index=False)
    opening = models.SlugField(max_length=80, db_index=False)
    on = models.BooleanField(_("switched on"), default=True)
    since = models.DateTimeField(_("since"))
    """Nothing is opened for a day before it was switched on."""
    changed_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    """Who switched it; nobody where the office was set up."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["procedure", "opening"], name="one_switch_per_opening"),
        ]

    def __str__(self) -> str:
        return f"{self.procedure} {self.opening}: {self.on}"


class OpenedByCalendar(models.Model):
    """A case that the calendar asked for, once for each period or thing; `laksana.library.openings` alone writes it."""

    procedure = models.SlugField(_("procedure"), max_length=80, db_index=False)
    opening = models.SlugField(max_length=80, db_index=False)
    key = models.CharField(max_length=160)
    """The period or the thing that it was opened for: a second run finds it again."""
    due_at = models.DateTimeField(_("due"))
    opened_at = models.DateTimeField(_("opened"))
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="opened_by_calendar")

    class Meta:
        ordering = ["-due_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["procedure", "opening", "key"], name="opened_once_by_calendar"),
        ]

    def __str__(self) -> str:
        return f"{self.procedure} {self.key}"
