"""The office's letterhead, and the papers that cases owe."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Letterhead(models.Model):
    """The kop: what stands at the head of the office's papers. One row; without it the defaults stand."""

    government = models.CharField(_("government"), max_length=120, default="Pemerintah Kota Serang")
    office = models.CharField(_("office"), max_length=120, default="Dinas Komunikasi dan Informatika")
    address = models.CharField(
        _("address"), max_length=200, default="Pusat Pemerintahan Kota Serang, Provinsi Banten"
    )
    postal_code = models.CharField(_("postal code"), max_length=5, blank=True)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    website = models.CharField(
        _("website"), max_length=120, blank=True, default="diskominfo.serangkota.go.id"
    )
    email = models.EmailField(_("e-mail"), blank=True)
    place = models.CharField(_("place of papers"), max_length=60, default="Serang")
    """The town that stands before the date of a letter."""

    def __str__(self) -> str:
        return self.office


class Paper(models.Model):
    """A declared document that a finished step owes, with the data it is made from, kept as they were then.

    The row is written with the step; a job sets the paper and attaches the file. Setting it again gives the same bytes.
    """

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="papers")
    work_item = models.ForeignKey("cases.WorkItem", models.PROTECT, related_name="papers")
    document = models.CharField(max_length=80)
    row = models.PositiveSmallIntegerField(default=0)
    """Which row of a document that is made for each row of a table."""
    title = models.CharField(max_length=300)
    template = models.CharField(max_length=300)
    """The template's path inside the package."""
    data = models.JSONField()
    at = models.DateTimeField()
    attachment = models.OneToOneField("cases.Attachment", models.PROTECT, null=True, related_name="paper")

    class Meta:
        ordering = ["case", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["work_item", "document", "row"], name="one_paper_per_step_and_row"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.title}"
