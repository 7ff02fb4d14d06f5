"""The draft: its version, its way upwards, and what its forms refuse."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from laksana.cases.behaviour import Situation
from laksana.library.persuratan.naskah import CODES
from laksana.library.persuratan.surat_keluar.initials import RETURNED
from laksana.library.persuratan.surat_keluar.rules import (
    drafting_limit,
    is_own_archive,
    may_insert,
    signing_authority,
)
from laksana.people import services as people
from laksana.worktime.zone import local_day

HEAD, SECRETARY = "position:kepala-dinas", "position:sekretaris"


def version(situation: Situation) -> Mapping[str, Any]:
    """Return the version of a draft handed in, and the version that must be initialled.

    A change that the Kasubag marked redaksional leaves the paraf on the older version standing.
    """
    values = situation.values
    number = int(values.get("versi") or 0) + 1
    kept = bool(values.get("redaksional")) and values.get("versi_paraf") is not None
    return {
        "versi": number,
        "versi_paraf": int(values["versi_paraf"]) if kept else number,
        "konseptor": str(situation.actor or ""),
        "tanggal_konsep": local_day(situation.at),
        "penandatangan": desk_of(values["penanda_tangan"]),
    }


def desk_of(signer: str | None) -> str:
    """Return the desk at which a chosen signer signs."""
    return SECRETARY if signer == "sekretaris_an_kadis" else HEAD


def way_up(situation: Situation) -> Mapping[str, Any]:
    """Return which paraf a draft does not need because the drafter, or his superior, leads the unit himself."""
    drafter = situation.actor
    if drafter is None:
        return {"tanpa_kasi": False, "tanpa_kabid": False}
    office = people.office_on(situation.at)
    heads = office.holders(f"head:{drafter.unit.code}")
    leads = drafter.pk in heads
    return {"tanpa_kasi": leads, "tanpa_kabid": leads or office.superior_of(drafter.pk) in heads}


def coordinating_units(situation: Situation) -> Mapping[str, Any]:
    """Return the heads of the units that the draft concerns, for their paraf."""
    chosen = situation.values.get("perlu_koordinasi") or []
    units = ("sekretariat" if each == "sekretariat" else f"bidang-{each}" for each in chosen)
    return {"bidang_koordinasi": [{"bidang": f"head:{unit}"} for unit in units]}


def no_longer_editorial(situation: Situation) -> Mapping[str, Any]:
    """Return that a change asked for here is one of substance; only the Kasubag's may be redaksional."""
    editorial = situation.step.id == "tata-naskah" and bool(situation.values.get("redaksional"))
    return {"redaksional": editorial and situation.outcome in RETURNED}


def draft_errors(situation: Situation) -> dict[str, str]:
    """Refuse an unknown archive code, a copy to the own archive, and a signer without authority."""
    values = situation.values
    errors = authority_errors(situation)
    if CODES.get(values["kode_klasifikasi"]) is None:
        errors["kode_klasifikasi"] = _(
            "%(code)s is not in the list of archive codes (kode-klasifikasi.csv)."
        ) % {"code": values["kode_klasifikasi"]}
    for number, row in enumerate(values.get("tembusan") or []):
        if is_own_archive(row["nama_jabatan"]):
            errors[f"tembusan.{number}.nama_jabatan"] = _("The office's own archive is not listed as a copy.")
    return errors


def authority_errors(situation: Situation) -> dict[str, str]:
    """Refuse a signer who may not sign this kind of document for these addressees today."""
    values = situation.values
    receivers = [row["nama_jabatan"] for row in values.get("kepada") or []]
    verdict = signing_authority(
        values["jenis_naskah"], values["penanda_tangan"], local_day(situation.at), receivers
    )
    told = {
        "jenis_tidak_berwenang": _("This official does not sign this kind of document (jenis-naskah.csv)."),
        "tanpa_mandat": _("The Sekretaris has no mandate in force for this kind (mandat-sekretaris.csv)."),
        "kepada_wali_kota": _("A letter to the Wali Kota is signed by the Kepala Dinas himself."),
    }
    return {} if verdict == "berwenang" else {"penanda_tangan": told[verdict]}


def style_errors(situation: Situation) -> dict[str, str]:
    """Refuse, when the form is found good, a signer without authority or an inserted number that is not allowed."""
    values = situation.values
    if situation.outcome != "Ya":
        return {}
    authority = authority_errors(situation)
    errors = {"": authority["penanda_tangan"]} if authority else {}
    if (earlier := values.get("tanggal_mundur")) is None:
        return errors
    verdict = may_insert(earlier, local_day(situation.at), situation.calendar)
    told = {
        "tidak_dibolehkan": _("The office does not allow inserted numbers."),
        "bukan_mundur": _("A number of today or later is given in turn, not inserted."),
        "tahun_lain": _("A number is inserted only within the same year."),
        "terlalu_jauh": _("That day lies further back than the office allows."),
    }
    return errors if verdict == "boleh" else {**errors, "tanggal_mundur": told[verdict]}


def correction_errors(situation: Situation) -> dict[str, str]:
    """Refuse to send a draft back without saying what to change."""
    if situation.outcome in RETURNED and not situation.values.get("koreksi"):
        return {"koreksi": _("Say what has to be changed.")}
    return {}


def due(situation: Situation) -> datetime:
    """Return until when the letter must have been sent."""
    clock = situation.case.clocks.filter(clock="konsep-sampai-kirim").first()
    drafted = clock.started_at if clock else situation.at
    return drafting_limit(situation.values["kecepatan"], drafted, situation.calendar)
