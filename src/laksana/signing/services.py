"""The door of `signing`: what waits for a signature, giving it, what the public may verify, and the office's own certificates."""

from laksana.signing.asking import by_hand, electronic
from laksana.signing.authority import ensure, issue, revoke, revoked_list
from laksana.signing.demonstration import install_signers
from laksana.signing.drafting import ControlSheet, Turn, control_sheet, control_sheet_pdf
from laksana.signing.errors import NoCertificate, NotSigned, WrongPassphrase
from laksana.signing.giving import Given, keep_scan, sign, sign_all
from laksana.signing.models import Certificate, Signature, Subscriber
from laksana.signing.ports import port_for
from laksana.signing.validation import findings
from laksana.signing.verification import Verified, digest_of, verification
from laksana.signing.waiting import Waiting, version_to_sign, waiting, waiting_for, waiting_rows
from laksana.signing.wet import ask_for_ink, inkable

__all__ = [
    "Certificate",
    "ControlSheet",
    "Given",
    "NoCertificate",
    "NotSigned",
    "Signature",
    "Subscriber",
    "Turn",
    "Verified",
    "Waiting",
    "WrongPassphrase",
    "ask_for_ink",
    "by_hand",
    "control_sheet",
    "control_sheet_pdf",
    "digest_of",
    "electronic",
    "ensure",
    "findings",
    "inkable",
    "install_signers",
    "issue",
    "keep_scan",
    "port_for",
    "revoke",
    "revoked_list",
    "sign",
    "sign_all",
    "verification",
    "version_to_sign",
    "waiting",
    "waiting_for",
    "waiting_rows",
]
