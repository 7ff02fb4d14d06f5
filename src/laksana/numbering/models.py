"""Series of numbers and what became of each number."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Series(models.Model):
    """A gap-free sequence of one year: its row is the lock under which numbers are given."""

    key = models.CharField(_("series"), max_length=120)
    year = models.PositiveSmallIntegerField(_("year"))
    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        ordering = ["key", "-year"]
        constraints = [models.UniqueConstraint(fields=["key", "year"], name="one_series_a_year")]

    def __str__(self) -> str:
        return f"{self.key}/{self.year}"


class AllottedNumber(models.Model):
    """One number of a series: given, kept back, or void; its row stays for ever."""

    class State(models.TextChoices):
        """What became of it."""

        GIVEN = "diberikan", _("given")
        RESERVED = "dicadangkan", _("reserved")
        VOID = "batal", _("void")

    series = models.ForeignKey(Series, models.PROTECT, related_name="numbers")
    value = models.PositiveIntegerField(_("number"))
    suffix = models.CharField(_("suffix"), max_length=4, blank=True)
    """The letter of an inserted number (886.a); "" otherwise."""
    label = models.CharField(_("given to"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.GIVEN)
    at = models.DateTimeField(_("given on"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        ordering = ["series", "value", "suffix"]
        constraints = [
            models.UniqueConstraint(fields=["series", "value", "suffix"], name="no_number_twice"),
        ]

    def __str__(self) -> str:
        return f"{self.series}: {self.value}{'.' + self.suffix if self.suffix else ''}"
