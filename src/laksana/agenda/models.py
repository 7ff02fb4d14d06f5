"""The secret address of a person's feed, kept as its hash."""

from django.db import models


class Feed(models.Model):
    """A feed that is switched on. Whoever reads the database cannot read the calendar with it."""

    person = models.OneToOneField("people.Person", models.CASCADE, related_name="agenda_feed")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.person)
