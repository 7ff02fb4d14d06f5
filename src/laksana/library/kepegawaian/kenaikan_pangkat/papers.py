"""What the papers of a promotion print beyond the fields of the case."""

from collections.abc import Mapping
from typing import Any

from laksana.cases.behaviour import Situation
from laksana.library.kepegawaian.pay import basic_pay
from laksana.library.kepegawaian.ranks import GRADES
from laksana.library.kepegawaian.service import in_words
from laksana.people.models import Person


def decree(situation: Situation) -> Mapping[str, Any]:
    """Return the ranks before and after by name, the service in grade in words, and who the employee is."""
    values = situation.values
    person = Person.objects.select_related("unit").filter(pk=values.get("pegawai")).first()
    years, months = values.get("mkg_baru_tahun"), values.get("mkg_baru_bulan")
    grade = values.get("golongan_baru")
    return {
        "pangkat_lama": rank(values.get("golongan_lama")),
        "pangkat_baru": rank(grade),
        "mkg_kata": None if years is None else in_words(12 * int(years) + int(months or 0)),
        "gaji_baru": basic_pay(grade, int(years)) if grade and years is not None else None,
        "unit": person.unit.name if person else None,
    }


def rank(grade: str | None) -> str | None:
    """Return a grade with the name of its rank: "Penata Muda (III/a)"."""
    row = GRADES.get(grade or "")
    return f"{row.pangkat} ({grade})" if row else None
