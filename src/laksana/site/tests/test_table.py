"""`laksana table`: what it lists and shows, and a version proposed and put in force without a browser."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from laksana.library.conftest import office  # noqa: F401  (a fixture)
from laksana.library.kepegawaian.pay import PAY
from laksana.library.law.tests.test_versions import NEW_YEAR, OLD, administrator, pay_on, table_text
from laksana.library.models import TableVersion
from laksana.site.commands.table import command

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office")]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, list(arguments))


def answer(*arguments: str) -> Any:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "gaji.csv"
    file.write_text(table_text(), encoding="utf-8")
    return file


def propose(file: Path, *more: str) -> Any:
    return answer(
        "replace", PAY.name, str(file), "--from", "2027-01-01", "--source", "PP contoh 1/2027", *more
    )


def test_the_list_says_of_every_table_whence_it_comes_and_what_reads_it() -> None:
    listed = {each["table"]: each for each in answer("list")}
    assert listed[PAY.name]["valid_from"] == "2024-01-01"
    assert "gaji.tabel" in listed[PAY.name]["rules"]
    assert not [each for each in listed.values() if each["faults"]]


def test_a_table_is_shown_as_it_stands_on_a_day(file: Path) -> None:
    administrator("melati")
    administrator("wiraguna")
    key = propose(file, "--by", "melati")["version"]
    assert run("approve", str(key), "--by", "melati").exit_code == 1
    assert answer("approve", str(key), "--by", "wiraguna")["state"] == "ditetapkan"
    assert pay_on(NEW_YEAR) != OLD
    before, after = (
        answer("show", "gaji-pokok-pns", "--on", day)["rows"] for day in ("2026-12-31", "2027-01-01")
    )
    assert [row for row in after if row not in before] == [["III/a", "0", "3000000"]]


def test_without_an_account_it_only_says_what_would_change(file: Path) -> None:
    told = propose(file)
    assert told["version"] is None
    assert [change["name"] for change in told["changed"]] == ["III/a, 0"]
    assert not TableVersion.objects.exists()


def test_a_wrong_file_and_an_unknown_table_are_refused(file: Path) -> None:
    administrator("melati")
    file.write_text(table_text().replace("I/a,0,", "I/a,nol,", 1), encoding="utf-8")
    refused = run("replace", PAY.name, str(file), "--from", "2027-01-01", "--source", "x", "--by", "melati")
    assert refused.exit_code == 1
    assert f"{file}:2:2" in refused.output
    assert run("show", "tabel-lain").exit_code == 1
    assert not TableVersion.objects.exists()
