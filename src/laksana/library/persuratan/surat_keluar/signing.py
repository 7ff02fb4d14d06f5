"""Numbering and signing: once approved, a document gets its number and date, and keeps them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from laksana.cases.behaviour import Done, Situation
from laksana.cases.errors import Refused
from laksana.documents.services import block, signatory_at
from laksana.library.persuratan.naskah import FIGURES
from laksana.library.persuratan.surat_keluar.rules import letter_number, naming, number_series
from laksana.numbering import services as numbering
from laksana.people import services as people
from laksana.worktime.zone import local_day


def number_letter(situation: Situation) -> Done:
    """Give the document its number and date, once: a failed signature does not spend another."""
    values = situation.values
    if values.get("nomor_urut") is not None:
        return Done()
    on = values.get("tanggal_mundur") or local_day(situation.at)
    found = number_series(values["jenis_naskah"], on)
    if found is None:
        return Done({"tanggal_surat": on})
    number, suffix = _next(situation, *found)
    written = letter_number(
        values["jenis_naskah"], values["kode_klasifikasi"], number, on, values["sifat"], suffix
    )
    return Done(
        {"nomor_urut": number, "huruf_sisipan": suffix or None, "nomor_surat": written, "tanggal_surat": on}
    )


def _next(situation: Situation, series: str, year: int) -> tuple[int, str]:
    values, label = situation.values, situation.case.number
    if (earlier := values.get("tanggal_mundur")) is None:
        return numbering.allot(series, year, situation.at, label), ""
    furthest = int(FIGURES["nomor_sisipan_mundur"].nilai.amount)
    reason = values.get("alasan_sisipan") or ""
    try:
        inserted = numbering.insert_between(
            series,
            earlier,
            situation.at,
            reason,
            label,
            calendar=situation.calendar,
            max_workdays_back=furthest,
        )
    except numbering.NumberRefused as error:
        raise Refused(str(error)) from error
    return inserted.value, inserted.suffix


def void_number(situation: Situation) -> Done:
    """Cancel the number of a document that is given up; its row stays with the reason."""
    values = situation.values
    if values.get("nomor_urut") is None:
        return Done()
    found = number_series(values["jenis_naskah"], values["tanggal_surat"])
    if found is not None:
        given = numbering.allotted(*found, int(values["nomor_urut"]), values.get("huruf_sisipan") or "")
        numbering.void(given, values["alasan_batal"], situation.at)
    return Done()


def wet_ink(situation: Situation) -> Mapping[str, Any]:
    """Return that a document is signed by hand, once electronic signing failed or was not chosen."""
    if situation.outcome in ("Gagal elektronik", "Tanda tangan basah"):
        return {"cara_tanda_tangan": "basah"}
    return {}


def final_errors(situation: Situation) -> dict[str, str]:
    """Refuse a signature by hand without the signed document."""
    return {} if situation.values.get("naskah_final") else {"naskah_final": _("Attach the signed document.")}


def signature(situation: Situation) -> Mapping[str, Any]:
    """Return the signature block: of whoever holds the signing desk that day, in his capacity."""
    values = situation.values
    desk = values["penandatangan"]
    signatory = signatory_at(desk, situation.at)
    if desk == "position:sekretaris":
        signatory = replace(signatory, for_title=people.desk_title("position:kepala-dinas"))
    return {"signature": block(signatory, naming(values["jenis_naskah"], values["penanda_tangan"]))}
