"""What an e-mail to RABEG adds to its definition: what its own headers say, and the proposal where it belongs."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from laksana.cases.behaviour import Behaviour, Done, Situation
from laksana.cases.models import Attachment, Case
from laksana.files.services import open_file
from laksana.library.aspirasi.rabeg_email import month, rules
from laksana.library.aspirasi.tickets import is_ticket
from laksana.library.others import other_cases

surel = Behaviour("rabeg-email")


def _headers(situation: Situation) -> rules.Headers | None:
    if not situation.values.get("eml"):
        return None
    with open_file(
        Attachment.objects.select_related("stored").get(pk=situation.values["eml"]).stored
    ) as file:
        return rules.headers_of(file.read())


@surel.computes("kirim")
def told_by_headers(situation: Situation) -> Mapping[str, Any]:
    """Return what the original e-mail says of itself, over what was typed: its receipt is that of the city's own server."""
    found = _headers(situation)
    if found is None:
        return {}
    told = {
        "waktu_diterima": found.received,
        "tanggal_header": found.sent,
        "message_id": found.message_id[:300],
        "in_reply_to": " ".join((found.in_reply_to, *found.references)).strip()[:1000],
    }
    return {name: value for name, value in told.items() if value}


@surel.check("kirim")
def received_is_known(situation: Situation) -> Mapping[str, str]:
    """Ask for the time of receipt where no header tells it."""
    found = _headers(situation)
    if situation.values.get("waktu_diterima") or (found and found.received):
        return {}
    return {"waktu_diterima": _("Fill this in: the original e-mail does not tell when it was received.")}


@surel.warns("kirim", "saring")
def date_is_odd(situation: Situation) -> Mapping[str, str]:
    """Warn of a sender's date far from the receipt; limits count from the receipt."""
    found, values = _headers(situation), situation.values
    sent = (found.sent if found else None) or values.get("tanggal_header")
    received = (found.received if found else None) or values.get("waktu_diterima")
    if sent and received and rules.is_far_off(sent, received):
        return {
            "tanggal_header": _(
                "The sender's date differs by more than 24 hours from the receipt, which counts."
            )
        }
    return {}


@surel.automatic("ambil-surel")
def fetched(situation: Situation) -> Done:
    """Return where the e-mail seems to belong; a person decides."""
    values = situation.values
    first, *others = (values.get("in_reply_to") or "").split() or [""]
    mentioned = [each for each in (first, *reversed(others)) if each]
    found = rules.matched(
        mentioned,
        values["subjek"],
        values["dari_email"],
        lambda message_id: _ticket_of(situation, message_id),
        _reporters_of,
    )
    return Done({"usul_saring": found.proposal, "tiket_diusulkan": found.ticket, "alasan_usul": found.reason})


def _ticket_of(situation: Situation, message_id: str) -> str | None:
    """Return the ticket of an e-mail that came before: its own, or that of the report which it became."""
    case = other_cases(situation, message_id=message_id).last()
    if case is None:
        return None
    report = Case.objects.filter(procedure="rabeg", starter__case=case).last()
    known = (case.data, report.data if report else {})
    found = next((data["nomor_tiket"] for data in known if data.get("nomor_tiket")), None)
    found = found or case.data.get("tiket_terkait")
    return str(found) if found else None


def _reporters_of(ticket: str) -> set[str]:
    mails = Case.objects.filter(procedure="rabeg", data__nomor_tiket=ticket).values_list(
        "data__email_pelapor", flat=True
    )
    return {mail.lower() for mail in mails if mail}


@surel.check("saring")
def thread_is_a_ticket(situation: Situation) -> Mapping[str, str]:
    """Refuse to link an e-mail to what is no ticket number."""
    ticket = situation.values.get("tiket_terkait")
    if situation.outcome == "Balasan utas" and ticket and not is_ticket(ticket):
        return {"tiket_terkait": _("This is no ticket number; its last digit does not fit.")}
    return {}


@surel.row("register-karantina")
def quarantine_row(situation: Situation) -> Mapping[str, Any]:
    """Return the SHA-256 of the original e-mail; where only its attachments were kept, theirs."""
    values = situation.values
    original = Attachment.objects.filter(pk__in=[values["eml"]] if values.get("eml") else ()).values_list(
        "stored__sha256", flat=True
    )
    hashes = list(original) or [
        row["sha256"] for row in values.get("lampiran_surel") or () if row.get("sha256")
    ]
    return {"sha256": ", ".join(hashes) or None}


surel.row("rekap-surel")(month.row)
