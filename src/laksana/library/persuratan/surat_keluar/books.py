"""What the books and the lembar verbal of outgoing letters hold beyond the fields of a case."""

from collections.abc import Iterator, Mapping
from typing import Any

from laksana.cases.behaviour import Situation
from laksana.library.persuratan.surat_keluar import initials
from laksana.library.persuratan.surat_keluar.rules import subject_in_books

_STATUS = {"kirim": "Terkirim", "batal": "Batal"}


def agenda_row(situation: Situation) -> Mapping[str, Any]:
    """Return the columns of the Agenda Surat Keluar that no field fills."""
    values = situation.values
    receivers = [row["nama_jabatan"] for row in values.get("kepada") or []]
    initiator = situation.case.initiator
    remarks = (values.get("alasan_basah"), values.get("alasan_batal"))
    return {
        "daftar_tujuan": "; ".join(receivers) or None,
        "hal_agenda": subject_in_books(values["hal"], values["sifat"]),
        "pengolah": str(initiator.unit) if initiator else None,
        "status": _STATUS.get(situation.step.id),
        "keterangan": "; ".join(remark for remark in remarks if remark) or None,
    }


def expedition_row(situation: Situation) -> Mapping[str, Any]:
    """Return the columns of the Buku Ekspedisi for one addressee."""
    values = situation.values
    return {"nomor_naskah": values.get("nomor_surat") or values.get("nomor_setda")}


def file_copy(situation: Situation) -> Mapping[str, Any]:
    """Return what the lembar verbal prints: every paraf and every correction, with the version it concerned."""
    return {**initials.table(situation), "riwayat_koreksi": list(_corrections(situation))}


def _corrections(situation: Situation) -> Iterator[dict[str, Any]]:
    drafts = 0
    titles = {step.id: situation.procedure.performers[step.by[0]].title for step in situation.procedure.steps}
    for event in situation.case.events.filter(kind="completed").order_by("number"):
        drafts += event.step == "konsep"
        correction = event.data.get("values", {}).get("koreksi")
        if correction and event.data.get("outcome") in initials.RETURNED:
            yield {"versi": drafts, "jabatan": titles[event.step], "koreksi": correction, "waktu": event.at}
