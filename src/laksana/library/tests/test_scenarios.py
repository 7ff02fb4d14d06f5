"""Every worked example of every procedure, carried out by the people of the demonstration office."""

from pathlib import Path

import pytest

from laksana.cases.play import Scenario, play, read_script
from laksana.library.catalogue import entries

SCRIPTS = [file for each in entries().values() if (file := each.folder / "scenarios.yaml").exists()]
SCENARIOS = [
    pytest.param(scenario, script.parent, id=f"{script.parent.name}-{scenario.id}")
    for script in SCRIPTS
    for scenario in read_script(script.read_text(encoding="utf-8"), str(script))
]


@pytest.mark.django_db
@pytest.mark.usefixtures("office")
@pytest.mark.parametrize(("scenario", "folder"), SCENARIOS)
def test_a_worked_example_comes_out_as_told(scenario: Scenario, folder: Path) -> None:
    events = list(play(scenario, folder))
    assert events
