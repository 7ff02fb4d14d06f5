"""Nothing wrong is stored."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from laksana.people.models import Absence, Account, Holding, Person, Position, Unit

pytestmark = pytest.mark.django_db
NEW_YEAR = date(2026, 1, 1)
JUNE = date(2026, 6, 30)
JULY = date(2026, 7, 1)


@pytest.fixture
def unit() -> Unit:
    return Unit.objects.create(code="bidang", name="Bidang")


@pytest.fixture
def kabid(unit: Unit) -> Position:
    return Position.objects.create(code="kabid", title="Kepala Bidang", unit=unit, heads_unit=True)


@pytest.fixture
def statistisi(unit: Unit, kabid: Position) -> Position:
    return Position.objects.create(code="statistisi", title="Statistisi", unit=unit, superior=kabid, seats=2)


@pytest.fixture
def bendahara(unit: Unit) -> Position:
    return Position.objects.create(code="bendahara", title="Bendahara", unit=unit, kind=Position.Kind.DUTY)


def person(unit: Unit, day: int) -> Person:
    return Person.objects.create(name=f"Orang {day}", nip=f"199001{day:02d}2015031001", unit=unit)


def test_a_person_needs_a_real_nip(unit: Unit) -> None:
    with pytest.raises(ValidationError) as refused:
        Person.objects.create(name="Orang", nip="199002302015031001", unit=unit)
    assert list(refused.value.message_dict) == ["nip"]


def test_the_database_itself_refuses_a_nip_of_another_length(unit: Unit) -> None:
    somebody = person(unit, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=somebody.pk).update(nip="123")


def test_two_accounts_cannot_share_an_address_in_any_spelling() -> None:
    Account.objects.create(username="satu", email="Orang@Contoh.example")
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.create(username="dua", email="orang@contoh.example")
    Account.objects.create(username="tiga", email="")
    Account.objects.create(username="empat", email="")


def test_a_single_seat_has_one_definitive_holder_a_day(unit: Unit, kabid: Position) -> None:
    Holding.objects.create(person=person(unit, 1), position=kabid, since=NEW_YEAR, until=JUNE)
    next_one = person(unit, 2)
    with pytest.raises(ValidationError) as refused:
        Holding.objects.create(person=next_one, position=kabid, since=JUNE)
    assert list(refused.value.message_dict) == ["position"]
    Holding.objects.create(person=next_one, position=kabid, since=JULY)


def test_an_earlier_open_ended_holder_keeps_the_seat(unit: Unit, kabid: Position) -> None:
    Holding.objects.create(person=person(unit, 1), position=kabid, since=NEW_YEAR)
    with pytest.raises(ValidationError):
        Holding.objects.create(person=person(unit, 2), position=kabid, since=date(2027, 1, 1))
    with pytest.raises(ValidationError):
        Holding.objects.create(person=person(unit, 3), position=kabid, since=date(2025, 1, 1))


def test_as_many_hold_a_position_as_it_has_seats_on_each_day(unit: Unit, statistisi: Position) -> None:
    Holding.objects.create(person=person(unit, 1), position=statistisi, since=NEW_YEAR, until=JUNE)
    Holding.objects.create(person=person(unit, 2), position=statistisi, since=JULY)
    # The third overlaps both, but never both on one day.
    Holding.objects.create(person=person(unit, 3), position=statistisi, since=NEW_YEAR)
    with pytest.raises(ValidationError):
        Holding.objects.create(person=person(unit, 4), position=statistisi, since=JUNE, until=JUNE)


def test_a_person_has_one_position_of_his_own_and_duties_besides(
    unit: Unit, kabid: Position, statistisi: Position, bendahara: Position
) -> None:
    somebody = person(unit, 1)
    Holding.objects.create(person=somebody, position=statistisi, since=NEW_YEAR)
    Holding.objects.create(person=somebody, position=bendahara, since=NEW_YEAR)
    Holding.objects.create(person=somebody, position=kabid, since=NEW_YEAR, kind=Holding.Kind.PLT)
    with pytest.raises(ValidationError) as refused:
        Holding.objects.create(person=somebody, position=kabid, since=NEW_YEAR)
    assert list(refused.value.message_dict) == ["person"]
    with pytest.raises(ValidationError):
        Holding.objects.create(person=somebody, position=bendahara, since=JUNE)


def test_two_cannot_act_for_the_same_position_on_one_day(unit: Unit, kabid: Position) -> None:
    plh = Holding.Kind.PLH
    Holding.objects.create(person=person(unit, 1), position=kabid, since=NEW_YEAR, until=JUNE, kind=plh)
    with pytest.raises(ValidationError):
        Holding.objects.create(person=person(unit, 2), position=kabid, since=JUNE, until=JULY, kind=plh)


def test_a_saved_holding_may_be_saved_again(unit: Unit, kabid: Position) -> None:
    holding = Holding.objects.create(person=person(unit, 1), position=kabid, since=NEW_YEAR)
    holding.until = JUNE
    holding.save()
    assert Holding.objects.get().until == JUNE


@pytest.mark.parametrize("since", [JUNE, JULY])
def test_nothing_ends_before_it_begins(unit: Unit, kabid: Position, since: date) -> None:
    somebody = person(unit, 1)
    if since > JUNE:
        with pytest.raises(ValidationError):
            Absence.objects.create(person=somebody, since=since, until=JUNE, reason="Cuti")
        with pytest.raises(ValidationError):
            Holding.objects.create(person=somebody, position=kabid, since=since, until=JUNE)
    else:
        Absence.objects.create(person=somebody, since=since, until=JUNE, reason="Cuti")
        Holding.objects.create(person=somebody, position=kabid, since=since, until=JUNE)


def test_an_absence_has_an_end(unit: Unit) -> None:
    with pytest.raises(ValidationError):
        Absence.objects.create(person=person(unit, 1), since=JUNE, reason="Cuti")


def test_a_unit_has_one_head_and_the_head_one_seat(unit: Unit, kabid: Position) -> None:
    with pytest.raises(ValidationError):
        Position.objects.create(code="lain", title="Lain", unit=unit, heads_unit=True)
    kabid.seats = 2
    with pytest.raises(ValidationError):
        kabid.save()


def test_neither_units_nor_positions_go_in_circles(unit: Unit, kabid: Position, statistisi: Position) -> None:
    within = Unit.objects.create(code="seksi", name="Seksi", parent=unit)
    unit.parent = within
    with pytest.raises(ValidationError):
        unit.save()
    kabid.superior = statistisi
    with pytest.raises(ValidationError):
        kabid.save()
