"""What is kept of carrying out a procedure. Only `laksana.cases.actions` writes these tables.

A foreign key has no index of its own (`db_index=False`) where another one begins with it: each index is written by every action.
"""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from laksana.cases.querysets import CaseQuerySet, WorkItemQuerySet


class SopVersion(models.Model):
    """One version of a procedure's definition. It never changes once a case has started on it."""

    procedure = models.SlugField(_("procedure"), max_length=80, db_index=False)
    version = models.PositiveIntegerField(_("version"))
    code = models.CharField(max_length=10)
    title = models.CharField(_("title"), max_length=300)
    unit = models.CharField(max_length=200)
    effective = models.DateField(_("effective from"))
    definition = models.TextField(_("definition (YAML)"))
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["procedure", "-version"]
        constraints = [models.UniqueConstraint(fields=["procedure", "version"], name="one_row_per_version")]

    def __str__(self) -> str:
        return f"{self.procedure} v{self.version}"


class Case(models.Model):
    """A berkas: one run of a procedure."""

    class State(models.TextChoices):
        """Running, ended at the end of its flow, or cancelled."""

        RUNNING = "berjalan", _("running")
        ENDED = "selesai", _("ended")
        CANCELLED = "batal", _("cancelled")

    number = models.CharField(_("number"), max_length=120, unique=True)
    sop = models.ForeignKey(SopVersion, models.PROTECT, related_name="cases")
    procedure = models.SlugField(max_length=80, db_index=False)
    subject = models.CharField(_("subject"), max_length=300, blank=True)
    level = models.CharField(_("confidentiality"), max_length=14)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.RUNNING)
    initiator = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="started_cases")
    starter = models.ForeignKey("WorkItem", models.PROTECT, null=True, related_name="started_cases")
    """The work item of another case whose step started this one."""
    data = models.JSONField(default=dict)
    opened_at = models.DateTimeField(_("opened"))
    ended_at = models.DateTimeField(_("ended"), null=True)
    last_event = models.PositiveIntegerField(default=0)
    last_hash = models.CharField(max_length=64, blank=True)
    search_text = models.TextField(blank=True)
    file_words = models.TextField(blank=True, default="", db_default="")
    """The words read in its files, in their stems; part of `search_text` unless the case is sealed."""

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at"]
        indexes = [
            models.Index(fields=["procedure", "state", "-opened_at"], name="case_procedure"),
            models.Index(fields=["-opened_at"], name="case_newest"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """Return the path of the case's page."""
        return reverse("workspace:case", args=[self.number])


class Instance(models.Model):
    """One row of a step that runs `for_each`: its path in the tree, the row it stands for and the data given on it."""

    class State(models.TextChoices):
        """On its way, arrived where it is gathered, finished, or taken back by its giver before anybody began with it."""

        OPEN = "jalan", _("open")
        GATHERED = "kumpul", _("gathered")
        FINISHED = "tutup", _("finished")
        WITHDRAWN = "ditarik", _("taken back")

    case = models.ForeignKey(Case, models.CASCADE, related_name="instances", db_index=False)
    path = models.CharField(max_length=60)
    made_by = models.CharField(max_length=80)
    row = models.JSONField(default=dict)
    data = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["case", "id"]
        constraints = [models.UniqueConstraint(fields=["case", "path"], name="one_row_per_instance")]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.path}"


class WorkItem(models.Model):
    """What one performer has to do at one step. The open ones are the marking of the case's net."""

    class State(models.TextChoices):
        """Waiting for other branches or a started case, open, done by somebody, or ended without anybody doing it.

        Whoever had a recalled one on his desk never had it: it lets him see nothing of the case.
        """

        WAITING = "menunggu", _("waiting")
        OPEN = "terbuka", _("open")
        DONE = "selesai", _("done")
        PASSED = "lewat", _("passed by itself")
        WITHDRAWN = "ditarik", _("withdrawn")
        TIMED_OUT = "habis", _("timed out")
        RECALLED = "dicabut", _("taken back by its giver")

    case = models.ForeignKey(Case, models.CASCADE, related_name="work_items", db_index=False)
    step = models.CharField(max_length=80)
    lane = models.CharField(max_length=80)
    instance = models.CharField(max_length=60, blank=True)
    """The path of the instance, "" for the whole case."""
    desk = models.CharField(max_length=100)
    """Whose desk it lies on: "position:kadis", "person:12", ... (`laksana.people.desks`)."""
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    arrived = models.PositiveSmallIntegerField(default=1)
    opened_at = models.DateTimeField(_("opened"))
    due_at = models.DateTimeField(_("due"), null=True)
    timeout_at = models.DateTimeField(null=True)
    claimed_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, related_name="claimed_items", db_index=False
    )
    claimed_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, related_name="done_items", db_index=False
    )
    done_as = models.CharField(max_length=120, blank=True)
    """In which capacity: "", "Plh. position code", or the outside party recorded for."""
    done_at = models.DateTimeField(_("done"), null=True)
    outcome = models.CharField(max_length=200, blank=True)
    minutes = models.PositiveIntegerField(null=True)
    """Working minutes from opened to done."""
    cause = models.PositiveIntegerField(default=0)
    """The number of the case's event that opened it: items of one cause are one doing of a step."""
    revision = models.PositiveIntegerField(default=1)

    objects = WorkItemQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "id"]
        indexes = [
            # Used by `laksana.cases.inbox` only, whose SQL says the conditions in words: SQLite cannot see that a bound
            # parameter implies them. It also reads their columns, which therefore stand at the end.
            models.Index(
                fields=["desk", "due_at", "id", "state", "claimed_by"],
                name="item_inbox",
                condition=Q(state="terbuka", claimed_by=None),
            ),
            models.Index(
                fields=["claimed_by", "due_at", "id", "state"],
                name="item_claimed",
                condition=Q(state="terbuka", claimed_by__isnull=False),
            ),
            models.Index(fields=["case", "state"], name="item_of_case"),
            models.Index(fields=["done_by", "done_at"], name="item_done"),
            models.Index(fields=["state", "timeout_at"], name="item_timeout"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}:{self.step}"


class Event(models.Model):
    """What happened, once and for ever: numbered and hash-chained per case; a trigger forbids change and deletion."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="events", db_index=False)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    at = models.DateTimeField()
    actor = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="events")
    acting_as = models.CharField(max_length=120, blank=True)
    step = models.CharField(max_length=80, blank=True)
    work_item = models.ForeignKey(WorkItem, models.PROTECT, null=True, related_name="events", db_index=False)
    data = models.JSONField(default=dict)
    key = models.UUIDField(null=True, unique=True)
    """The key an action was sent with: sent twice, it happens once."""
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["case", "number"]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="events_without_gaps")]

    def __str__(self) -> str:
        return f"{self.case_id}#{self.number} {self.kind}"


class Clock(models.Model):
    """A running time limit of a case."""

    class State(models.TextChoices):
        """Running, standing still, met in time, or stopped after its end."""

        RUNNING = "jalan", _("running")
        PAUSED = "jeda", _("paused")
        MET = "tepat", _("met")
        LATE = "lambat", _("late")

    case = models.ForeignKey(Case, models.CASCADE, related_name="clocks", db_index=False)
    clock = models.CharField(max_length=80)
    instance = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.RUNNING)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    breached_at = models.DateTimeField(null=True)
    """When its passing was told to those concerned."""
    extended = models.PositiveSmallIntegerField(default=0)
    changes = models.JSONField(default=list)
    """Every pause, resumption and extension in order, [what, instant]: the end can always be counted anew from the start."""

    class Meta:
        ordering = ["due_at"]
        indexes = [
            models.Index(fields=["state", "breached_at", "due_at"], name="clock_due"),
            models.Index(fields=["case", "state"], name="clock_of_case"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}:{self.clock}"

    def is_exceeded(self, at: datetime) -> bool:
        """Return whether it runs beyond its end: from the moment it passes, before its step is done."""
        return self.state == self.State.RUNNING and self.due_at < at


class Attachment(models.Model):
    """A file of a case: given in a field, attached by somebody, or made by the system (a paper).

    The value of a file field is the key of such a row. A file put into a form that was not sent yet has no case; only the one who
    put it there may use it.
    """

    case = models.ForeignKey(Case, models.CASCADE, null=True, related_name="attachments")
    stored = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="attachments")
    name = models.CharField(max_length=200)
    field = models.CharField(max_length=80, blank=True)
    document = models.CharField(max_length=80, blank=True)
    work_item = models.ForeignKey(WorkItem, models.PROTECT, null=True, related_name="attachments")
    by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="attachments")
    at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True)
    """When its content was destroyed with the berkas; the row stays."""
    read_at = models.DateTimeField(null=True)
    """When it was read for its words."""

    class Meta:
        ordering = ["case", "id"]
        indexes = [
            models.Index(fields=["-id"], name="attachment_unread", condition=Q(read_at=None)),
        ]

    def __str__(self) -> str:
        return self.name


class Reader(models.Model):
    """Somebody who may read a case because he was named in it (a copy of a disposition, an addressee)."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="named_readers", db_index=False)
    desk = models.CharField(max_length=100)
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "desk"], name="one_row_per_reader")]
        indexes = [models.Index(fields=["desk"], name="reader_desk")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.desk}"


class Draft(models.Model):
    """What a person typed into a form and has not sent yet."""

    work_item = models.ForeignKey(WorkItem, models.CASCADE, null=True, related_name="drafts")
    procedure = models.SlugField(max_length=80, blank=True, db_index=False)
    """The procedure about to be started, where there is no work item yet."""
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="drafts")
    data = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["work_item", "person", "procedure"], name="one_draft_per_form")
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.work_item_id or self.procedure}"
