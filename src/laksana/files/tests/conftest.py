"""Fixtures of the files' tests."""

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture
def storage(settings: Settings, tmp_path: Path) -> Path:
    """Keep files in a folder of the test's own, and return it."""
    place = tmp_path / "files"
    kept = {"BACKEND": "laksana.files.storage.DurableFileSystemStorage", "OPTIONS": {"location": place}}
    settings.STORAGES = {**settings.STORAGES, "default": kept}
    return place
