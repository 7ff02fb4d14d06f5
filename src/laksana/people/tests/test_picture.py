"""The kept picture of the office never outlives a change of it."""

from datetime import date

import pytest
from django.db import transaction

from laksana.people import picture
from laksana.people.models import Absence, Group, Holding, Person, Position, Unit

DAY = date(2026, 11, 10)
pytestmark = pytest.mark.django_db


@pytest.fixture
def hanum() -> Person:
    unit = Unit.objects.create(code="bidang", name="Bidang")
    person = Person.objects.create(name="Hanum", nip="199209272019032001", unit=unit)
    position = Position.objects.create(code="statistisi", title="Statistisi", unit=unit)
    Holding.objects.create(person=person, position=position, since=DAY)
    Group.objects.create(code="tim", name="Tim")
    return person


def holders(desk: str) -> tuple[int, ...]:
    return picture.office(DAY).holders(desk)


def test_every_day_is_another_picture(hanum: Person) -> None:
    assert holders("position:statistisi") == (hanum.pk,)
    assert picture.office(date(2026, 11, 9)).holders("position:statistisi") == ()


def test_a_picture_is_made_once_while_nothing_changes(hanum: Person) -> None:
    assert picture.office(DAY) is picture.office(DAY)


def test_a_saved_and_a_deleted_row_are_seen_at_once(hanum: Person) -> None:
    assert holders("position:statistisi") == (hanum.pk,)
    absence = Absence.objects.create(person=hanum, since=DAY, until=DAY, reason="Sakit")
    assert holders("position:statistisi") == ()
    absence.delete()
    assert holders("position:statistisi") == (hanum.pk,)


def test_changes_of_many_rows_at_once_are_seen(hanum: Person) -> None:
    assert holders("position:statistisi") == (hanum.pk,)
    Holding.objects.update(until=date(2026, 11, 10), since=date(2026, 11, 10))
    Absence.objects.bulk_create([Absence(person=hanum, since=DAY, until=DAY, reason="Sakit")])
    assert holders("position:statistisi") == ()
    Absence.objects.all().delete()
    assert holders("position:statistisi") == (hanum.pk,)
    Holding.objects.update(until=None, since=date(2027, 1, 1))
    assert holders("position:statistisi") == ()


def test_members_put_into_a_group_and_taken_out_are_seen(hanum: Person) -> None:
    team = Group.objects.get(code="tim")
    assert holders("group:tim") == ()
    team.people.add(hanum)
    assert holders("group:tim") == (hanum.pk,)
    team.people.clear()
    team.positions.set(Position.objects.all())
    assert holders("group:tim") == (hanum.pk,)
    hanum.work_groups.clear()
    team.positions.clear()
    assert holders("group:tim") == ()


def test_a_rolled_back_change_leaves_no_picture_behind(hanum: Person) -> None:
    assert holders("position:statistisi") == (hanum.pk,)
    with transaction.atomic():
        Absence.objects.create(person=hanum, since=DAY, until=DAY, reason="Sakit")
        assert holders("position:statistisi") == ()
        transaction.set_rollback(True)
    assert holders("position:statistisi") == (hanum.pk,)


def test_a_change_by_another_process_is_seen_because_the_token_is_asked_for_every_time(hanum: Person) -> None:
    assert holders("position:statistisi") == (hanum.pk,)
    kept = picture._kept
    Absence.objects.create(person=hanum, since=DAY, until=DAY, reason="Sakit")
    picture._kept = kept  # as a process that did not make the change still has it
    assert holders("position:statistisi") == ()


def test_many_days_do_not_fill_the_memory(hanum: Person) -> None:
    for ordinal in range(100):
        picture.office(date.fromordinal(DAY.toordinal() + ordinal))
    assert len(picture._kept[1]) <= 32
