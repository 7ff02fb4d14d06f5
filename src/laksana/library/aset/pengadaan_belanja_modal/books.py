"""What stands in the book of contracts, and the heads of the papers of a purchase of capital goods."""

from collections.abc import Mapping
from typing import Any

from laksana.cases.behaviour import Situation
from laksana.documents.services import signatory_at


def contract_row(situation: Situation) -> Mapping[str, Any]:
    """Return what a contract came to: what is paid of it, and that its goods are on their way to who uses them."""
    values, done = situation.values, situation.step.id
    paid = values["nilai_kontrak"] - (values.get("denda") or 0) if done == "bayar" else None
    return {"realisasi": paid, "status": "Selesai" if done == "distribusi" else None}


def proposal_paper(situation: Situation) -> Mapping[str, Any]:
    """Return the head of the unit's nota dinas."""
    about = {
        "kepada": "Sekretaris",
        "hal": "Usulan pengadaan barang modal",
        "sifat": "Biasa",
        "lampiran": "1 berkas",
    }
    return {"nomor": situation.values["nomor_usulan"], **about}


def contract_paper(situation: Situation) -> Mapping[str, Any]:
    """Return the number that the contract bears, and who signs it for the office."""
    signing = signatory_at("position:pejabat-pembuat-komitmen", situation.at)
    return {"nomor": situation.values["nomor_kontrak"], "signature": signing}


def handover_paper(situation: Situation) -> Mapping[str, Any]:
    """Return the number of the record of handover."""
    return {"nomor": situation.values["nomor_bast"]}


def status_paper(situation: Situation) -> Mapping[str, Any]:
    """Return the head of the letter that proposes the use status; its number is given by the register of letters."""
    count = len(situation.values["daftar_psp"])
    return {
        "sifat": "Biasa",
        "hal": "Usulan penetapan status penggunaan barang",
        "lampiran": f"{count} barang",
    }
