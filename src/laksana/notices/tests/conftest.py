"""Fixtures of the notices' tests."""

from collections.abc import Callable

import pytest

from laksana.people.models import Account, Person, Unit

Hire = Callable[..., Person]


@pytest.fixture
def hire(db: None) -> Hire:
    """Return what makes an employee with an account."""
    unit = Unit.objects.create(code="dinas", name="Dinas Contoh")

    def hired(name: str, email: str | None = None, **account: object) -> Person:
        number = Person.objects.count() + 1
        address = f"{name.lower()}@contoh.example" if email is None else email
        kept = Account.objects.create(username=name.lower(), email=address, **account)
        return Person.objects.create(name=name, nip=f"1990010120200110{number:02d}", unit=unit, account=kept)

    return hired
