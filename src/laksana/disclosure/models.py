"""What is decided of each file before it is given, what is blacked out in it and why, and who read what is personal."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from laksana.disclosure.scale import WHOLE


class Release(models.Model):
    """What becomes of one file of a case when it is given to somebody outside. Only `laksana.disclosure.services` writes it."""

    class Handling(models.TextChoices):
        """Given with parts blacked out, given as it is, or not given."""

        BLACKED_OUT = "hitamkan", _("Given with parts blacked out")
        WHOLE = "utuh", _("Given as it is")
        WITHHELD = "tahan", _("Not given")

    class State(models.TextChoices):
        """Being prepared, waiting for a second person, or approved by one."""

        DRAFT = "disusun", _("being prepared")
        HANDED_IN = "diperiksa", _("waiting for the second person")
        APPROVED = "disetujui", _("approved")

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="releases")
    source = models.OneToOneField("cases.Attachment", models.PROTECT, related_name="release")
    """The file as the office has it; it is never changed."""
    handling = models.CharField(
        _("What becomes of this file"), max_length=10, choices=Handling, default=Handling.BLACKED_OUT
    )
    reason = models.CharField(_("Reason"), max_length=500, blank=True)
    """Why it is given as it is, or not given."""
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    note = models.CharField(_("note"), max_length=1000, blank=True)
    """Why the second person gave it back."""
    product = models.ForeignKey("cases.Attachment", models.PROTECT, null=True, related_name="+")
    """The new file with the marks burnt in; none while it is being made."""
    fault = models.CharField(max_length=300, blank=True)
    """Why the new file could not be made."""
    handed_in_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    handed_in_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["source_id"]

    def __str__(self) -> str:
        return f"{self.source_id}: {self.handling}"


_PART = [MinValueValidator(0), MaxValueValidator(WHOLE)]


class Mark(models.Model):
    """A rectangle of a page that is blacked out, the ground for it, and why. What stands under it is written nowhere."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="marks")
    page = models.PositiveIntegerField(_("Page"))
    """Counted from 1."""
    left = models.PositiveIntegerField(validators=_PART)
    top = models.PositiveIntegerField(validators=_PART)
    width = models.PositiveIntegerField(validators=_PART)
    height = models.PositiveIntegerField(validators=_PART)
    part = models.CharField(_("What kind of information it is"), max_length=200)
    ground = models.CharField(_("Ground"), max_length=20)
    reason = models.CharField(_("Reason"), max_length=500)
    by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["page", "top", "left", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(page__gte=1) & Q(width__gte=1) & Q(height__gte=1), name="mark_covers_something"
            )
        ]

    def __str__(self) -> str:
        return f"{self.release_id}: {self.page}"


class Reading(models.Model):
    """Who opened a file, or saw the values, that are personal in a case, and when."""

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="readings", db_index=False)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    attachment = models.ForeignKey("cases.Attachment", models.CASCADE, null=True, related_name="+")
    what = models.CharField(max_length=200)
    """The fields, by their keys."""
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["case", "-at"], name="reading_of_case")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.what}"
