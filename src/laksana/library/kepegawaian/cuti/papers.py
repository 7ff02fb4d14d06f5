"""What the papers of leave print beyond the fields of the case."""

from collections.abc import Mapping
from typing import Any

from laksana.cases.behaviour import Situation
from laksana.library.kepegawaian.cuti import ledger, rules
from laksana.library.kepegawaian.signers import doer, named

KINDS = {
    "tahunan": "Cuti Tahunan", "besar": "Cuti Besar", "sakit": "Cuti Sakit", "melahirkan": "Cuti Melahirkan",
    "alasan_penting": "Cuti Karena Alasan Penting", "cltn": "Cuti di Luar Tanggungan Negara",
}  # fmt: skip
"""The six kinds in the order of the form (Peraturan BKN 24/2017, Anak Lampiran 1.b)."""
ANSWERS = {
    "disetujui": "DISETUJUI", "perubahan": "PERUBAHAN****", "ditangguhkan": "DITANGGUHKAN****",
    "tidak_disetujui": "TIDAK DISETUJUI****",
}  # fmt: skip
UNITS = {"hari_kerja": "hari kerja", "hari": "hari", "bulan": "bulan", "tahun": "tahun"}
_OFFICIALS = {"kepala_dinas": "Kepala Dinas", "sekda": "Sekretaris Daerah", "wali_kota": "Wali Kota"}


def form(situation: Situation) -> Mapping[str, Any]:
    """Return the boxes of the form for asking for and granting leave, filled as far as the case has gone."""
    values = situation.values
    taken = dict.fromkeys(KINDS, 0)
    for leave in ledger.others(situation):
        if leave.granted and (first := values.get("mulai")) and leave.first.year == first.year:
            taken[leave.kind] += 1
    official = _OFFICIALS.get(values.get("pejabat_berwenang") or "", "Pejabat yang berwenang memberikan cuti")
    return {
        "yth": official,
        "kotak_jenis": [
            {"nama": name, "dicentang": kind == values.get("jenis_cuti")} for kind, name in KINDS.items()
        ],
        "lama_kata": _length(values),
        "catatan_lain": [
            {"nama": name.upper(), "keterangan": f"{taken[kind]} kali tahun ini" if taken[kind] else ""}
            for kind, name in KINDS.items()
            if kind != "tahunan"
        ],
        "catatan_tahunan": _annual(values),
        "kotak_pertimbangan": _ticked(values.get("pertimbangan_atasan")),
        "kotak_keputusan": _ticked(values.get("keputusan")),
        "pemohon_bertanda": named(situation.case.initiator),
        "atasan": doer(situation, "pertimbangan", title="Atasan langsung"),
        "pejabat": doer(situation, "putus", "putus-atas", title=official),
    }


def _length(values: Mapping[str, Any]) -> str | None:
    """Return how long the leave lasts, in its unit; nothing where either is unknown."""
    length, unit = values.get("lama"), UNITS.get(values.get("satuan") or "")
    return f"{length} {unit}" if length and unit else None


def _ticked(chosen: str | None) -> list[dict[str, Any]]:
    return [{"nama": name, "dicentang": key == chosen} for key, name in ANSWERS.items()]


def _annual(values: Mapping[str, Any]) -> list[dict[str, str | None]]:
    """Return the rows of the annual leave: what is left of the years before, and what this year has and has left."""
    year = first.year if (first := values.get("mulai")) else None
    now = (
        ""
        if values.get("hak_n") is None
        else f"hak {values.get('hak_n') or 0} hari; sesudah cuti ini {values.get('sisa_sesudah') or 0} hari"
    )
    rows = (
        (f"N-2 ({year - 2})" if year else "N-2", "sisa_n2", ""),
        (f"N-1 ({year - 1})" if year else "N-1", "sisa_n1", ""),
        (f"N ({year})" if year else "N", "", now),
    )
    right = values.get("hak_n")
    left = int(right or 0) - int(values.get("terpakai_n") or 0) - int(values.get("tercatat_n") or 0)
    return [
        {
            "tahun": year_,
            "sisa": None if right is None else str(values.get(name) or 0 if name else left),
            "keterangan": told,
        }
        for year_, name, told in rows
    ]


def permit(situation: Situation) -> Mapping[str, Any]:
    """Return what the letter of leave prints: its kind in capitals, the length in words, and rank of the employee."""
    values, person = situation.values, situation.case.initiator
    return {
        "jenis_kata": KINDS.get(values.get("jenis_cuti") or ""),
        "lama_kata": _length(values),
        "pangkat": person.rank if person else None,
    }


def unpaid(situation: Situation) -> Mapping[str, Any]:
    """Return what the decision on unpaid leave prints: as the letter of leave, and until when he must report back."""
    values = situation.values
    first, last = values.get("mulai"), values.get("selesai")
    limits = rules.unpaid_limits(first, last) if first and last else {}
    return {**permit(situation), "batas_lapor": limits.get("lapor_kembali")}
