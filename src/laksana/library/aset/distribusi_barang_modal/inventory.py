"""What the books of assets say of a thing beyond its handover: as KIB B knows it, where the list leaves it out."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from laksana.cases.behaviour import Situation
from laksana.cases.models import Case
from laksana.sop.values import is_empty, number_text

PURCHASE = "pengadaan-belanja-modal"
_IN_KIB = {
    "merek": "merek_tipe",
    "bahan": "bahan",
    "asal": "asal_usul",
    "tahun_perolehan": "tahun_pembelian",
    "ukuran": "ukuran_cc",
    "harga": "harga",
}
"""Column of the list -> the column of KIB B that says the same."""
_ON_THE_CARD = (
    "nama",
    "merek",
    "nomor_seri",
    "ukuran",
    "bahan",
    "tahun_perolehan",
    "kode_barang",
    "nomor_register",
)
_CONDITIONS = {"B": "b", "RR": "rr", "RB": "rb"}


def row(situation: Situation) -> Mapping[str, Any]:
    """Return one thing of the list: what it is, one of it, and its count under its condition."""
    values = situation.values
    known = _kib_b(values["kode_barang"], values["nomor_register"])
    told = {name: values[name] if _is_told(values, name) else known.get(of) for name, of in _IN_KIB.items()}
    number = values.get("nomor_seri") or known.get("nomor_pabrik") or known.get("nomor_rangka")
    counts = {column: 1 if values.get("kondisi") == key else 0 for key, column in _CONDITIONS.items()}
    back = values.get("tanggal_serah") if values.get("sumber") == "pengembalian" else None
    return {
        **told,
        **counts,
        "nomor_seri": number,
        "jumlah": 1,
        "satuan": values.get("satuan") or "unit",
        "harga": None if told["harga"] is None else Decimal(str(told["harga"])),
        "tanggal_kembali": back,
    }


def room_card(situation: Situation) -> Mapping[str, Any]:
    """Return the rows of the card of a room, in the order of the official form."""
    things = situation.values.get("daftar_barang") or ()
    return {"isi_kir": [_card_row(place, situation, thing) for place, thing in enumerate(things, 1)]}


def _card_row(place: int, situation: Situation, thing: Mapping[str, Any]) -> list[str]:
    known = {**situation.values, **thing}
    told = {**thing, **row(replace(situation, values=known))}
    cells = (told.get(name) for name in _ON_THE_CARD)
    price = told.get("harga")
    conditions = ["x" if told[name] else "" for name in ("b", "rr", "rb")]
    return [
        str(place),
        *("-" if is_empty(cell) else str(cell) for cell in cells),
        str(told["jumlah"]),
        "-" if price is None else number_text(price),
        *conditions,
        str(thing.get("keterangan") or "-"),
    ]


def _is_told(values: Mapping[str, Any], name: str) -> bool:
    return not is_empty(values.get(name))


def _kib_b(code: str, number: str) -> Mapping[str, Any]:
    """Return the row of KIB B under which a thing was bought; nothing for what the office had before."""
    for case in Case.objects.filter(procedure=PURCHASE, data__has_key="kib_b").order_by("-opened_at"):
        rows: list[dict[str, Any]] = case.data["kib_b"] or []
        for each in rows:
            if (each.get("kode_barang"), each.get("nomor_register")) == (code, number):
                return each
    return {}
