"""The structure and the demonstration office."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from pytest_django import Settings

from laksana.people import demo, services
from laksana.people.demo import roll
from laksana.people.installation import STRUCTURE, install_office
from laksana.people.models import Absence, Account, Group, Holding, Person, Position, Unit

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 10, 2, 20, tzinfo=UTC)
ABOVE_THE_OFFICE = {"wali-kota", "sekretaris-daerah"}


def count() -> dict[str, int]:
    return {
        model.__name__: model._default_manager.count()
        for model in (Unit, Position, Group, Person, Account, Holding, Absence)
    }


def test_installing_again_changes_nothing() -> None:
    demo.install(AT)
    before = count()
    members = {group.code: group.people.count() for group in Group.objects.all()}
    demo.install(AT)
    assert count() == before
    assert {group.code: group.people.count() for group in Group.objects.all()} == members


def test_installing_the_structure_keeps_what_the_office_added_and_mends_what_the_file_says() -> None:
    install_office()
    Unit.objects.create(code="uptd", name="UPTD", parent=Unit.objects.get(code="diskominfo"))
    Position.objects.filter(code="sekretaris").update(title="Lama", superior=None)
    install_office()
    secretary = Position.objects.select_related("superior").get(code="sekretaris")
    assert (secretary.title, secretary.superior and secretary.superior.code) == ("Sekretaris", "kepala-dinas")
    assert Unit.objects.filter(code="uptd", parent__code="diskominfo").exists()


def test_every_row_passes_its_own_check() -> None:
    demo.install(AT)
    for model in (Unit, Position, Group, Person, Holding, Absence):
        for row in model._default_manager.all():
            row.full_clean()


def test_every_position_of_the_office_and_every_group_has_somebody() -> None:
    demo.install(AT)
    office = services.office_on(AT)
    assert {post for post in office.posts if not office.holders(f"position:{post}")} == ABOVE_THE_OFFICE
    assert [group for group in office.groups if not office.holders(f"group:{group}")] == []


def test_everybody_has_a_position_of_his_own_and_works_in_its_unit() -> None:
    demo.install(AT)
    for person in Person.objects.all():
        own = person.holdings.filter(kind="definitif").exclude(position__kind="tugas").get()
        assert own.position.unit_id == person.unit_id


def test_about_forty_people_of_whom_some_are_away_and_some_act() -> None:
    people = roll.read().entries
    assert 38 <= len(people) <= 48
    assert len({entry.nip for entry in people}) == len(people)
    assert {acting.kind for acting in roll.read().acting} == {"plt", "plh"}
    assert sum(bool(entry.tries) for entry in people) >= 8


def test_the_demonstration_password_works_on_a_demonstration_only(settings: Settings) -> None:
    settings.DEMO = False
    demo.install(AT)
    assert authenticate(None, username="ningsih", password=demo.PASSWORD) is None
    assert not Account.objects.get(username="ningsih").has_usable_password()
    settings.DEMO = True
    demo.install(AT)
    assert authenticate(None, username="ningsih", password=demo.PASSWORD) is not None


def test_a_structure_file_with_a_code_nobody_describes_is_refused(tmp_path: Path) -> None:
    structure = yaml.safe_load(STRUCTURE.read_text())
    structure["units"]["sekretariat"]["parent"] = "dinas-lain"
    (tmp_path / "office.yaml").write_text(yaml.safe_dump(structure, sort_keys=False))
    with pytest.raises(KeyError, match="dinas-lain"):
        install_office(tmp_path / "office.yaml")
    assert Unit.objects.count() == 0


def test_a_structure_file_with_a_wrong_value_is_refused(tmp_path: Path) -> None:
    structure = yaml.safe_load(STRUCTURE.read_text())
    structure["positions"]["sekretaris"]["kind"] = "raja"
    (tmp_path / "office.yaml").write_text(yaml.safe_dump(structure, sort_keys=False))
    with pytest.raises(ValidationError):
        install_office(tmp_path / "office.yaml")
