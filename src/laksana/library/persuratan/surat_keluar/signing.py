"""Numbering and signing: once approved, a document gets its number and date, and keeps them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from laksana.cases.behaviour import Done, Situation
from laksana.cases.errors import Refused
from laksana.documents.services import block, signatory_at
from laksana.library.persuratan.naskah import FIGURES, KINDS
from laksana.library.persuratan.numbers import PATTERNS, parts, series_of
from laksana.library.persuratan.surat_keluar.drafting import SECRETARY, desk_of
from laksana.library.persuratan.surat_keluar.rules import naming, number_series
from laksana.numbering import services as numbering
from laksana.people import services as people
from laksana.worktime.zone import local_day


def number_letter(situation: Situation) -> Done:
    """Give the document its number and date, once: a failed signature does not spend another."""
    values = situation.values
    if values.get("nomor_urut") is not None:
        return Done()
    on = values.get("tanggal_mundur") or local_day(situation.at)
    if number_series(values["jenis_naskah"], on) is None:
        return Done({"tanggal_surat": on})
    given = _given(situation)
    return Done(
        {
            "nomor_urut": given.value,
            "huruf_sisipan": given.suffix or None,
            "nomor_surat": given.written,
            "tanggal_surat": given.on,
        }
    )


def _given(situation: Situation) -> numbering.Given:
    values, label = situation.values, situation.case.number
    by = situation.actor.name if situation.actor else ""
    kind = KINDS[values["jenis_naskah"]]
    series = series_of(PATTERNS[kind.pola_nomor])
    of_letter = parts(values["kode_klasifikasi"], values["sifat"], kind.singkatan)
    if (earlier := values.get("tanggal_mundur")) is None:
        furthest = int(FIGURES["nomor_cadangan_mundur"].nilai.amount)
        since = situation.calendar.add_workdays(local_day(situation.at), -furthest)
        return numbering.give(series, situation.at, label, of_letter, reserved_since=since, by=by)
    pattern = numbering.pattern_of(series, earlier)
    try:
        inserted = numbering.insert_between(
            pattern.counter(series, earlier, of_letter),
            earlier,
            situation.at,
            values.get("alasan_sisipan") or "",
            label,
            calendar=situation.calendar,
            max_workdays_back=int(FIGURES["nomor_sisipan_mundur"].nilai.amount),
            pattern=pattern,
            parts=of_letter,
            by=by,
        )
    except numbering.NumberRefused as error:
        raise Refused(str(error)) from error
    return numbering.Given(inserted.value, inserted.suffix, inserted.written, earlier)


def void_number(situation: Situation) -> Done:
    """Cancel the number of a document that is given up; its row stays with the reason."""
    values = situation.values
    if values.get("nomor_urut") is None:
        return Done()
    given = numbering.numbered_as(values.get("nomor_surat") or "")
    if (
        given is None
        and (found := number_series(values["jenis_naskah"], values["tanggal_surat"])) is not None
    ):
        given = numbering.allotted(*found, int(values["nomor_urut"]), values.get("huruf_sisipan") or "")
    if given is not None:
        by = situation.actor.name if situation.actor else ""
        numbering.void(given, values["alasan_batal"], situation.at, by)
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
    # A draft that is previewed has not been handed in yet.
    desk = values.get("penandatangan") or desk_of(values.get("penanda_tangan"))
    signatory = signatory_at(desk, situation.at)
    if desk == SECRETARY:
        signatory = replace(signatory, for_title=people.desk_title("position:kepala-dinas"))
    return {
        "signature": block(
            signatory,
            naming(values.get("jenis_naskah") or "surat_dinas", values.get("penanda_tangan") or "kadis"),
        )
    }
