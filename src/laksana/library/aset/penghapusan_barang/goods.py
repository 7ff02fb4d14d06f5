"""The list of goods: each proposed once, with its book value, and whether its repair is worth it."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from laksana.cases.behaviour import Situation
from laksana.cases.models import Case
from laksana.library.aset.accounting import claim_base
from laksana.library.aset.codes import COMPUTERS, is_of
from laksana.library.aset.penghapusan_barang.rules import (
    valued,
)
from laksana.library.others import other_cases
from laksana.worktime.zone import local_day


def _with_values(values: Mapping[str, Any], day: date) -> dict[str, Any]:
    rows = [valued(row, day) for row in values["daftar_barang"]]
    return {
        "daftar_barang": rows,
        "nilai_perolehan_total": sum((row["nilai_perolehan"] for row in rows), Decimal()),
        "nilai_buku_total": sum((row["nilai_buku"] for row in rows), Decimal()),
    }


def proposed_once(situation: Situation) -> Mapping[str, str]:
    """Refuse goods twice on the list, on another running proposal, or removed before: their numbers are never used again."""
    elsewhere = dict(_others(situation))
    found: dict[str, str] = {}
    seen: set[tuple[str, str]] = set()
    for number, row in enumerate(situation.values["daftar_barang"]):
        goods = (row["kode_barang"], row["nomor_register"])
        where = f"daftar_barang.{number}.nomor_register"
        if goods in seen:
            found[where] = "Barang ini sudah ada pada daftar."
        elif goods in elsewhere:
            found[where] = elsewhere[goods]
        seen.add(goods)
    return found


def _others(situation: Situation) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield the goods of other proposals that run or ended in a decree, each with why it cannot be proposed."""
    for case in other_cases(situation):
        decree = case.data.get("nomor_sk")
        if case.state == Case.State.ENDED and not decree:
            continue
        why = f"Sudah dihapus dengan {decree}." if decree else f"Sedang diusulkan pada {case.number}."
        for row in case.data.get("daftar_barang") or ():
            yield (row["kode_barang"], row["nomor_register"]), why


def valued_today(situation: Situation) -> Mapping[str, Any]:
    """Return the list with book values and the worth of repair as of today."""
    return _with_values(situation.values, local_day(situation.at))


def examined(situation: Situation) -> Mapping[str, str]:
    """Refuse a finding that the estimates contradict, goods without estimate, and computers whose data is still there."""
    if situation.outcome == "Hilang":
        return {}
    rows = [valued(row, local_day(situation.at)) for row in situation.values["daftar_barang"]]
    worth = [row["nama"] for row in rows if row.get("tidak_ekonomis") is False]
    unknown = {
        f"daftar_barang.{number}.taksiran_biaya_perbaikan": "Isi taksiran biaya dan nilai setelah perbaikan."
        for number, row in enumerate(rows)
        if "tidak_ekonomis" not in row
    }
    if unknown:
        return unknown
    if situation.outcome == "Masih ekonomis":
        return (
            {}
            if len(worth) == len(rows)
            else {"outcome": "Tidak semua barang ini ekonomis diperbaiki; pisahkan."}
        )
    found: dict[str, str] = {}
    if worth and situation.values["sebab"] in ("rusak_berat", "terkena_bencana"):
        found["daftar_barang"] = f"Masih ekonomis diperbaiki: {', '.join(worth)}."
    if any(is_of(row["kode_barang"], COMPUTERS) for row in rows) and not situation.values["data_dihapus"]:
        found["data_dihapus"] = "Hapus atau hancurkan media data lebih dahulu."
    return found


def claimed(situation: Situation) -> Mapping[str, Any]:
    """Return what the claim for lost goods rests on."""
    values = situation.values
    return {"dasar_tuntutan": claim_base(values["nilai_buku_total"], values.get("nilai_wajar_sejenis"))}


def valued_at_proposal(situation: Situation) -> Mapping[str, Any]:
    """Return the list with the values of the day of the proposal."""
    return _with_values(situation.values, situation.values["tanggal_usul"])
