"""What pages cost: as many statements for many rows as for few, and never more than a page may need."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from laksana.cases import actions
from laksana.cases.models import SopVersion, WorkItem
from laksana.cases.tests.conftest import Desk, Office, definition, install
from laksana.notices.services import notify
from laksana.workspace.tests.conftest import Browser

PAGES = (
    "/tugas/", "/mulai/", "/cari/?q=contoh", "/berkas/", "/sop/", "/sop/contoh/", "/sop/contoh/evaluasi/2026/", "/register/",
    "/register/contoh/buku/", "/nomor/", "/kinerja/", "/kinerja/contoh/", "/kinerja/hari-ini/", "/kinerja/evaluasi/2026/",
    "/organisasi/", "/kalender/", "/pemberitahuan/", "/profil/", "/berkas-saya/", "/layanan/", "/layanan/sop/",
    "/layanan/kinerja/", "/berita/",
)  # fmt: skip
MOST, ONE_FOR_EACH_SERIES = 40, {"/nomor/": 75}
"""Statements that a page may need, once what does not change is known."""
FIELDS = {"hal": {"label": "Hal", "type": "text"}, "tanggal": {"label": "Tanggal", "type": "date"}}
STEPS: list[dict[str, Any]] = [
    {"id": "catat", "asks": ["hal", "tanggal"]},
    {"id": "periksa", "by": "kasubag"},
    {"id": "akhir", "by": "staf", "then": "selesai"},
]
BOOK = [{"id": "buku", "title": "Buku Contoh", "at": "catat", "columns": ["hal", "tanggal"]}]


def work(office: Office, procedure: str, steps: int, at: datetime) -> None:
    """Begin a case and do some of its steps."""
    case = actions.start(procedure, office.staf, at, values={})
    values = {"catat": {"hal": "Contoh", "tanggal": "2026-11-10"}}
    for number in range(steps):
        item = WorkItem.objects.get(case=case, state=WorkItem.State.OPEN)
        who = office.kasubag if item.step == "periksa" else office.staf
        later = at + timedelta(minutes=number + 1)
        actions.complete(item.pk, item.revision, who, values.get(item.step, {}), later)


def costs(client: Client) -> dict[str, int]:
    """Return page -> statements, once each page was opened before."""
    found = {}
    for page in PAGES:
        client.get(page)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page).status_code == 200, page
        found[page] = len(queries)
    return found


@pytest.mark.parametrize("who", ["kasubag", "kepala"])
def test_pages_cost_as_many_queries_for_many_rows_as_for_few(
    begin: Callable[..., Desk], office: Office, browser: Browser, at: datetime, who: str
) -> None:
    begin(steps=STEPS, fields=FIELDS, registers=BOOK)
    client = browser(who)
    for steps in range(4):
        work(office, "contoh", steps, at - timedelta(hours=1))
    notify(office.people[who], "tugas", "Ada tugas", "/tugas/", at)
    few = costs(client)
    for other in ("lain", "ketiga"):
        install(definition(other, steps=[{"id": "terima"}, *STEPS], fields=FIELDS, registers=BOOK))
    assert SopVersion.objects.count() == 3
    for procedure in ("contoh", "lain", "ketiga"):
        for steps in (0, 1, 1, 2, 3, 3):
            work(office, procedure, steps, at - timedelta(minutes=30))
    for _ in range(9):
        notify(office.people[who], "tugas", "Ada tugas", "/tugas/", at)
    many = costs(client)
    assert {page: (few[page], cost) for page, cost in many.items() if cost > few[page]} == {}
    assert {page: cost for page, cost in many.items() if cost > ONE_FOR_EACH_SERIES.get(page, MOST)} == {}
