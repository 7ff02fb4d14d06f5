"""What stands against giving an asset to somebody: it is broken or being written off, or he holds one of its kind."""

from collections.abc import Mapping
from typing import Any

from laksana.cases.behaviour import Situation
from laksana.cases.models import Case
from laksana.library.others import other_cases

DISPOSAL = "penghapusan-barang"
Goods = tuple[str, str]
"""The code and the register number of an asset."""


def fit_to_give(situation: Situation) -> Mapping[str, str]:
    """Refuse what is badly broken, proposed for write-off or written off, unless it only comes back to the store."""
    found: dict[str, str] = {}
    if situation.values["sumber"] == "pengembalian":
        return found
    leaving = _leaving()
    for number, row in enumerate(situation.values["daftar_barang"]):
        if row["kondisi"] == "RB":
            found[f"daftar_barang.{number}.kondisi"] = (
                "Barang rusak berat tidak didistribusikan; keluarkan dari rencana."
            )
        elif why := leaving.get(_goods(row)):
            found[f"daftar_barang.{number}.nomor_register"] = why
    return found


def within_standard(situation: Situation) -> Mapping[str, str]:
    """Refuse to pass by a person who keeps an asset of the same kind, unless the plan is marked as above the standard."""
    values = situation.values
    if (
        situation.outcome != "Wajar"
        or values.get("lewat_standar")
        or values["jenis_penempatan"] != "perorangan"
    ):
        return {}
    rows = values["daftar_barang"]
    gone = {_goods(row) for row in rows} | _leaving().keys()
    holders = {goods: person for goods, person in _held(situation).items() if goods not in gone}
    for row in rows:
        person = row.get("ke_pemegang") or values["penerima"]
        kept = [
            goods[1]
            for goods, holder in holders.items()
            if holder == person and goods[0] == row["kode_barang"]
        ]
        if kept:
            return {
                "lewat_standar": f"Penerima masih memegang register {', '.join(kept)}: tandai melampaui standar, "
                "atau masukkan pengembaliannya dalam rencana."
            }
    return {}


def _goods(row: Mapping[str, Any]) -> Goods:
    return row["kode_barang"], row["nomor_register"]


def _leaving() -> dict[Goods, str]:
    """Return the goods of proposals of write-off that run or ended in a decree, each with why it cannot be given."""
    found: dict[Goods, str] = {}
    for case in Case.objects.filter(procedure=DISPOSAL).exclude(state=Case.State.CANCELLED):
        decree = case.data.get("nomor_sk")
        if case.state == Case.State.ENDED and not decree:
            continue
        why = f"Sudah dihapus dengan {decree}." if decree else f"Sedang diusulkan dihapus pada {case.number}."
        found |= {_goods(row): why for row in case.data.get("daftar_barang") or ()}
    return found


def _held(situation: Situation) -> dict[Goods, Any]:
    """Return who holds what by the last handover of every asset in good condition; nobody where it stands in a room."""
    found: dict[Goods, Any] = {}
    handed = other_cases(situation).filter(data__nomor_bast__isnull=False)
    for case in sorted(handed, key=lambda each: str(each.data.get("tanggal_serah"))):
        for row in case.data.get("daftar_barang") or ():
            found[_goods(row)] = case.data.get("pemegang") if row["kondisi"] == "B" else None
    return found
