"""What the workspace itself remembers of an account and of an employee."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class TourTaken(models.Model):
    """Somebody went through the short tour of the workspace, or skipped it."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="tour_taken")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.account)


class SavedView(models.Model):
    """A way of sifting one's tasks that somebody keeps under a name of his own."""

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="saved_views", db_index=False)
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(max_length=500)
    """Filters and grouping as they stand in the address (`sifting.Sifting.query`)."""
    is_default = models.BooleanField(default=False)
    """Whether My tasks opens with it."""
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["person", "name"], name="one_view_of_a_name"),
            models.UniqueConstraint(fields=["person"], name="one_default_view", condition=Q(is_default=True)),
        ]

    def __str__(self) -> str:
        return self.name
