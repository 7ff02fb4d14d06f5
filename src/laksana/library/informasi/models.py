"""What public information keeps beside its cases: exemptions decided before Laksana, and by what cases are found."""

from django.db import models


class EarlierExemption(models.Model):
    """An entry of the list of exempt information from a decision made before Laksana, brought in from a file.

    It stands in the list like one that a case has decided: it is reviewed, ends, and may carry a refusal.
    """

    decision = models.CharField(max_length=100)
    decided = models.DateField()
    information = models.TextField()
    """In the words of the decision: for those who keep the list, never for the public."""
    summary = models.CharField(max_length=1000)
    """The general description for everybody."""
    unit = models.CharField(max_length=200)
    letters = models.JSONField()
    basis = models.CharField(max_length=500)
    period = models.CharField(max_length=200)
    ends = models.DateField(null=True)
    announced = models.BooleanField()
    brought_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    brought_at = models.DateTimeField()

    class Meta:
        ordering = ["decided", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "information"], name="each_exemption_brought_once")
        ]

    def __str__(self) -> str:
        return self.decision


class Finding(models.Model):
    """A value by which a case is found: a number of the office's books, the NIK of a writer. Written by the case's steps."""

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="findings")
    name = models.CharField(max_length=60)
    value = models.CharField(max_length=120)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["case", "name"], name="one_finding_of_a_name")]
        indexes = [models.Index(fields=["name", "value"], name="finding_by_value")]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.name}"
