"""Fixtures of the jobs' tests."""

from pathlib import Path

import pytest

from laksana.jobs import schedules


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """Return the file that jobs write into."""
    return tmp_path / "paper"


@pytest.fixture
def no_schedules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget the schedules of the applications, so that a test has only its own."""
    schedules.declared_schedules()
    monkeypatch.setattr(schedules, "_declared", {})
