"""An office of its own, gone afterwards: where worked examples are played as they are told, whatever the real office holds."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.management import call_command
from django.db import connections
from django.test import override_settings

from laksana.cases import definitions
from laksana.library import services as library
from laksana.people import demo
from laksana.people.services import install_office
from laksana.prepared import prepare_anew
from laksana.worktime import services as worktime
from laksana.worktime.zone import OFFICE_ZONE

_OPENED = datetime(2026, 11, 2, 8, tzinfo=OFFICE_ZONE)
"""The office's first day: the examples lie around it."""
_QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]
"""Nobody signs in."""


@contextmanager
def own_office() -> Iterator[None]:
    """Work in an empty demonstration office with every procedure in force, in a folder that goes at the end."""
    with (
        TemporaryDirectory(prefix="laksana-office-") as folder,
        override_settings(HOME=Path(folder), PASSWORD_HASHERS=_QUICK),
        _database(Path(folder)),
    ):
        call_command("migrate", verbosity=0, interactive=False)
        worktime.seed(_OPENED)
        install_office()
        demo.install(_OPENED)
        library.install()
        yield


@contextmanager
def _database(folder: Path) -> Iterator[None]:
    """Let the connection be one to a new file of SQLite."""
    office = connections["default"]
    settings = {
        **office.settings_dict,
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(folder / "laksana.sqlite3"),
        "OPTIONS": {"transaction_mode": "IMMEDIATE"},
    }
    kept = connections.settings["default"]
    connections.settings["default"] = settings
    del connections["default"]
    _forget_the_database()
    try:
        yield
    finally:
        connections["default"].close()
        connections.settings["default"] = kept
        connections["default"] = office
        _forget_the_database()


def _forget_the_database() -> None:
    """Forget what is kept by keys, which are others in another database, and statements written for another kind of it."""
    definitions.forget()
    prepare_anew()
