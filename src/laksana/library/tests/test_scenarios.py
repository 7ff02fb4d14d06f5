"""Every worked example of every procedure, carried out by the people of the demonstration office."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from laksana.cases.play import Scenario, play, read_script
from laksana.library import services
from laksana.library.catalogue import entries
from laksana.people import demo
from laksana.people.services import install_office
from laksana.worktime import services as worktime
from laksana.worktime.zone import OFFICE_ZONE

BEFORE = datetime(2026, 11, 2, 8, tzinfo=OFFICE_ZONE)
SCRIPTS = [file for each in entries().values() if (file := each.folder / "scenarios.yaml").exists()]
SCENARIOS = [
    pytest.param(scenario, script.parent, id=f"{script.parent.name}-{scenario.id}")
    for script in SCRIPTS
    for scenario in read_script(script.read_text(encoding="utf-8"), str(script))
]


@pytest.fixture(scope="module")
def office(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demonstration office, its calendar, and the library in force: made once, gone after the last example."""
    with django_db_blocker.unblock(), transaction.atomic():
        worktime.seed(BEFORE)
        install_office()
        demo.install(BEFORE)
        services.install()
        yield
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.usefixtures("office")
@pytest.mark.parametrize(("scenario", "folder"), SCENARIOS)
def test_a_worked_example_comes_out_as_told(scenario: Scenario, folder: Path) -> None:
    events = list(play(scenario, folder))
    assert events
