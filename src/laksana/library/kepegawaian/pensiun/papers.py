"""What the papers of a pension print beyond the fields of the case: the family and the career, from the employee file."""

from collections.abc import Mapping
from typing import Any

from laksana.cases.behaviour import Situation
from laksana.library.kepegawaian.ranks import GRADES
from laksana.library.kepegawaian.riwayat.models import FileRow
from laksana.library.kepegawaian.riwayat.services import file_of, holding_on
from laksana.library.kepegawaian.service import in_words
from laksana.library.kepegawaian.signers import doer, named
from laksana.people.models import Person
from laksana.worktime.calendar import months_later
from laksana.worktime.zone import local_day

SPOUSES = ("istri", "suami")


def personal_data(situation: Situation) -> Mapping[str, Any]:
    """Return the DPCP: what the employee file holds of him and his family; what it lacks stays a gap to fill in by hand."""
    values = situation.values
    person = Person.objects.select_related("unit").filter(pk=values.get("calon")).first()
    grade = GRADES.get(values.get("golongan") or "")
    years, months = values.get("mkg_tahun"), values.get("mkg_bulan")
    rows: dict[str, list[FileRow]] = {}
    for row in file_of(person).order_by("since", "pk") if person else ():
        rows.setdefault(row.kind, []).append(row)
    last = {kind: found[-1] for kind, found in rows.items()}
    family = [(str(row.data["hubungan"]).lower(), row) for row in rows.get("keluarga", ())]
    return {
        "pangkat": f"{grade.pangkat} ({values['golongan']})" if grade else None,
        "unit": person.unit.name if person else None,
        "jabatan_cetak": last["jabatan"].data["jabatan"] if "jabatan" in last else None,
        "tmt_pangkat": last["pangkat"].since if "pangkat" in last else None,
        "pendidikan_cetak": last["pendidikan"].data["jenjang"] if "pendidikan" in last else None,
        "mkg_kata": None if years is None or months is None else in_words(12 * int(years) + int(months)),
        "masa_sebelum": in_words(int(values.get("pmk_bulan") or 0)),
        "istri_suami": [_member(row, kind) for kind, row in family if kind.startswith(SPOUSES)],
        "anak_cetak": [_member(row, kind) for kind, row in family if kind.startswith("anak")],
        "pegawai_tanda": named(person),
        "kepala": doer(situation, "tanda-tangan", title="Kepala Dinas"),
    }


def subject(situation: Situation) -> Mapping[str, Any]:
    """Return what letters say of him beyond the case: rank, post and unit, and the month for which he was paid last."""
    values = situation.values
    person = Person.objects.select_related("unit").filter(pk=values.get("calon")).first()
    grade, start = GRADES.get(values.get("golongan") or ""), values.get("tmt_pensiun")
    posts = holding_on(person, "jabatan", local_day(situation.at)) if person else []
    return {
        "pangkat": f"{grade.pangkat} ({values['golongan']})" if grade else None,
        "jabatan_cetak": posts[0].data["jabatan"] if posts else None,
        "unit": person.unit.name if person else None,
        "gaji_terakhir": months_later(start, -1) if start else None,
    }


def _member(row: FileRow, kind: str) -> dict[str, Any]:
    return {
        "nama": row.data["nama"],
        "lahir": row.data["tanggal_lahir"],
        "hubungan": kind,
        "sejak": row.since,
    }
