"""What the file knows for the forms: of all nine procedures, for everybody, such that each field takes it as it is."""

from collections.abc import Iterator
from datetime import date

import pytest
from pytest_django import DjangoDbBlocker

from laksana.cases import services as cases
from laksana.cases.behaviour import Situation, behaviour
from laksana.cases.models import Case
from laksana.library.conftest import BEFORE
from laksana.library.kepegawaian.forecasts import calculators
from laksana.library.kepegawaian.riwayat import demo as files
from laksana.library.kepegawaian.riwayat.models import FileReading
from laksana.library.kepegawaian.riwayat.prefill import facts
from laksana.library.kepegawaian.riwayat.services import Proof, record
from laksana.people.models import Person
from laksana.sop.definition import Procedure
from laksana.sop.form import clean, clean_fields, to_json
from laksana.worktime.services import calendar

NINE = {
    "kartu-pegawai": 3, "kenaikan-pangkat": 8, "skp-asn": 6, "kenaikan-gaji-berkala": 7, "skumptk": 7, "cuti": 7, "pensiun": 6,
    "satyalancana": 3, "kehadiran-manual": 1,
}  # fmt: skip
"""Procedure -> so many fields at least are known of an employee with a whole file."""
CHOOSES = ("pegawai", "calon")
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office", "_files")]


@pytest.fixture(scope="module")
def _files(office: None, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        files.install(BEFORE)


def person(username: str) -> Person:
    return Person.objects.get(account__username=username)


def fillings(procedure: Procedure, of: Person, reader: Person) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield step -> what is known of an employee for its form, with which the form is sent as it opens."""
    chosen = {name: of.pk for name in CHOOSES if name in procedure.fields}
    case = Case(
        procedure=procedure.id, initiator=reader if chosen else of, level="terbatas", opened_at=BEFORE
    )
    for step_id in behaviour(procedure.id).prefilled:
        step = procedure.step(step_id)
        situation = Situation(case, procedure, step, (), chosen, BEFORE, reader, calendar())
        yield step_id, {name: known.value for name, known in cases.form_filling(situation).known.items()}


@pytest.mark.parametrize("procedure_id", NINE)
def test_every_field_takes_what_the_file_knows_of_everybody(procedure_id: str) -> None:
    procedure, officer, most = cases.definition_in_force(procedure_id, BEFORE), person("handoko"), 0
    assert behaviour(procedure_id).prefilled
    for of in Person.objects.filter(active=True).exclude(pk=officer.pk):
        for step_id, known in fillings(procedure, of, officer):
            most = max(most, len(known))
            step = procedure.step(step_id)
            checked = clean(procedure, step, to_json(known), dict.fromkeys(CHOOSES, of.pk))
            wrong = {
                name: str(why) for name, why in checked.errors.items() if name.partition(".")[0] in known
            }
            # A table asks in each row for more than the file holds: that stays for the person to add.
            assert {name for name in wrong if "." not in name} == set(), (of.name, step_id, wrong)
    assert most >= NINE[procedure_id]


def test_who_may_not_read_a_part_gets_nothing_of_it_on_a_form() -> None:
    procedure = cases.definition_in_force("kenaikan-gaji-berkala", BEFORE)
    tyas = person("tyas")
    [officers, *_more] = [known for _step, known in fillings(procedure, tyas, person("handoko"))]
    [heads, *_more] = [known for _step, known in fillings(procedure, tyas, person("wiraguna"))]
    assert {"mkg_lama_tahun", "tmt_lama", "golongan"} <= set(officers)
    assert "golongan" in heads
    assert not {"mkg_lama_tahun", "tmt_lama", "sk_terakhir_nomor"} & set(heads)
    assert [known for _step, known in fillings(procedure, tyas, person("ningsih"))] == [{}, {}, {}]
    parts = {each.reader.nip: each.parts for each in FileReading.objects.filter(person=tyas)}
    assert "gaji" in parts[person("handoko").nip]
    assert "gaji" not in parts[person("wiraguna").nip]
    assert person("ningsih").nip not in parts


def test_a_drawing_of_the_same_form_is_one_reading() -> None:
    procedure, tyas, officer = cases.definition_in_force("pensiun", BEFORE), person("tyas"), person("handoko")
    for _again in range(3):
        list(fillings(procedure, tyas, officer))
    assert FileReading.objects.filter(person=tyas, reader=officer).count() == 1


def test_a_later_row_of_a_member_of_the_family_takes_the_place_of_the_earlier() -> None:
    tyas = person("tyas")
    child = {"hubungan": "anak", "nama": "Embun Ujicermat", "tanggal_lahir": date(2024, 5, 6)}
    for since, paid in ((date(2024, 6, 1), True), (date(2026, 6, 1), False)):
        record(tyas, "keluarga", (since, None), {**child, "tertanggung": paid}, Proof("KK"), at=BEFORE)
    found = facts(tyas, date(2026, 11, 2))
    named = [each["nama_anak"] for each in found["anak"][0].value]
    assert named.count("Embun Ujicermat") == 1
    before = facts(tyas, date(2026, 5, 2))
    assert before["tanggungan_anak"][0].value == found["tanggungan_anak"][0].value + 1


def test_every_calculator_reckons_for_everybody_whose_file_says_enough() -> None:
    today, reckoned = date(2026, 11, 2), 0
    for of in Person.objects.filter(active=True):
        known = facts(of, today)
        for calculator in calculators():
            checked = clean_fields(calculator.inputs, calculator.opening(known))
            if checked.ok:
                result = calculator.reckon(checked.values, today)
                reckoned += 1
                assert result.text
                assert result.day is None or calculator.id != "pensiun" or result.day.day == 1
                assert calculator.is_checked == all(source.checked for source in calculator.sources)
    assert reckoned > 100
