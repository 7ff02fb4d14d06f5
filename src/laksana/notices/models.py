"""What people are told, and how they want to be told."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Notice(models.Model):
    """Something one person is told, in the workspace and perhaps by e-mail."""

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="notices")
    kind = models.CharField(_("kind"), max_length=40)
    text = models.CharField(_("text"), max_length=500)
    url = models.CharField(_("address"), max_length=300, blank=True)
    at = models.DateTimeField(_("told"))
    read_at = models.DateTimeField(_("read"), null=True)
    emailed_at = models.DateTimeField(_("e-mailed"), null=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["person", "-at", "-id"], name="notice_of_person"),
            models.Index(fields=["person", "-at", "-id"], name="notice_unread", condition=Q(read_at=None)),
        ]

    def __str__(self) -> str:
        return self.text


class EmailChoice(models.Model):
    """Whether and when a person gets notices by e-mail. Who never chose gets each at once."""

    class When(models.TextChoices):
        """Never, each at once, or what is still unread once a day."""

        NEVER = "tidak", _("no e-mail")
        AT_ONCE = "segera", _("each at once")
        DAILY = "harian", _("a digest each morning")

    person = models.OneToOneField(
        "people.Person", models.CASCADE, primary_key=True, related_name="email_choice"
    )
    when = models.CharField(_("by e-mail"), max_length=10, choices=When, default=When.AT_ONCE)

    def __str__(self) -> str:
        return f"{self.person_id}: {self.when}"
