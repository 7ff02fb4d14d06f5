"""What the owners of SOPs answered. `services` alone writes it; a row never changes, whoever answers anew adds one."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SopEvaluation(models.Model):
    """One evaluation of a procedure over a year, with the figures that lay before whoever answered. The last one counts."""

    class Conclusion(models.TextChoices):
        """What becomes of the SOP."""

        KEEP = "tetap", _("stays in force")
        REVISE = "revisi", _("must be revised")
        WITHDRAW = "cabut", _("must be withdrawn")

    procedure = models.SlugField(_("procedure"), max_length=80, db_index=False)
    year = models.PositiveSmallIntegerField(_("year"))
    revision = models.PositiveSmallIntegerField(_("revision"))
    """1 for the first answers, one more for each time they were given anew."""
    sop = models.ForeignKey("cases.SopVersion", models.PROTECT, related_name="evaluations")
    """The version that was judged."""
    figures = models.JSONField(_("figures"))
    answers = models.JSONField(_("answers"))
    """For each line of the form, in its order: the statement, whether it is true, and a note."""
    conclusion = models.CharField(_("Conclusion"), max_length=6, choices=Conclusion)
    note = models.CharField(_("Reasons and what is to be done"), max_length=1000, blank=True)
    by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=200)
    """The post in which he answered: "Kepala Bidang E-Government", "Plh. Sekretaris"."""
    at = models.DateTimeField(_("answered"))

    class Meta:
        ordering = ["procedure", "-year", "-revision"]
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "year", "revision"], name="one_evaluation_per_revision"
            )
        ]

    def __str__(self) -> str:
        return f"{self.procedure} {self.year} ({self.revision})"
