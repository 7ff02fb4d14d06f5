"""What the archive knows of each berkas that has ended, and the lists by which berkas leave it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from laksana.signing.services import Method, new_token


class Dossier(models.Model):
    """A berkas in the archive: the case that it came from stays as it is, its events and register entries included."""

    class Fate(models.TextChoices):
        """What becomes of it in the end."""

        DESTROY = "musnah", _("destroy")
        KEEP = "permanen", _("keep for ever")
        APPRAISE = "dinilai kembali", _("appraise again")

    class Custody(models.TextChoices):
        """Who has it."""

        UNIT = "unit", _("unit that made it")
        CENTRE = "pusat", _("records centre")
        ARCHIVES = "lkd", _("regional archives")
        DESTROYED = "musnah", _("destroyed")

    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="dossier")
    code = models.CharField(_("classification"), max_length=40, blank=True)
    description = models.CharField(max_length=300, blank=True)
    active = models.CharField(max_length=200, blank=True)
    """The words of the JRA: "2 tahun setelah pemeriksaan"."""
    inactive = models.CharField(max_length=200, blank=True)
    fate = models.CharField(max_length=20, choices=Fate, blank=True)
    condition = models.CharField(max_length=200, blank=True)
    condition_met_on = models.DateField(null=True)
    closed_on = models.DateField(_("closed"))
    inactive_on = models.DateField(null=True)
    """The first day on which it is inactive; none while the JRA or its condition says nothing."""
    final_on = models.DateField(null=True)
    """The first day on which its fate is due."""
    custody = models.CharField(max_length=10, choices=Custody, default=Custody.UNIT)
    note = models.CharField(max_length=300, blank=True)
    """By whom and why its fate was appraised."""

    class Meta:
        ordering = ["closed_on", "id"]
        indexes = [
            models.Index(fields=["custody", "fate", "final_on"], name="dossier_final"),
            models.Index(fields=["custody", "inactive_on"], name="dossier_inactive"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.case_id}"


class Hold(models.Model):
    """A legal hold: while it lasts the berkas is neither destroyed nor handed over."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="holds")
    reason = models.CharField(max_length=500)
    by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    lifted_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lift_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(lifted_at=None), name="one_hold_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.reason}"


class DisposalList(models.Model):
    """A list of berkas to transfer, to destroy or to hand over, approved by several and then carried out."""

    class Kind(models.TextChoices):
        """Where its berkas go."""

        TRANSFER = "pindah", _("transfer of inactive records")
        DESTRUCTION = "musnah", _("proposal of destruction")
        HANDOVER = "serah", _("handing over of permanent records")

    class State(models.TextChoices):
        """How far it has come."""

        PROPOSED = "diusulkan", _("proposed")
        APPROVED = "disetujui", _("approved")
        REFUSED = "ditolak", _("refused")
        DONE = "dilaksanakan", _("carried out")

    kind = models.CharField(max_length=10, choices=Kind)
    number = models.CharField(max_length=60, unique=True)
    state = models.CharField(max_length=14, choices=State, default=State.PROPOSED)
    by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    done_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)
    report_number = models.CharField(max_length=100, blank=True)
    """The number of its berita acara."""
    consent = models.CharField(max_length=300, blank=True)
    """The letter by which whoever stands above the office agreed."""
    report = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return self.number


class ListLine(models.Model):
    """A berkas on a list, as it was described when the list was made."""

    list = models.ForeignKey(DisposalList, models.PROTECT, related_name="lines")
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="lines")
    described = models.JSONField()
    left_out = models.CharField(max_length=300, blank=True)
    """Why it was not carried out with the others: a hold that was set meanwhile."""

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["list", "dossier"], name="a_dossier_once_on_a_list")]

    def __str__(self) -> str:
        return f"{self.list_id}: {self.dossier_id}"


class Approval(models.Model):
    """What one position says of a list; `person` is empty until it has."""

    list = models.ForeignKey(DisposalList, models.PROTECT, related_name="approvals")
    order = models.PositiveSmallIntegerField()
    position = models.CharField(max_length=80)
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    acting_as = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(null=True)
    agreed = models.BooleanField(null=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["list", "order"], name="approvals_in_order")]

    def __str__(self) -> str:
        return f"{self.list_id}.{self.order} {self.position}"


class ReportSignature(models.Model):
    """One signature on the berita acara of a list: of who carried it out, and of each who approved it."""

    list = models.ForeignKey(DisposalList, models.PROTECT, related_name="signatures")
    place = models.PositiveSmallIntegerField()
    """Which of the blocks on the paper."""
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    title = models.CharField(max_length=300)
    signed_at = models.DateTimeField(null=True)
    method = models.CharField(max_length=8, choices=Method, blank=True)
    certificate = models.ForeignKey("signing.Certificate", models.PROTECT, null=True, related_name="+")
    field = models.CharField(max_length=80, blank=True)
    """The name of its field in the PDF; "" for ink."""
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    """The version of the berita acara that bears it."""
    token = models.CharField(max_length=40, unique=True, default=new_token)

    class Meta:
        ordering = ["list", "place"]
        constraints = [
            models.UniqueConstraint(fields=["list", "place"], name="one_report_signature_per_place"),
            models.CheckConstraint(
                condition=Q(signed_at=None, file=None) | Q(signed_at__isnull=False, file__isnull=False),
                name="report_signed_with_its_file",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.list_id}: {self.name}"
