"""A letter that came by e-mail: what its file says is filled in where the front desk left it open."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _

from laksana.cases.behaviour import Situation
from laksana.cases.models import Attachment
from laksana.files import services as files
from laksana.library.persuratan.surat_masuk.eml import (
    MAX_ATTACHMENTS,
    MAX_BYTES,
    Mail,
    MailError,
    Reason,
    read_mail,
)
from laksana.worktime.zone import local_day

SCANS = "pindaian"
_LONGEST_SUBJECT = 300


def mail_errors(situation: Situation) -> dict[str, str]:
    """Refuse a file that is no e-mail, and one that names no sender where none was typed."""
    if situation.values.get("surel") is None:
        return {}
    try:
        mail = _mail(situation)
    except MailError as error:
        return {"surel": _in_words(error.reason)}
    if not situation.values.get("asal_surat") and not mail.sender:
        return {"asal_surat": _("The e-mail names no sender. Type who sent it.")}
    return {}


def mail_values(situation: Situation) -> Mapping[str, Any]:
    """Return what the e-mail says for the fields left open, and its attachments as the letter's scans."""
    values = situation.values
    if values.get("surel") is None:
        return {}
    mail = _mail(situation)
    found: dict[str, Any] = {}
    if not values.get("asal_surat"):
        found["asal_surat"] = mail.sender[:200]
    if mail.subject:
        found["hal"] = mail.subject[:_LONGEST_SUBJECT]
    if mail.sent_at is not None and local_day(mail.sent_at) <= local_day(values["diterima_pada"]):
        found["tanggal_surat"] = local_day(mail.sent_at)
    if mail.text:
        found["ringkasan"] = mail.text[: situation.procedure.fields["ringkasan"].max_length]
    if scans := _attached(situation, mail):
        found[SCANS] = scans
    return found


def _in_words(reason: Reason) -> str:
    match reason:
        case Reason.TOO_LARGE:
            return _("The e-mail is larger than %(limit)d MB.") % {"limit": MAX_BYTES // 1024 // 1024}
        case Reason.TOO_MANY_ATTACHMENTS:
            return _("The e-mail has more than %(limit)d attachments.") % {"limit": MAX_ATTACHMENTS}
        case Reason.TOO_MANY_PARTS:
            return _("The e-mail is made of too many parts to be read.")
    return _("The file is no e-mail. Save the message from the mail program as .eml and attach that.")


def _mail(situation: Situation) -> Mail:
    stored = Attachment.objects.select_related("stored").get(pk=situation.values["surel"]).stored
    with files.open_file(stored) as content:
        return read_mail(content.read())


def _attached(situation: Situation, mail: Mail) -> list[int]:
    """Store those attachments that may be scans of a letter; return their keys. Others stay in the e-mail itself."""
    accept = situation.procedure.fields[SCANS].accept or ()
    kept = []
    for enclosure in mail.enclosures:
        try:
            stored = files.store(BytesIO(enclosure.content), enclosure.name, accept=accept, at=situation.at)
        except files.FileRefused:
            continue
        attachment = Attachment.objects.create(
            case=situation.case,
            stored=stored,
            name=enclosure.name,
            field=SCANS,
            by=situation.actor,
            at=situation.at,
        )
        kept.append(attachment.pk)
    return kept
