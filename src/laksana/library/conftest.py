"""What tests of the library share: the demonstration office with every procedure in force."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from laksana.library import services
from laksana.people import demo
from laksana.people.services import install_office
from laksana.worktime import services as worktime
from laksana.worktime.zone import OFFICE_ZONE

BEFORE = datetime(2026, 11, 2, 8, tzinfo=OFFICE_ZONE)
QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="module")
def office(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demonstration office, its calendar, and the library in force: made once for a module, gone after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        worktime.seed(BEFORE)
        install_office()
        with override_settings(PASSWORD_HASHERS=QUICK):
            demo.install(BEFORE)
        services.install()
        yield
        transaction.set_rollback(True)
