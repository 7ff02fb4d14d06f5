"""What the books and the papers of legal products say beside the fields of a case."""

from collections.abc import Mapping
from typing import Any

from laksana.cases.behaviour import Situation
from laksana.documents.services import Naming, block, signatory_at
from laksana.library.tatalaksana.penerbitan_produk_hukum.form import REGULATION

LATE = "Lewat batas tanpa hasil"
"""The outcome by which a draft goes on without a result of the Gubernur."""
_CHANGED = {"mencabut": "Dicabut", "mengubah": "Diubah"}


def _initiator(situation: Situation) -> str | None:
    return situation.case.initiator.name if situation.case.initiator else None


def request(situation: Situation) -> Mapping[str, Any]:
    """Return who asked, and once the case ends how it ended."""
    values, row = situation.values, {"pemrakarsa": _initiator(situation)}
    if situation.step.id not in ("tolak", "terima-salinan"):
        return row
    asked = values["jenis"] == REGULATION and values.get("tanggal_terima_gubernur")
    result = values.get("fasilitasi") or LATE if asked else None
    return {
        **row,
        "tahap": "Ditolak" if situation.step.id == "tolak" else "Selesai",
        "versi_akhir": values["versi"],
        "fasilitasi_akhir": result,
        "keterangan": values.get("alasan_tolak")
        or ("Dilanjutkan tanpa hasil fasilitasi" if result == LATE else None),
    }


def decision(situation: Situation) -> Mapping[str, Any]:
    """Return who asked for the decision, and that it is in force."""
    return {"pemrakarsa": _initiator(situation), "status": "Berlaku"}


def changed(situation: Situation) -> Mapping[str, Any]:
    """Return what became of the older product."""
    return {"status": _CHANGED[situation.values["hubungan"]]}


def signature(situation: Situation) -> Mapping[str, Any]:
    """Return the signature of a decision: the name in capitals without degrees (Permendagri 1/2023 pasal 44)."""
    return {"signature": block(signatory_at("position:kepala-dinas", situation.at), Naming.PLAIN)}
