"""Why a signature is not given. Every refusal says what is wrong; nothing was changed."""

from laksana.cases.errors import Refused


class NotSigned(Refused):
    """The signature was not given; the message is for the signer."""


class WrongPassphrase(NotSigned):
    """The passphrase does not open the key."""


class NoCertificate(NotSigned):
    """The signer has no certificate with which he could sign now: none, expired, revoked."""
