"""The small office with accounts, and a browser for each of its people."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from lxml import html
from pytest_django import Settings

from laksana.cases.tests.conftest import MORNING, Office, begin, office
from laksana.people.models import Account

__all__ = ["Browser", "begin", "browser", "office", "parsed"]
Browser = Callable[[str], Client]


def parsed(response: Any) -> Any:
    """Return a page, or a part of one, as a tree."""
    return html.fromstring(response.content.decode())


NOW = MORNING + timedelta(minutes=30)


@pytest.fixture
def at() -> Iterator[datetime]:
    """A Tuesday morning in the office."""
    with time_machine.travel(NOW, tick=False):
        yield NOW


@pytest.fixture
def browser(office: Office, at: datetime, settings: Settings) -> Browser:
    """Return a browser in which a person of the office is signed in."""
    settings.LANGUAGE_CODE = "en"

    def of(code: str) -> Client:
        person = office.people[code]
        if person.account is None:
            person.account = Account.objects.create_user(code)
            person.save()
        client = Client(headers={"accept-language": "en"})
        client.force_login(person.account)
        return client

    return of
