"""What keeping rights true adds to its definition: its time, the marks of accounts, how much of a review is decided."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from laksana.cases.behaviour import Behaviour, Done, Situation
from laksana.library.teknologi.pemeliharaan_hak_akses import rules
from laksana.worktime.zone import local_day

hak = Behaviour("pemeliharaan-hak-akses")
_MARKED_BY_DATES = {"dorman", "dorman_tutup", "lewat_masa", "tanpa_mfa"}
"""Marks that follow from an account's own dates; the others the administrator puts."""


@hak.computes("catat")
def noted(situation: Situation) -> Mapping[str, Any]:
    """Return when the matter was noted."""
    return {"dicatat_pada": situation.at}


@hak.automatic("tarik-daftar-akun")
def drawn(situation: Situation) -> Done:
    """Return the accounts with their marks, how many there are, and until when they are reviewed."""
    timeout = situation.procedure.step("tinjau").timeout
    end = situation.calendar.deadline(situation.at, timeout.after) if timeout else None
    rows = [_marked(row, situation) for row in situation.values.get("daftar_akun") or ()]
    return Done({**_share(situation, rows), "batas_tinjauan": local_day(end) if end else None})


def _marked(row: Mapping[str, Any], situation: Situation) -> dict[str, Any]:
    today, kind = local_day(situation.at), row.get("jenis_akun") or rules.USUAL
    marks = [mark for mark in row.get("tanda") or () if mark not in _MARKED_BY_DATES]
    unused = rules.disuse(kind, today, row.get("masuk_terakhir"), row.get("dibuat"))
    if unused:
        marks.append(unused)
    if row.get("berlaku_sampai") and row["berlaku_sampai"] < today:
        marks.append("lewat_masa")
    if rules.KINDS[kind].mfa_wajib and row.get("mfa") is False:
        marks.append("tanpa_mfa")
    decided = rules.decision(marks, row.get("keputusan"), row.get("alasan"))
    return {**row, "tanda": marks, "keputusan": decided if decided == "cabut" else row.get("keputusan")}


@hak.computes("tinjau", "eskalasi")
def reviewed(situation: Situation) -> Mapping[str, Any]:
    """Return the accounts with what follows from their marks, and how many have a decision."""
    rows = [
        {
            **row,
            "keputusan": rules.decision(
                list(row.get("tanda") or ()), row.get("keputusan"), row.get("alasan")
            ),
        }
        for row in situation.values.get("daftar_akun") or ()
    ]
    return _share(situation, rows)


def _share(situation: Situation, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the accounts, those that were decided, and their share in percent; one suspended at escalation does not count."""
    escalated = situation.step.id == "eskalasi"
    decided = sum(
        bool(row.get("keputusan")) and not (escalated and row["keputusan"] == "tangguhkan") for row in rows
    )
    return {
        "daftar_akun": rows,
        "jumlah_akun": len(rows),
        "jumlah_ditinjau": decided,
        "persen_ditinjau": rules.reviewed(decided, len(rows)),
    }


@hak.computes("berita-acara", "sahkan")
def next_review(situation: Situation) -> Mapping[str, Any]:
    """Return when the system is reviewed again, counted from the day of signing."""
    kinds = {row.get("jenis_akun") or rules.USUAL for row in situation.values.get("daftar_akun") or ()}
    return {"tinjauan_berikut": rules.next_review(local_day(situation.at), kinds, situation.calendar)}


@hak.row("buku-tinjauan")
def review_row(situation: Situation) -> Mapping[str, Any]:
    """Return how many accounts of a review were closed, and how many suspended."""
    decided = Counter(row.get("keputusan") for row in situation.values.get("daftar_akun") or ())
    return {"dicabut": decided["cabut"], "ditangguhkan": decided["tangguhkan"]}
