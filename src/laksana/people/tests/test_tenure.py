"""Who held which position when, for reports on what was."""

from datetime import date

from laksana.people.models import Holding, Person, Position, Unit
from laksana.people.services import Tenures

NIP = "199004042015031004"


def test_a_person_is_told_by_the_position_held_on_the_day_his_own_before_one_he_acts_for(db: None) -> None:
    unit = Unit.objects.create(code="dinas", name="Dinas")
    person = Person.objects.create(name="Staf Contoh", nip=NIP, unit=unit)
    spans = {
        "staf": (Holding.Kind.DEFINITIVE, date(2020, 1, 1), date(2024, 12, 31), Position.Kind.EXECUTIVE),
        "kasubag": (Holding.Kind.DEFINITIVE, date(2025, 1, 1), None, Position.Kind.STRUCTURAL),
        "kepala": (Holding.Kind.PLH, date(2019, 6, 1), None, Position.Kind.STRUCTURAL),
        "bendahara": (Holding.Kind.DEFINITIVE, date(2018, 1, 1), None, Position.Kind.DUTY),
    }
    for code, (kind, since, until, sort) in spans.items():
        position = Position.objects.create(code=code, title=code.capitalize(), unit=unit, kind=sort)
        Holding.objects.create(person=person, position=position, kind=kind, since=since, until=until)
    tenures = Tenures.read()
    days = {
        date(2017, 12, 31): "",
        date(2018, 1, 1): "Bendahara",
        date(2019, 6, 1): "Kepala",
        date(2024, 12, 31): "Staf",
        date(2025, 1, 1): "Kasubag",
    }
    assert {day: tenures.title(person.pk, day) for day in days} == days
    assert (tenures.names[person.pk], tenures.units[person.pk]) == ("Staf Contoh", "Dinas")
