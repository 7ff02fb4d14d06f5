"""How long the server takes for each page, opened as people of the office open it: from link to link, then measured in turns."""

import re
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from time import perf_counter_ns, process_time_ns
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.db import connection
from django.http.response import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve
from lxml import html

from laksana.people.models import Account

LIMIT = 100.0
"""Milliseconds within which the server answers 95 of 100 requests."""
STARTS = ("/", "/tugas/", "/layanan/", "/berita/", "/lacak/")
PEOPLE = ("wiraguna", "melati", "laras", "handoko", "ningsih", "sekar", "hartati", "kirana")
"""Those of the demonstration who between them open every kind of page."""
_OF_A_KIND = 3
"""So many pages of one address each person opens: cases and steps differ."""
_LEFT_ALONE = frozenset({"workspace:notice"})
"""Following it changes something: the notice becomes read."""
_PAGE = "text/html"


@dataclass
class Measured:
    """A kind of page: who opened which, and how long it took, in milliseconds."""

    name: str
    pages: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)
    processor: list[float] = field(default_factory=list)
    clock: list[float] = field(default_factory=list)
    queries: int = 0
    """Statements of the page that needed most."""
    slowest: str = ""

    def add(self, page: str, processor: float, clock: float) -> None:
        """Keep one request."""
        if not self.processor or processor > max(self.processor):
            self.slowest = page
        self.processor.append(processor)
        self.clock.append(clock)

    def as_data(self) -> dict[str, Any]:
        """Return it as JSON-able data."""
        return {
            "page": self.name,
            "opened": len(self.pages),
            "by": sorted(self.people),
            "requests": len(self.processor),
            "processor_p95": round(p95(self.processor), 1),
            "clock_p95": round(p95(self.clock), 1),
            "queries": self.queries,
            "slowest": self.slowest,
        }


def p95(values: Sequence[float]) -> float:
    """Return the value that 95 of 100 do not exceed (nearest rank)."""
    return sorted(values)[-(-95 * len(values) // 100) - 1]


def measure(usernames: Sequence[str], rounds: int) -> list[Measured]:
    """Open every page that these people find, `rounds` times each after once unmeasured; the slowest kind first.

    Nothing is sent, so nothing changes but the sessions, which end here.
    """
    found: dict[str, Measured] = {}
    for username in usernames:
        client = Client(headers={"host": "localhost", "accept-language": "id"})
        client.force_login(Account.objects.get(username=username))
        pages = list(_pages(client))
        for name, page in pages:
            kind = found.setdefault(name, Measured(name))
            kind.pages.add(page)
            kind.people.add(username)
            with CaptureQueriesContext(connection) as queries:
                client.get(page)
            kind.queries = max(kind.queries, len(queries))
        for _round in range(rounds):
            for name, page in pages:
                found[name].add(page, *_timed(client, page))
        client.logout()
    return sorted(found.values(), key=lambda kind: -p95(kind.processor))


def _timed(client: Client, page: str) -> tuple[float, float]:
    clock, processor = perf_counter_ns(), process_time_ns()
    client.get(page)
    return (process_time_ns() - processor) / 1e6, (perf_counter_ns() - clock) / 1e6


def _pages(client: Client) -> Iterator[tuple[str, str]]:
    """Yield name and address of the pages to which links lead, a few of each name."""
    waiting, queued, been = deque(STARTS), set(STARTS), Counter[str]()
    while waiting:
        address = waiting.popleft()
        name = _name(address)
        if name is None or name in _LEFT_ALONE or been[name] >= _OF_A_KIND:
            continue
        response: HttpResponseBase = client.get(address)
        if response.status_code != 200 or not response.get("Content-Type", "").startswith(_PAGE):
            been[name] += 1  # a file, or a way on: not looked at again and again
            read_to_its_end(response)
            continue
        been[name] += 1
        yield name, address
        for link in _links(response, address):
            if link not in queued:
                queued.add(link)
                waiting.append(link)


def read_to_its_end(response: HttpResponseBase) -> None:
    """Read a file that is streamed; closing it instead would close the database's connection too."""
    if response.streaming:
        deque(response, maxlen=0)


def _links(response: Any, address: str) -> Iterator[str]:
    for anchor in html.fromstring(response.content.decode()).iter("a"):
        link = anchor.get("href")
        if link is None:
            continue
        parts = urlsplit(urljoin(address, link))
        if not parts.netloc and re.match(r"/\w?", parts.path):
            yield parts.path + (f"?{parts.query}" if parts.query else "")


def _name(address: str) -> str | None:
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return None
