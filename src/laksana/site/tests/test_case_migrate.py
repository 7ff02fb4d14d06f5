"""`laksana case migrate`: running cases are moved to another version, or it is said what hinders them."""

import json
from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from laksana.cases.chain import verify
from laksana.cases.models import Case
from laksana.cases.tests.conftest import Desk, administrator, begin, definition, install, office
from laksana.people.models import Person
from laksana.site.commands.case import command

__all__ = ["administrator", "begin", "office"]
STEPS = [{"id": "isi"}, {"id": "periksa", "by": "kasubag"}, {"id": "tutup", "then": "selesai"}]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, ("migrate", *arguments))


@pytest.fixture
def desk(begin: Callable[..., Desk]) -> Desk:
    """A case on version 1, of which there is a version 2 without its last step."""
    desk = begin(steps=STEPS)
    first = {"id": "terima"}
    install(definition(version=2, steps=[first, *STEPS[:1], {**STEPS[1], "then": "selesai"}]))
    return desk


def test_without_a_name_it_only_says_what_can_move(desk: Desk) -> None:
    done = run("--all-of", "contoh", "--to", "2")
    assert (done.exit_code, done.output) == (0, f"{desk.case.number} (isi): dapat dipindah\n")
    assert Case.objects.get().sop.version == 1


def test_an_administrator_moves_what_can_move_and_the_chain_holds(desk: Desk, administrator: Person) -> None:
    assert administrator.account is not None
    done = run(desk.case.number, "--to", "2", "--by", administrator.account.username, "--json")
    assert json.loads(done.stdout) == {
        "case": desk.case.number,
        "open": ["isi"],
        "obstacles": [],
        "moved": True,
    }
    assert Case.objects.get().sop.version == 2
    assert list(verify(iter(Case.objects.all()))) == []


def test_what_hinders_a_case_is_said_and_it_stays(desk: Desk, administrator: Person) -> None:
    desk.do("isi")
    desk.do("periksa", "kasubag")
    done = run("--all-of", "contoh", "--to", "2", "--by", "admin")
    assert done.exit_code == 1
    assert ": tetap: " in done.output
    assert "tutup" in done.output
    assert Case.objects.get().sop.version == 1


def test_only_an_administrator_moves_cases(desk: Desk, administrator: Person) -> None:
    assert administrator.account is not None
    administrator.account.is_staff = False
    administrator.account.save()
    done = run(desk.case.number, "--to", "2", "--by", "admin")
    assert done.exit_code == 1
    assert Case.objects.get().sop.version == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("TIADA/1", "--to", "2"), "Tidak ada perkara TIADA/1"),
        (("--all-of", "contoh", "--to", "9"), "contoh tidak memiliki versi 9"),
        (("--all-of", "contoh", "--to", "2", "--by", "siapa"), "Tidak ada pegawai yang masuk sebagai siapa"),
    ],
)
def test_what_is_not_there_is_said(desk: Desk, arguments: tuple[str, ...], told: str) -> None:
    done = run(*arguments)
    assert done.exit_code == 1
    assert told in done.output
