"""Signing by hand: nothing to do for the system but to keep the scan of the signed paper."""

from django.utils.translation import gettext as _

from laksana.signing.errors import NoCertificate
from laksana.signing.models import Method
from laksana.signing.ports import Order


class WetPort:
    """Wet ink."""

    method = Method.WET
    ready = False
    certificate = None

    @property
    def hindrance(self) -> str:
        """Return why nothing is signed electronically."""
        return _("This office signs by hand: print the paper, sign it, and put in its scan.")

    def sign(self, order: Order, passphrase: str) -> bytes:  # noqa: ARG002  (the port's shape)
        """Refuse: ink is given on paper."""
        raise NoCertificate(self.hindrance)
