"""What the satisfaction survey adds to its definition: sample, results of the answers, and follow-up that has to be there."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from laksana.cases import services as cases
from laksana.cases.behaviour import Behaviour, Done, Situation
from laksana.library.rounding import half_up
from laksana.library.tatalaksana.skm.rules import (
    allocate,
    figure,
    grade,
    index,
    lowest,
    mean,
    sample_size,
)

skm = Behaviour("skm")
ELEMENTS = tuple(f"u{number}" for number in range(1, 10))
Rows = Sequence[Mapping[str, Any]]


@skm.computes("rencanakan")
def sample(situation: Situation) -> Mapping[str, Any]:
    """Return how many users of each service are to be asked."""
    rows: Rows = situation.values.get("populasi") or ()
    users = [int(row["jumlah"]) for row in rows]
    shares = allocate(sample_size(sum(users)), users)
    table = [
        {"kode": row["kode"], "populasi": row["jumlah"], "sampel": share}
        for row, share in zip(rows, shares, strict=True)
    ]
    return {"sampel": table, "sampel_total": sum(shares)}


@skm.check("rencanakan")
def every_service_has_users(situation: Situation) -> Mapping[str, str]:
    """Refuse a plan whose services and populations are not of the same codes."""
    services = {row["kode"] for row in situation.values.get("layanan") or ()}
    users = {row["kode"] for row in situation.values.get("populasi") or ()}
    return (
        {}
        if services == users
        else {"populasi": f"Berbeda dengan daftar layanan: {', '.join(sorted(services ^ users))}."}
    )


def _valid(rows: Rows) -> list[Mapping[str, Any]]:
    return [
        row
        for row in rows
        if sum(row.get(name) is not None for name in ELEMENTS) >= figure("jawaban_terendah")
    ]


@skm.computes("kumpulkan")
def counted(situation: Situation) -> Mapping[str, Any]:
    """Return how many questionnaires are valid and how many are not."""
    rows = situation.values.get("jawaban") or ()
    valid = len(_valid(rows))
    return {"jumlah_responden": valid, "tidak_sah": len(rows) - valid}


def _sums(rows: Rows) -> tuple[list[int], list[int]]:
    """Return of each element the sum of its answers and their number."""
    given = [[int(row[name]) for row in rows if row.get(name) is not None] for name in ELEMENTS]
    return [sum(each) for each in given], [len(each) for each in given]


@skm.automatic("hitung-skm")
def results(situation: Situation) -> Done:
    """Return means, indices and grades, the lowest elements, and the comparison with the last period."""
    values = situation.values
    rows = _valid(values["jawaban"])
    totals, counts = _sums(rows)
    scores = {name: half_up(mean(t, c) * 25) for name, t, c in zip(ELEMENTS, totals, counts, strict=True)}
    table = [
        {"unsur": name, "jumlah": t, "penjawab": c, "nrr": half_up(mean(t, c), 4), "nilai": scores[name],
         "mutu": grade(max(scores[name], Decimal(25)))}
        for name, t, c in zip(ELEMENTS, totals, counts, strict=True)
    ]  # fmt: skip
    whole = index(totals, counts)
    weak = lowest(scores, figure("unsur_terendah"))
    return Done(
        values={
            "nrr": table, "indeks": whole, "mutu": grade(whole), "indeks_layanan": _by_service(values, rows),
            "unsur_terendah": [row for name in weak for row in table if row["unsur"] == name],
            "perbandingan": [_compared(row, scores) for row in values.get("perbandingan") or ()],
        }
    )  # fmt: skip


def _by_service(values: Mapping[str, Any], rows: Rows) -> list[dict[str, Any]]:
    wanted = {row["kode"]: row for row in values["sampel"]}
    before = {row["kode"]: row.get("nilai_lalu") for row in values["populasi"]}
    found = []
    for service in values["layanan"]:
        code = service["kode"]
        own = [row for row in rows if row["layanan"] == code]
        value = index(*_sums(own)) if own else None
        found.append({
            **service, "populasi": wanted[code]["populasi"], "sampel": wanted[code]["sampel"], "responden": len(own),
            "nilai": value, "mutu": grade(value) if value else "", "nilai_lalu": before[code],
            "keterangan": "sampel kurang" if len(own) < wanted[code]["sampel"] else "",
        })  # fmt: skip
    return found


def _compared(row: Mapping[str, Any], scores: Mapping[str, Decimal]) -> Mapping[str, Any]:
    change = scores[row["unsur"]] - row["nilai_lalu"]
    return {**row, "perubahan": change, "sorot": change < -figure("penurunan_disorot")}


@skm.check("susun-laporan")
def weak_elements_are_followed(situation: Situation) -> Mapping[str, str]:
    """Refuse a plan without an action for each of the lowest elements and for each that is graded C or D."""
    values = situation.values
    needed = {row["unsur"] for row in values.get("unsur_terendah") or ()}
    needed |= {row["unsur"] for row in values.get("nrr") or () if row["mutu"] in ("C", "D")}
    missing = sorted(needed - {row["unsur"] for row in values.get("tindak_lanjut") or ()})
    return {"tindak_lanjut": f"Belum ada tindakan untuk {', '.join(missing).upper()}."} if missing else {}


@skm.automatic("himpun-tl")
def follow_up(situation: Situation) -> Done:
    """Return what was done about each action, its newest word, and how many are not finished."""
    newest: dict[tuple[str, str], dict[str, Any]] = {}
    for each in cases.instances(situation.case):
        row, data = each.row, each.data
        newest[row["unsur"], row["tindakan"]] = {
            "unsur": row["unsur"], "tindakan": row["tindakan"], "status": data.get("status_tl"), "uraian": data.get("uraian_tl"),
        }  # fmt: skip
    rows = list(newest.values())
    return Done(
        values={"realisasi_tl": rows, "belum_selesai": sum(row["status"] != "selesai" for row in rows)}
    )
