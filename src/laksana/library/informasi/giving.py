"""When an answer may leave: what is partly given is blacked out and seen by two, and a refusal rests on a decision there is."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from laksana.cases.behaviour import Situation
from laksana.cases.errors import Refused
from laksana.disclosure import services as disclosure
from laksana.library.informasi import exempt
from laksana.library.informasi.informasi_dikecualikan.rules import LETTERS
from laksana.worktime.zone import local_day

SOURCES = ("dokumen_informasi", "bahan_jawaban")
PERSONAL = "pdp"
PARTLY, WHOLLY = "diberikan_sebagian", "diberikan_seluruhnya"
_RESTS_ON_A_DECISION = (PARTLY, "ditolak")


def grounds() -> Mapping[str, str]:
    """Return the grounds on which parts are blacked out: the letters of article 17, and personal data."""
    letters = {row.huruf: f"Pasal 17 huruf {row.huruf}: {row.uraian}" for row in LETTERS.rows()}
    return {**letters, PERSONAL: "Data pribadi: UU 27/2022"}


def refuse_undecided(situation: Situation) -> Mapping[str, str]:
    """Refuse to go on with an answer given in part while two people have not decided what becomes of each of its files."""
    if situation.values.get("keputusan") != PARTLY or not disclosure.sources_of(
        situation.case, situation.values
    ):
        return {}
    try:
        files = disclosure.released(situation.case, situation.values)
    except Refused as refusal:
        return {"": str(refusal)}
    return {} if files else {"": "Tidak ada berkas yang diberikan; itu penolakan, bukan pemberian sebagian."}


def refuse_other_files(situation: Situation) -> Mapping[str, str]:
    """Refuse to hand over anything but what two people released, in the answer given in part."""
    if faults := refuse_undecided(situation):
        return faults
    if situation.values.get("keputusan") != PARTLY:
        return {}
    given = {int(key) for key in situation.values.get("berkas_jawaban") or ()}
    sources = disclosure.sources_of(situation.case, situation.values)
    agreed = {file.pk for file in disclosure.released(situation.case, situation.values)} if sources else set()
    if given != agreed:
        return {"": "Berkas yang akan diserahkan berubah sesudah ditetapkan; kembalikan konsepnya."}
    return {}


def refuse_unreleased(situation: Situation) -> Mapping[str, str]:
    """Refuse to carry out an order or a ruling while two people have not decided what becomes of each of its files.

    Unlike an answer in part, an order may be to give everything: then each file is given whole, which two people say too.
    """
    try:
        disclosure.released(situation.case, situation.values, whole=True)
    except Refused as refusal:
        return {"": f"{refusal} Buka halaman Penghitaman berkas."}
    return {}


def carried_out(situation: Situation) -> Mapping[str, Any]:
    """Return what goes to the applicant under an order or a ruling: the files as released, and what is blacked out in them."""
    files = disclosure.released(situation.case, situation.values, whole=True)
    return {
        "berkas_diberikan": [file.pk for file in files],
        "bagian_dihitamkan": blacked_out_rows(situation),
    }


def answer_files(situation: Situation) -> list[int]:
    """Return the files that go out with the answer: all as they are, those released, or none."""
    decision = situation.values.get("keputusan")
    sources = disclosure.sources_of(situation.case, situation.values)
    if decision == WHOLLY:
        return [file.pk for file in sources]
    if decision == PARTLY and sources:
        return [file.pk for file in disclosure.released(situation.case, situation.values)]
    return []


def decision_stands(situation: Situation) -> Mapping[str, str]:
    """Refuse a refusal whose decision is not in the list of exempt information, is over, or has not its letters."""
    values = situation.values
    number = str(values.get("nomor_sk_klasifikasi") or "").strip()
    if values.get("keputusan") not in _RESTS_ON_A_DECISION or not number:
        return {}
    entries = [each for each in exempt.exemptions(situation.at) if each.decision == number]
    if not entries:
        return {"nomor_sk_klasifikasi": f"Tidak ada keputusan klasifikasi bernomor {number} dalam DIK."}
    if not any(each.in_force for each in entries):
        return {"nomor_sk_klasifikasi": f"Pengecualian menurut {number} sudah berakhir atau dibatalkan."}
    letters = frozenset().union(*(each.letters for each in entries if each.in_force))
    if others := sorted(set(values.get("huruf_pasal17") or ()) - letters):
        told = ", ".join(sorted(letters))
        return {"huruf_pasal17": f"Keputusan {number} memakai huruf {told}, bukan {', '.join(others)}."}
    return {}


def warn_of_exempt(situation: Situation) -> Mapping[str, str]:
    """Warn where what is asked for is near an information that is exempt: number, basis and end of the decision."""
    asked = str(situation.values.get("rincian_informasi") or situation.values.get("informasi_diminta") or "")
    found = exempt.touched(asked, situation.at)
    if not found:
        return {}
    told = dict.fromkeys(_told(each, local_day(situation.at)) for each in found[:5])
    return {"": "Permohonan ini mendekati informasi yang dikecualikan: " + "; ".join(told) + "."}


def _told(each: exempt.Exemption, today: date) -> str:
    until = f"sampai {each.ends:%d-%m-%Y}" if each.ends else each.period.lower()
    what = f" tentang {each.summary.rstrip('.')}" if each.summary and each.announced else ""
    review = "; sedang ditinjau" if each.review and each.review <= today else ""
    return f"{each.decision}{what} ({each.basis}, {until}{review})"


def blacked_out_rows(situation: Situation) -> list[dict[str, Any]]:
    """Return the table of what is blacked out: from the marks in the files, or as it was typed for a paper copy."""
    if disclosure.sources_of(situation.case, situation.values):
        return disclosure.rows(situation.case, situation.values)
    return list(situation.values.get("bagian_dihitamkan") or ())
