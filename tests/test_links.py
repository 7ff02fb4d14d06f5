"""No dead link: every kind of page that a visitor or four roles are led to answers, and every anchor is on its page."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from lxml import html

from laksana.library.conftest import office
from laksana.people.models import Account
from laksana.portal.tests.applicant import Applicant
from laksana.portal.tests.test_journey import AT, ask
from laksana.portal.tokens import spaced, tracking_code
from laksana.site.bench.pages import read_to_its_end

__all__ = ["office"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office")]
ROLES = ("tyas", "melati", "laras", "wiraguna")
"""Administrator, head of personnel and general affairs, PPID, head of the office."""
_NAMES = re.compile(r"/(sop|kinerja|mulai|layanan|panduan|bagian)/[a-z0-9-]+")


@pytest.fixture
def now() -> Iterator[datetime]:
    """The clock stands at nine."""
    cache.clear()
    with time_machine.travel(AT, tick=False):
        yield AT


def shape(address: str) -> str:
    """Return what kind of page an address is of: the page of one procedure, case or person is like that of another."""
    path, query = urlsplit(address).path, urlsplit(address).query
    path = re.sub(r"/berkas/[A-Z].*?/\d+/\d+/", "/berkas/#/", path)
    path = _NAMES.sub(r"/\1/#", re.sub(r"/\d[\d-]*(?=/|\.|$)", "/#", path))
    path = re.sub(r"/register/[a-z0-9-]+/[a-z0-9-]+", "/register/#/#", path)
    path = re.sub(r"/kelola/naskah/[a-z0-9-]+/[a-z0-9-]+", "/kelola/naskah/#/#", path)
    return f"{path}?{sorted(part.partition('=')[0] for part in query.split('&'))}"


def crawl(client: Client, begin: list[str], seen: set[str]) -> Iterator[str]:
    """Follow links to one page of each kind not seen yet, and yield what is wrong with a page or link."""
    waiting = [(each, "") for each in begin]
    while waiting:
        address, found_on = waiting.pop()
        answer = client.get(address)
        if answer.status_code >= 400:
            yield f"{answer.status_code} {address}, linked on {found_on}"
        links = [answer["Location"]] if answer.status_code in (301, 302) else []
        if answer.status_code == 200 and "html" in answer["Content-Type"] and answer.content:
            tree: Any = html.fromstring(answer.content)
            links = [*tree.xpath("//a/@href"), *tree.xpath("//img/@src")]
            anchors = {link[1:] for link in links if link.startswith("#") and len(link) > 1}
            yield from (f"no #{each} on {address}" for each in anchors - set(tree.xpath("//@id")))
        read_to_its_end(answer)
        for link in links:
            there = urlsplit(urljoin(address, str(link)))
            whole = f"{there.path}?{there.query}" if there.query else there.path
            if there.scheme or there.netloc or there.path.startswith("/static/") or shape(whole) in seen:
                continue
            seen.add(shape(whole))
            waiting.append((whole, address))


def test_no_link_of_the_portal_is_dead(now: datetime) -> None:
    code = spaced(tracking_code(ask(Applicant()), now))
    seen = set[str]()
    found = list(crawl(Client(), ["/layanan/", f"/lacak/{code}/", "/akun/login/"], seen))
    assert found == []
    assert len(seen) > 25, "the crawl reaches the pages"


def test_no_link_of_the_workspace_is_dead_for_any_of_four_roles(now: datetime) -> None:
    ask(Applicant())
    seen, found = set[str](), list[str]()
    for role in ROLES:
        client = Client()
        client.force_login(Account.objects.get(username=role))
        found += [
            f"{role}: {each}"
            for each in crawl(client, ["/tugas/", "/kelola/akun/"][: 2 if role == "tyas" else 1], seen)
        ]
    assert found == []
    assert len(seen) > 120, "the crawl reaches the pages"
