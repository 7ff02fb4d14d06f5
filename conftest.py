"""What every test gets."""

import pytest
from pytest_django.fixtures import SettingsWrapper

PLAIN_STATIC = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


@pytest.fixture(autouse=True)
def _static_files_by_plain_names(settings: SettingsWrapper) -> None:
    """Let pages name static files without a collected manifest."""
    settings.STORAGES = {**settings.STORAGES, "staticfiles": PLAIN_STATIC}
