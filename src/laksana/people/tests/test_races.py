"""Two who change the office at the same time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections

from laksana.people import services
from laksana.people.models import Holding, Person, Position, Unit

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_appointed_to_one_seat_at_once_one_gets_it() -> None:
    if connection.vendor == "sqlite":
        pytest.skip(
            "an in-memory database has one connection; a file's writers queue by their IMMEDIATE transactions"
        )
    unit = Unit.objects.create(code="bidang", name="Bidang")
    for number in range(10):
        post = Position.objects.create(code=f"p{number}", title="Kepala", unit=unit)
        people = [
            Person.objects.create(
                name=f"Orang {number}{i}", nip=f"1990{number + 1:02d}0{i + 1}2015031001", unit=unit
            )
            for i in range(2)
        ]
        with ThreadPoolExecutor(2) as pool:
            appointed = list(pool.map(lambda person: appoint(person, post), people))  # noqa: B023
        assert sorted(appointed) == [False, True]
        assert Holding.objects.filter(position=post).count() == 1


def appoint(person: Person, post: Position) -> bool:
    """Return whether the appointment was made."""
    try:
        services.appoint(person, post, date(2026, 1, 1))
    except ValidationError:
        return False
    finally:
        connections.close_all()
    return True
