"""What every test needs: a home of its own, and a test database that can be emptied although events are guarded."""

import os
import tempfile
from collections.abc import Iterator

import pytest

os.environ.setdefault("LAKSANA_HOME", tempfile.mkdtemp(prefix="laksana-test-"))
os.environ.setdefault("LAKSANA_SECRET_KEY", "only for tests")


@pytest.fixture(autouse=True)
def _guarded(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let the flush after a transactional test empty the events, and guard them again for the next test."""
    marker = request.node.get_closest_marker("django_db")
    transactional = "transactional_db" in request.fixturenames or bool(marker and marker.kwargs.get("transaction"))
    if not transactional:
        yield
        return
    request.getfixturevalue("transactional_db")
    from django.db import connection

    from laksana.cases import guards

    guards.install(connection)
    yield
    guards.remove(connection)
