"""What every test needs: a home of its own, and a test database that can be emptied although events are guarded."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# How long one example takes says more about the machine than about the code.
settings.register_profile("laksana", deadline=None)
settings.load_profile("laksana")

os.environ.setdefault("LAKSANA_HOME", tempfile.mkdtemp(prefix="laksana-test-"))
os.environ.setdefault("LAKSANA_SECRET_KEY", "only for tests")


_DATABASE = {"db", "transactional_db", "django_db_setup"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a second database be tried with what depends on it."""
    parser.addoption("--asks-database", action="store_true", help="Leave out tests that ask no database.")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what asks no database, where that is wanted."""
    if not config.getoption("--asks-database"):
        return
    left_out = [item for item in items if not _asks_database(item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if _asks_database(item)]


def _asks_database(item: pytest.Item) -> bool:
    fixtures = getattr(item, "fixturenames", ())
    return item.get_closest_marker("django_db") is not None or not _DATABASE.isdisjoint(fixtures)


def pytest_configure() -> None:
    """Make the place of collected static files: their server warns where there is none."""
    from django.conf import settings as django_settings

    Path(django_settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


def pytest_sessionstart() -> None:
    """Let modules of tests read tables of law while they are collected, without a database."""
    from laksana.library.law.current import trust_files

    trust_files()


@pytest.fixture(autouse=True)
def _no_stale_definitions() -> None:
    """Forget parsed definitions: a test's rows are rolled back, and the next test uses their keys anew."""
    from laksana.cases import definitions

    definitions.forget()


@pytest.fixture(autouse=True)
def _law_that_ships() -> None:
    """Let rules read the tables that ship, without a database, until a test puts a version in force itself."""
    from laksana.library.law.current import trust_files

    trust_files()


@pytest.fixture(autouse=True)
def _in_the_office_language() -> None:
    """Forget the language of an earlier test's last page: what is said outside a page is said in the office's."""
    from django.utils import translation

    translation.deactivate()


@pytest.fixture(autouse=True)
def _guarded(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let the flush after a transactional test empty the events, and guard them again for the next test."""
    marker = request.node.get_closest_marker("django_db")
    transactional = "transactional_db" in request.fixturenames or bool(
        marker and marker.kwargs.get("transaction")
    )
    if not transactional:
        yield
        return
    request.getfixturevalue("transactional_db")
    from django.db import connection

    from laksana.cases import guards as events
    from laksana.registers import guards as books

    for guards in (events, books):
        guards.install(connection)
    yield
    for guards in (events, books):
        guards.remove(connection)
