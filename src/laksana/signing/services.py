"""The door of `signing`: what waits for a signature, giving it, what the public may verify, and the office's own certificates."""

from laksana.signing.asking import by_hand, electronic
from laksana.signing.authority import ensure, issue, revoke, revoked_list
from laksana.signing.demonstration import install_signers
from laksana.signing.drafting import ControlSheet, Turn, control_sheet, control_sheet_pdf
from laksana.signing.errors import NoCertificate, NotSigned, WrongPassphrase
from laksana.signing.giving import SCANS, Given, keep_scan, sign, sign_all, sign_pdf
from laksana.signing.models import Certificate, Method, Signature, Subscriber, new_token
from laksana.signing.ports import Order, port_for
from laksana.signing.stamp import place_of
from laksana.signing.validation import findings
from laksana.signing.verification import Borne, Verified, digest_of, elsewhere, shown, verification
from laksana.signing.waiting import Waiting, version_to_sign, waiting, waiting_for, waiting_rows
from laksana.signing.wet import ask_for_ink, inkable

__all__ = [
    "SCANS",
    "Borne",
    "Certificate",
    "ControlSheet",
    "Given",
    "Method",
    "NoCertificate",
    "NotSigned",
    "Order",
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
    "elsewhere",
    "ensure",
    "findings",
    "inkable",
    "install_signers",
    "issue",
    "keep_scan",
    "new_token",
    "place_of",
    "port_for",
    "revoke",
    "revoked_list",
    "shown",
    "sign",
    "sign_all",
    "sign_pdf",
    "verification",
    "version_to_sign",
    "waiting",
    "waiting_for",
    "waiting_rows",
]
