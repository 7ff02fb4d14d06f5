"""`laksana account first` makes the first administrator, once, and hands out a link at which he sets his password."""

import pytest
from click.testing import CliRunner
from django.test import Client

from laksana.people.models import Account, Person, Unit
from laksana.site.commands.account import command

pytestmark = pytest.mark.django_db
NIP = "199002022015022002"


@pytest.fixture
def clerk() -> Person:
    """An employee without an account."""
    unit = Unit.objects.create(code="dinas", name="Dinas")
    return Person.objects.create(name="Pegawai Contoh", nip=NIP, unit=unit)


def test_the_first_administrator_gets_an_account_and_a_link_that_leads_to_the_form(clerk: Person) -> None:
    made = CliRunner().invoke(command, ["first", NIP, "penjaga", "--email", "penjaga@kantor.example"])
    assert made.exit_code == 0, made.output
    account = Account.objects.get(username="penjaga")
    assert (account.is_staff, account.person, account.email) == (True, clerk, "penjaga@kantor.example")
    link = made.output.splitlines()[-1]
    assert link.startswith("http://127.0.0.1:8000/akun/password/reset/key/")
    assert Client().get(link.removeprefix("http://127.0.0.1:8000")).status_code == 302
    again = CliRunner().invoke(command, ["first", NIP, "lain"])
    assert again.exit_code == 1
    assert not Account.objects.filter(username="lain").exists()


def test_whoever_is_no_employee_becomes_none(clerk: Person) -> None:
    refused = CliRunner().invoke(command, ["first", "199002022015022999", "penjaga"])
    assert refused.exit_code == 1
    assert "199002022015022999" in refused.output
    assert not Account.objects.exists()
