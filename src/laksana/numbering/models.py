"""Series of numbers, and the numbers given from them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Series(models.Model):
    """A counter that restarts every year."""

    key = models.CharField(_("series"), max_length=120)
    year = models.PositiveSmallIntegerField(_("year"))
    first = models.PositiveIntegerField(_("first number"), default=1)
    """More than 1 where the numbers before it were given in a book on paper."""
    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        ordering = ["key", "-year"]
        verbose_name_plural = "series"
        constraints = [models.UniqueConstraint(fields=["key", "year"], name="one_counter_per_year")]

    def __str__(self) -> str:
        return f"{self.key} {self.year}"


class AllottedNumber(models.Model):
    """A number that left its series. The row stays, whatever becomes of it: a number never returns."""

    class State(models.TextChoices):
        """Given to a document, kept for one, or cancelled."""

        GIVEN = "diberikan", _("given")
        RESERVED = "dicadangkan", _("reserved")
        VOID = "batal", _("void")

    series = models.ForeignKey(Series, models.PROTECT, related_name="numbers")
    value = models.PositiveIntegerField(_("number"))
    suffix = models.CharField(_("suffix"), max_length=1, blank=True)
    """The letter of an inserted number (nomor sisipan), "a" in 886.a."""
    label = models.CharField(_("for"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.GIVEN)
    on = models.DateField(_("date"))
    """The date that the number carries: the day it was given, earlier for an inserted one."""
    at = models.DateTimeField(_("given at"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    changed_at = models.DateTimeField(_("changed at"), null=True, blank=True)
    written = models.CharField(_("number as written"), max_length=300, blank=True)
    """Empty for one that is still reserved, or whose paper writes it in its own way."""
    by = models.CharField(_("by"), max_length=200, blank=True)
    """Who gave or reserved it; empty for what a step did by itself."""
    changed_by = models.CharField(_("changed by"), max_length=200, blank=True)

    class Meta:
        ordering = ["series", "value", "suffix"]
        constraints = [
            models.UniqueConstraint(fields=["series", "value", "suffix"], name="no_number_given_twice"),
            models.UniqueConstraint(
                fields=["written"], condition=~models.Q(written=""), name="no_number_written_twice"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="batal") | ~models.Q(reason=""), name="a_void_number_says_why"
            ),
        ]
        indexes = [models.Index(fields=["series", "on"], name="number_by_date")]

    def __str__(self) -> str:
        return f"{self.value}.{self.suffix}" if self.suffix else str(self.value)


class SeriesPattern(models.Model):
    """A pattern that the office has set for a kind of series, from a day on. Rows are only added: the latest one holds."""

    key = models.CharField(_("series"), max_length=120)
    template = models.CharField(_("pattern"), max_length=120)
    unit = models.CharField(_("code of the unit"), max_length=60, blank=True)
    separate = models.JSONField(_("counted separately by"), default=list)
    since = models.DateField(_("holds from"))
    by = models.CharField(_("by"), max_length=200)
    at = models.DateTimeField(_("set at"))

    class Meta:
        ordering = ["key", "-since", "-pk"]
        indexes = [models.Index(fields=["key", "since"], name="pattern_by_date")]

    def __str__(self) -> str:
        return f"{self.key}: {self.template}"
