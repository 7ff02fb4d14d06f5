"""What the public's pages keep: forms being filled in, codes to follow a case by, and counts against robots."""

from uuid import uuid4

from django.db import models


class Submission(models.Model):
    """A form that somebody outside fills in, page by page; whoever has its link may go on with it.

    Only a hash of the link's token is kept, so that a copy of the database opens no form.
    """

    token_hash = models.CharField(max_length=64, unique=True)
    procedure = models.SlugField(max_length=80)
    work_item = models.ForeignKey("cases.WorkItem", models.CASCADE, null=True, related_name="submissions")
    """The step that is answered; None where a case is to be started."""
    raw = models.JSONField(default=dict)
    """Field -> what was typed."""
    outcome = models.CharField(max_length=200, blank=True)
    files = models.JSONField(default=list)
    """The keys of the attachments that came with it."""
    key = models.UUIDField(default=uuid4)
    """With which the action is called: sent twice, it happens once."""
    begun_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    origin = models.ForeignKey("cases.Case", models.CASCADE, null=True, related_name="forms_begun")
    """The earlier case of the same applicant that it turns on: he held its code."""
    case = models.ForeignKey("cases.Case", models.CASCADE, null=True, related_name="submissions")
    """What it became when it was sent."""

    def __str__(self) -> str:
        return f"{self.procedure} {self.pk}"


class TrackingCode(models.Model):
    """A code by which the applicant follows his case; only its hash is kept."""

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="tracking_codes")
    code_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.case_id}"


class ApplicantMail(models.Model):
    """An e-mail that told an applicant of a change or of what he may do: each occasion of a case once."""

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="applicant_mails", db_index=False)
    occasion = models.CharField(max_length=80)
    """A change (portal/telling.py), the number given, or a right that begins or is about to end; with the day, so that a moved
    day is told anew."""
    ordered_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "occasion"], name="each_occasion_mailed_once")]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.occasion}"


class MailChoice(models.Model):
    """To which address an applicant wants to be told of his case, where that is not the one in it; none: he wants no e-mail."""

    case = models.OneToOneField("cases.Case", models.CASCADE, related_name="mail_choice")
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=8)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.case_id}"


class Counter(models.Model):
    """How often something happened in one stretch of time. The key is a hash: no address is kept."""

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField()
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.key[:8]}: {self.count}"
