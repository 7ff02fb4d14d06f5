"""What the papers of an incoming letter print beyond the fields of its case."""

from collections.abc import Iterator, Mapping
from typing import Any

from laksana.cases import services as cases
from laksana.cases.behaviour import Situation
from laksana.cases.models import Instance
from laksana.library.persuratan.naskah import GRADES, SEALED, URGENCIES
from laksana.people import services as people
from laksana.people.desks import Office
from laksana.worktime.zone import local

RECEIVERS = "penerima-disposisi"
"""The group whose positions are printed on the lembar disposisi, each with its box."""


def disposition_sheet(situation: Situation) -> Mapping[str, Any]:
    """Return the boxes of the lembar disposisi, ticked as far as known, and the tree of dispositions below."""
    values = situation.values
    rows = list(values.get("disposisi") or [])
    columns = situation.procedure.fields["disposisi"].columns or {}
    wishes = columns["instruksi"].choices or {}
    ticked = {wish for row in rows for wish in row.get("instruksi") or []}
    return {
        "kotak_sifat": [
            {"kode": grade.kode, "nama": grade.nama, "dicentang": grade.sifat == values.get("sifat")}
            for grade in reversed(GRADES.rows())
        ],
        "kotak_kecepatan": [
            {"nama": urgency.nama, "dicentang": urgency.kecepatan == values.get("kecepatan")}
            for urgency in URGENCIES.rows()
        ],
        "kotak_penerima": _receivers(rows, people.office_on(situation.at)),
        "kotak_instruksi": [{"nama": name, "dicentang": key in ticked} for key, name in wishes.items()],
        "catatan_disposisi": [row["catatan"] for row in rows if row.get("catatan")],
        "pemberi_disposisi": rows[0].get("pemberi") if rows else None,
        "disposisi_lanjutan_cetak": list(_tree(situation)),
    }


def receipt(situation: Situation) -> Mapping[str, Any]:
    """Return what the tanda terima prints: the subject, or that the envelope is sealed, and who received it."""
    sealed = situation.values.get("sifat") in SEALED
    return {
        "hal_atau_tertutup": "TERTUTUP" if sealed else situation.values.get("hal"),
        "penerima": str(situation.actor) if situation.actor else None,
        "diterima": local(situation.values["diterima_pada"]),
    }


def _receivers(rows: list[Mapping[str, Any]], office: Office) -> list[dict[str, Any]]:
    given = [str(row["kepada"]) for row in rows]
    group = office.groups.get(RECEIVERS)
    printed = [f"position:{code}" for code in group.posts] if group else []
    desks = list(dict.fromkeys([*printed, *given]))
    titles = people.desk_titles(desks)
    copies = {str(row["kepada"]) for row in rows if row.get("tembusan")}
    return [
        {"jabatan": titles[desk], "dicentang": desk in given, "tembusan": desk in copies} for desk in desks
    ]


def _tree(situation: Situation) -> Iterator[dict[str, Any]]:
    """Yield the further dispositions in the order of the tree, with the report on each where there is one."""
    made = [each for each in cases.instances(situation.case) if each.made_by == "tindak-lanjut"]
    titles = people.desk_titles({str(each.row["kepada"]) for each in made})
    for each in sorted(made, key=_place):
        yield {
            "jenjang": each.row.get("jenjang"),
            "dari": each.row.get("pemberi"),
            "kepada": titles[str(each.row["kepada"])],
            "catatan": each.row.get("catatan"),
            "batas_waktu": each.row.get("batas_waktu"),
            "laporan": each.data.get("uraian_tindak_lanjut"),
        }


def _place(instance: Instance) -> list[int]:
    return [int(part) for part in instance.path.split(".")]
