"""What the office writes in the browser before it is in force: drafts of SOPs, and versions of tables of law."""

import uuid

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


class TableVersion(models.Model):
    """A version of a table of law or office, from a day on; `laksana.library.law` alone writes it, and nobody deletes one."""

    class State(models.TextChoices):
        """Proposed by one, put in force by another, replaced by a later one of the same day, or given up."""

        PROPOSED = "diusulkan", _("proposed")
        IN_FORCE = "ditetapkan", _("put in force")
        REPLACED = "digantikan", _("replaced")
        DROPPED = "dibatalkan", _("given up")

    table = models.CharField(_("table"), max_length=120)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True)
    source = models.CharField(_("source"), max_length=300)
    checked = models.BooleanField(_("read in its source"), default=False)
    content = models.TextField(_("content"))
    """The whole table as CSV, its heading with source and validity included."""
    digest = models.CharField(_("SHA-256"), max_length=64)
    reason = models.CharField(_("reason"), max_length=500)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PROPOSED)
    proposed_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(_("proposed"))
    decided_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(_("decided"), null=True)
    note = models.CharField(_("note"), max_length=500, blank=True)

    class Meta:
        ordering = ["table", "-valid_from", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["table"], condition=Q(state="diusulkan"), name="one_proposal_per_table"
            ),
            models.UniqueConstraint(
                fields=["table", "valid_from"],
                condition=Q(state="ditetapkan"),
                name="one_table_version_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.valid_from:%Y-%m-%d}"


class TableRevision(models.Model):
    """The one row that every process asks whether its versions of the tables are still those in force."""

    SINGLE = 1
    token = models.UUIDField(default=uuid.uuid4)
    """New at every change; not a count, for a change rolled back would leave its number to the next one."""

    def __str__(self) -> str:
        return str(self.token)
