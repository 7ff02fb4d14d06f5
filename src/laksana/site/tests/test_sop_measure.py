"""`laksana sop measure` tells the figures of a procedure as a table and as JSON."""

import json
from collections.abc import Callable

from click.testing import CliRunner

from laksana.cases.tests.conftest import Desk, begin, office
from laksana.site.commands.sop_measure import measure

__all__ = ["begin", "office"]
Begin = Callable[..., Desk]
STEPS = [{"id": "isi"}, {"id": "akhir", "then": "selesai"}]


def test_the_figures_come_as_json(begin: Begin) -> None:
    begin(steps=STEPS).do("isi")
    done = CliRunner().invoke(measure, ["contoh", "--json", "--since", "2026-11-10", "--until", "2026-11-10"])
    assert done.exit_code == 0, done.output
    data = json.loads(done.output)
    assert data["until"].startswith("2026-11-10T23:59:59")
    assert {step["step"]: step["times"]["count"] for step in data["steps"]} == {
        "terima": 1,
        "isi": 1,
        "akhir": 0,
    }


def test_the_last_day_counts_whole_and_later_ones_do_not(begin: Begin) -> None:
    begin(steps=STEPS).do("isi")
    done = CliRunner().invoke(measure, ["contoh", "--json", "--until", "2026-11-09"])
    assert [step["times"]["count"] for step in json.loads(done.output)["steps"]] == [0, 0, 0]


def test_people_read_a_table(begin: Begin) -> None:
    begin(steps=STEPS).do("isi")
    done = CliRunner().invoke(measure, ["contoh", "--until", "2026-11-10"])
    assert done.exit_code == 0, done.output
    assert "1 begun, 0 ended, 0 cancelled, 1 running" in done.output


def test_an_unknown_procedure_is_named(db: None) -> None:
    refused = CliRunner().invoke(measure, ["tiada"])
    assert refused.exit_code == 1
    assert "tiada" in refused.output
