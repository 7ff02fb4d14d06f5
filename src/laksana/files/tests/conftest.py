"""Fixtures of the files' tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation
from pytest_django import Settings


@pytest.fixture
def storage(settings: Settings, tmp_path: Path) -> Path:
    """Keep files in a folder of the test's own, and return it."""
    place = tmp_path / "files"
    kept = {"BACKEND": "laksana.files.storage.DurableFileSystemStorage", "OPTIONS": {"location": place}}
    settings.STORAGES = {**settings.STORAGES, "default": kept}
    return place


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Read messages as the source has them."""
    with translation.override("en"):
        yield
