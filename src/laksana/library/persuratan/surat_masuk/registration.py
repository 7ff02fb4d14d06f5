"""Registering a letter: what is computed from its dates, and what its forms refuse or warn of."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from laksana.cases.behaviour import Situation
from laksana.library.persuratan.naskah import CODES, URGENCIES, Urgency, retention
from laksana.library.persuratan.surat_masuk import duplicates
from laksana.library.persuratan.surat_masuk.rules import (
    follow_up_limit,
    forwarding_limit,
    invitation_urgency,
    is_late_invitation,
    is_routine,
    letter_date,
)
from laksana.worktime.zone import local_day

Errors = dict[str, str]
UNSORTED: Urgency = "biasa"
"""The urgency that counts until the letter is sorted."""


def limits(situation: Situation) -> Mapping[str, Any]:
    """Return the urgency (raised for an invitation), whether the letter came late, and its time limit."""
    values = situation.values
    received, event = values["diterima_pada"], event_of(situation)
    urgency: Urgency = values.get("kecepatan") or UNSORTED
    computed: dict[str, Any] = {"terlambat": event is not None and is_late_invitation(received, event)}
    if event is not None:
        urgency = computed["kecepatan"] = invitation_urgency(urgency, received, event)
    computed["batas_tindak_lanjut"] = follow_up_limit(
        urgency, received, situation.calendar, event, values.get("batas_jawaban")
    )
    return computed


def event_of(situation: Situation) -> Any:
    """Return when the event of an invitation is; None for any other letter."""
    is_invitation = situation.values.get("jenis_naskah") == "surat_undangan"
    return situation.values.get("waktu_acara") if is_invitation else None


def routine(situation: Situation) -> Mapping[str, Any]:
    """Return whether the Sekretaris may dispose of the letter himself."""
    values = situation.values
    kind, code = values.get("jenis_naskah") or "", values.get("kode_klasifikasi") or ""
    return {"urusan_rutin": is_routine(kind, code, bool(values.get("terlambat")))}


def kept_how_long(situation: Situation) -> Mapping[str, Any]:
    """Return the retention of the letter's archive code, as the table in use has it."""
    row = retention(situation.values.get("kode_klasifikasi") or "")
    if row is None:
        return {"retensi_aktif": None, "retensi_inaktif": None, "nasib_akhir": None}
    return {
        "retensi_aktif": row.retensi_aktif or None,
        "retensi_inaktif": row.retensi_inaktif or None,
        "nasib_akhir": row.nasib_akhir or None,
    }


def due_follow_up(situation: Situation) -> Any:
    """Return until when the letter must be followed up and filed."""
    return situation.values.get("batas_tindak_lanjut")


def due_forwarding(situation: Situation) -> Any:
    """Return until when the letter must have reached those it was disposed to."""
    values = situation.values
    urgency: Urgency = values.get("kecepatan") or UNSORTED
    return forwarding_limit(urgency, values["diterima_pada"], situation.calendar)


def receipt_errors(situation: Situation) -> Errors:
    """Refuse a receipt in the future."""
    if situation.values["diterima_pada"] > situation.at:
        return {"diterima_pada": _("The letter cannot have been received later than now.")}
    return {}


def date_errors(situation: Situation) -> Errors:
    """Refuse a letter dated after its receipt, and an old one without a note."""
    values = situation.values
    if (dated := values.get("tanggal_surat")) is None:
        return {}
    verdict = letter_date(dated, values["diterima_pada"])
    if verdict == "setelah_diterima":
        received = f"{local_day(values['diterima_pada']):%d-%m-%Y}"
        return {
            "tanggal_surat": _("The letter was received on %(day)s; its date cannot be later.")
            % {"day": received}
        }
    if verdict == "perlu_catatan" and not values.get("catatan_kelengkapan"):
        return {"catatan_kelengkapan": _("The letter is old. Note here why it comes only now.")}
    return {}


def code_errors(situation: Situation) -> Errors:
    """Refuse an archive code that the table in use does not have."""
    code = situation.values.get("kode_klasifikasi")
    if not code or CODES.get(code) is not None:
        return {}
    return {
        "kode_klasifikasi": _("%(code)s is not in the list of archive codes (kode-klasifikasi.csv).")
        % {"code": code}
    }


def duplicate_errors(situation: Situation) -> Errors:
    """Refuse a second number for the same letter, and a merge without one to merge with."""
    if situation.outcome is None:
        return {"outcome": _("Choose the decision.")}
    same = duplicates.same_letter(situation)
    if situation.outcome == "Surat baru" and same is not None:
        number = {"number": same.data["nomor_agenda"]}
        return {
            "outcome": _("This letter is in the agenda already, number %(number)s. Choose Surat ganda.")
            % number
        }
    if situation.outcome == "Surat ganda" and same is None:
        return {
            "outcome": _("No letter of this agenda year has this sender, number and date. Choose Surat baru.")
        }
    return {}


def note_errors(situation: Situation) -> Errors:
    """Refuse to send something back without saying why."""
    sends_back = situation.outcome in ("Tidak", "Perbaiki")
    if sends_back and not situation.values.get("catatan_periksa"):
        return {"catatan_periksa": _("Say what has to be mended.")}
    return {}


def forget_note(_situation: Situation) -> Mapping[str, Any]:
    """Return that the note on what had to be mended is done with; the history keeps it."""
    return {"catatan_periksa": None}


def registration_warnings(situation: Situation) -> Errors:
    """Warn of a probable duplicate, a raised urgency, a late invitation, an answer date that is over."""
    values, warned = situation.values, {}
    if similar := duplicates.similar_letters(situation):
        listed = "; ".join(duplicates.described(case) for case in similar)
        warned["nomor_surat"] = _("Perhaps in the agenda already: %(letters)s.") % {"letters": listed}
    event, urgency = event_of(situation), values.get("kecepatan")
    if event is not None and urgency is not None:
        warned |= _urgency_warning(situation, event, urgency)
    answer = values.get("batas_jawaban")
    if answer is not None and answer < local_day(values["diterima_pada"]):
        warned["batas_jawaban"] = _("The answer date was over when the letter arrived.")
    return warned


def _urgency_warning(situation: Situation, event: Any, chosen: Any) -> Errors:
    received = situation.values["diterima_pada"]
    demanded = invitation_urgency(chosen, received, event)
    name = {"urgency": URGENCIES[demanded].nama}
    if is_late_invitation(received, event):
        return {
            "waktu_acara": _("The invitation came after its event; its urgency becomes %(urgency)s.") % name
        }
    if demanded == chosen:
        return {}
    hours = (event - received).total_seconds() / 3600
    text = _("%(hours)d hours are left until the event: the urgency becomes %(urgency)s.")
    return {"waktu_acara": text % {"hours": hours, **name}}
