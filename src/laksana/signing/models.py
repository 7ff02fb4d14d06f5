"""Certificates of the office's own authority, who signs with BSrE, and the signatures that papers wait for or bear.

No passphrase is ever kept: of a private key there is only its encrypted file under LAKSANA_HOME, of a BSrE signer only his NIK.
"""

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _


def new_token() -> str:
    """Return the unguessable part of a verification page's address."""
    return secrets.token_urlsafe(18)


class Method(models.TextChoices):
    """How a paper is signed."""

    LOCAL = "local", _("electronic, certificate of the office")
    BSRE = "bsre", _("electronic, BSrE")
    WET = "basah", _("by hand")


class Certificate(models.Model):
    """A certificate that the office's own authority issued to somebody; the key lies encrypted beside the database."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="certificates")
    serial = models.CharField(max_length=40, unique=True)
    """Hexadecimal, as the certificate has it."""
    pem = models.TextField()
    since = models.DateTimeField(_("valid from"))
    until = models.DateTimeField(_("valid until"))
    revoked_at = models.DateTimeField(_("revoked"), null=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        ordering = ["-since", "-id"]

    def __str__(self) -> str:
        return f"{self.person} {self.serial}"


class Subscriber(models.Model):
    """Somebody with a certificate of BSrE, which knows him by his NIK. No page shows it."""

    person = models.OneToOneField("people.Person", models.CASCADE, related_name="bsre")
    nik = models.CharField(max_length=16)

    def __str__(self) -> str:
        return str(self.person)


class Signature(models.Model):
    """One signature on a paper: first waited for at a desk, then given."""

    paper = models.ForeignKey("documents.Paper", models.PROTECT, related_name="signatures")
    place = models.PositiveSmallIntegerField(default=0)
    """Which of the blocks on the paper."""
    desk = models.CharField(max_length=100, blank=True)
    """Where it waits: whoever sits there may sign."""
    name = models.CharField(_("name"), max_length=200)
    title = models.CharField(_("position"), max_length=300, blank=True)
    asked_at = models.DateTimeField()
    signed_at = models.DateTimeField(_("signed"), null=True)
    by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="signatures")
    method = models.CharField(max_length=8, choices=Method, blank=True)
    certificate = models.ForeignKey(Certificate, models.PROTECT, null=True, related_name="signatures")
    field = models.CharField(max_length=80, blank=True)
    """The name of its field in the PDF; "" for ink."""
    attachment = models.OneToOneField("cases.Attachment", models.PROTECT, null=True, related_name="signature")
    """The version of the paper that bears it."""
    token = models.CharField(max_length=40, unique=True, default=new_token)

    class Meta:
        ordering = ["paper", "place"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "place"], name="one_signature_per_place"),
            models.CheckConstraint(
                condition=models.Q(signed_at=None, attachment=None)
                | models.Q(signed_at__isnull=False, attachment__isnull=False),
                name="signed_with_its_file",
            ),
        ]
        indexes = [
            models.Index(fields=["desk"], name="signature_waiting", condition=models.Q(signed_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id}: {self.name}"
