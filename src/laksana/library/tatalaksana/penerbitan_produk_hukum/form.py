"""The form of a drafted legal product: title, citations and dicta."""

from collections.abc import Mapping
from typing import Any

from laksana.library.tatalaksana.penerbitan_produk_hukum.rules import citation_fault, title_of_change

REGULATION = "peraturan_wali_kota"
Faults = dict[str, str]


def title_faults(values: Mapping[str, Any]) -> Faults:
    """Return what is wrong with a title: not in capitals, ended by a sign, or not that of an amendment."""
    title = values["judul"].strip()
    if title != title.upper() or not (title[-1].isalnum() or title[-1] == ")"):
        return {"judul": "Judul ditulis dengan huruf kapital tanpa tanda baca akhir."}
    if values["hubungan"] == "mengubah" and not title.startswith(
        begins := title_of_change(int(values["perubahan_ke"]))
    ):
        return {"judul": f"Judul perubahan diawali {begins}."}
    return {}


def citation_faults(values: Mapping[str, Any]) -> Faults:
    """Return which citations may not stand under Mengingat."""
    return {
        f"mengingat.{place}.jenis": why
        for place, row in enumerate(values.get("mengingat") or ())
        if (why := citation_fault(row["jenis"], bool(row.get("dicabut"))))
    }


def dictum_faults(values: Mapping[str, Any]) -> Faults:
    """Return which dictum a decision lacks: when it holds, who bears the cost, what it replaces."""
    if values["jenis"] == REGULATION:
        return {}
    contents = [row["muatan"] for row in values.get("diktum") or ()]
    if contents[-1:] != ["berlaku"]:
        return {"diktum": "Diktum terakhir menyatakan saat mulai berlaku."}
    if values.get("beban_anggaran") and contents[-2:-1] != ["biaya"]:
        return {"diktum": "Diktum sebelum yang terakhir menyatakan beban biaya."}
    if values["hubungan"] != "baru" and "perubahan_status" not in contents:
        return {"diktum": "Satu diktum menyebut produk hukum yang dicabut atau diubah."}
    return {}
