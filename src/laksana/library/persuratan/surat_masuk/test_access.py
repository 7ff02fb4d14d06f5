"""Who sees what of a letter is what the office's table says (rule surat-masuk.akses-sifat): the case obeys the same table."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from laksana.cases import services
from laksana.cases.errors import NotFound
from laksana.cases.models import Case
from laksana.cases.play import play, read_script
from laksana.cases.play.player import performer
from laksana.library.persuratan.surat_masuk import rules
from laksana.people.models import Person
from laksana.worktime.zone import OFFICE_ZONE

SCRIPT = Path(__file__).parent / "scenarios.yaml"
AT = datetime(2026, 11, 18, 9, tzinfo=OFFICE_ZONE)
READERS = {"jalur": "kepala-dinas", "persuratan": "pramu-bakti", "pegawai": "kasi-persandian"}

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office")]


def _sight(case: Case, person: Person) -> str:
    try:
        view = services.case_view(case.number, person, AT)
    except NotFound:
        return "tidak"
    if not view.content:
        return "sampul"
    return "isi" if view.files else "data"


@pytest.mark.parametrize(
    ("grade", "scenario"),
    [("biasa", "biasa-normal"), ("terbatas", "disposisi-ditarik"), ("rahasia", "rahasia-tertutup")],
)
def test_the_case_of_a_letter_obeys_the_table_of_its_grade(grade: Any, scenario: str) -> None:
    scenarios = {each.id: each for each in read_script(SCRIPT.read_text(encoding="utf-8"), str(SCRIPT))}
    list(play(scenarios[scenario], SCRIPT.parent))
    case = Case.objects.get(procedure="surat-masuk")
    seen = {reader: _sight(case, performer(position, AT)) for reader, position in READERS.items()}
    assert seen == {reader: rules.sight(grade, reader) for reader in ("jalur", "persuratan", "pegawai")}


def test_who_knows_of_a_restricted_letter_reads_its_data_and_opens_no_scan() -> None:
    scenarios = {each.id: each for each in read_script(SCRIPT.read_text(encoding="utf-8"), str(SCRIPT))}
    list(play(scenarios["disposisi-ditarik"], SCRIPT.parent))
    case = Case.objects.get(procedure="surat-masuk")
    reader = performer("pramu-bakti", AT)
    view = services.case_view(case.number, reader, AT)
    assert view.values["hal"] == "Permintaan data capaian indikator kinerja triwulan III"
    assert "pindaian" not in view.values
    assert not services.attachments_for(reader, AT, case).exists()
    assert view.mine == []
    assert not view.may_cancel(reader)
