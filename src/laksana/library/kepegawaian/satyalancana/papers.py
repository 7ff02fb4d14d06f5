"""What the papers of the medal print beyond the fields of the case."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from laksana.cases.behaviour import Situation
from laksana.library.kepegawaian.ranks import GRADES
from laksana.library.kepegawaian.riwayat.models import FileRow
from laksana.library.kepegawaian.riwayat.services import file_of
from laksana.library.kepegawaian.signers import named
from laksana.people.models import Person
from laksana.people.services import desk_title, desks_of, superior_of
from laksana.sop.nip import Nip, NipError


def proposed(situation: Situation) -> Mapping[str, Any]:
    """Return rank and post of the one who is proposed."""
    person = Person.objects.filter(pk=situation.values.get("pegawai") or 0).first()
    if person is None:
        return {"pangkat": None, "jabatan_cetak": None}
    return {"pangkat": person.rank, "jabatan_cetak": _post(person, situation) or None}


def career(situation: Situation) -> Mapping[str, Any]:
    """Return the curriculum vitae as the employee file has it; what it does not hold stays a line to fill in by hand."""
    person = Person.objects.select_related("unit").filter(pk=situation.values.get("pegawai") or 0).first()
    rows: dict[str, list[FileRow]] = {}
    for row in file_of(person).order_by("since", "pk") if person else ():
        rows.setdefault(row.kind, []).append(row)
    above = superior_of(person, situation.at) if person else None
    return {
        **proposed(situation),
        "unit": person.unit.name if person else None,
        "lahir": _born(person),
        "riwayat_pendidikan": [
            _told(row, row.data["jenjang"], row.data["sekolah"], row.data["jurusan"] or "-")
            for row in rows.get("pendidikan", ())
        ],
        "riwayat_pangkat": [_told(row, _rank(row.data["golongan"])) for row in rows.get("pangkat", ())],
        "riwayat_jabatan": [
            _told(row, row.data["jabatan"], row.data["unit_kerja"]) for row in rows.get("jabatan", ())
        ],
        "riwayat_penghargaan": [_told(row, row.data["penghargaan"]) for row in rows.get("penghargaan", ())],
        "riwayat_hukuman": [
            _told(row, row.data["tingkat"], row.data["jenis_hukuman"]) for row in rows.get("disiplin", ())
        ],
        "pegawai_tanda": named(person),
        "atasan_tanda": named(above, _post(above, situation)),
    }


def _told(row: FileRow, *cells: str) -> dict[str, Any]:
    """Return a row of the file as a line of the form: its cells, from when, and the document that proves it."""
    return {"isi": list(cells), "sejak": row.since, "dokumen": row.document or "-"}


def _rank(grade: str) -> str:
    row = GRADES.get(grade)
    return f"{row.pangkat} ({grade})" if row else grade


def _born(person: Person | None) -> date | None:
    """Return the day of birth, which the NIP tells."""
    try:
        return Nip.parse(person.nip).born if person else None
    except NipError:
        return None


def _post(person: Person | None, situation: Situation) -> str:
    """Return the title of the first position that a person sits at."""
    posts = (
        sorted(desk for desk in desks_of(person, situation.at) if desk.startswith("position:"))
        if person
        else []
    )
    return desk_title(posts[0]) if posts else ""
