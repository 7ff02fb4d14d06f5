"""`laksana rule compare` fails where a figure of an example is not the computed one."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import connection
from django.test import override_settings

from laksana.cases.models import Case
from laksana.library.asking import ask
from laksana.library.catalogue import entries
from laksana.site.commands.rule import command
from laksana.sop.rules import get


def test_the_command_tells_a_figure_that_differs_and_fails(tmp_path: Path) -> None:
    table = get("kgb.syarat-kinerja")  # the office sets the least rating so that "Sangat Kurang" suffices
    shipped = next(
        each.table for each in ask(table, {"predikat": "Baik"}).tables if "ketentuan" in each.table
    )
    text = (entries()["kenaikan-gaji-berkala"].folder.parent / shipped).read_text("utf-8")
    own = tmp_path / "tables"
    own.mkdir()
    (own / shipped).write_text(
        text.replace("kgb_predikat_terendah,3", "kgb_predikat_terendah,1"), encoding="utf-8"
    )
    runner = CliRunner()
    assert runner.invoke(command, ["compare", "kenaikan-gaji-berkala"]).exit_code == 0
    with override_settings(HOME=tmp_path):
        told = runner.invoke(command, ["compare", "kenaikan-gaji-berkala", "--json"])
        ground = next(each for each in ask(table, {"predikat": "Baik"}).tables if each.table == shipped)
    assert told.exit_code == 1
    answer = json.loads(told.output)
    assert answer["different"] == 1
    assert [each["of"] for each in answer["figures"] if not each["equal"]] == [
        "Predikat Sangat Kurang memenuhi"
    ]
    assert ground.own
    assert runner.invoke(command, ["compare", "tidak-ada"]).exit_code == 1


@pytest.mark.django_db
def test_examples_are_played_in_an_office_of_their_own_which_leaves_nothing_behind() -> None:
    rows = Case.objects.count()
    before = connection.settings_dict["NAME"]
    told = CliRunner().invoke(command, ["compare", "satyalancana", "--played", "--json"])
    assert told.exit_code == 0, told.exception
    played = json.loads(told.output)["played"]
    assert [each["scenario"] for each in played if each["scenario"] == "dua-puluh"] == ["dua-puluh"]
    assert not any(each["error"] for each in played)
    assert (Case.objects.count(), connection.settings_dict["NAME"]) == (rows, before)
