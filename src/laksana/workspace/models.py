"""What the workspace itself remembers of an account."""

from django.conf import settings
from django.db import models


class TourTaken(models.Model):
    """Somebody went through the short tour of the workspace, or skipped it."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="tour_taken")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.account)
