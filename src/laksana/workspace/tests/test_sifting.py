"""My tasks sifted: filters, groups, the views that somebody keeps."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from laksana.cases import actions
from laksana.cases.errors import Invalid
from laksana.cases.models import WorkItem
from laksana.cases.tests.conftest import MORNING, Desk, Office, definition, install
from laksana.workspace import saved_views
from laksana.workspace.models import SavedView
from laksana.workspace.sifting import Due, Sifting
from laksana.workspace.tests.conftest import NOW, Browser, parsed

INBOX = "/tugas/"
STEPS: list[dict[str, Any]] = [{"id": "periksa", "by": "kasubag"}, {"id": "akhir", "then": "selesai"}]


@pytest.fixture
def tasks(begin: Callable[..., Desk], office: Office) -> dict[str, WorkItem]:
    """Three steps at the section head's desk: late, due today of another owner and kind, due in two weeks and taken by him."""
    first = begin(steps=STEPS, subject="Surat lama").case
    other = install(
        definition(
            "lain",
            steps=[{"id": "terima"}, *STEPS],
            subject="Tugas rutin",
            owner="Bidang Lain",
            kind="rutin",
            code="A.98",
        )
    )
    second = actions.start(other.procedure, office.staf, MORNING, values={})
    third = actions.start(first.procedure, office.staf, MORNING, values={})
    items = [WorkItem.objects.get(case=case, state="terbuka") for case in (first, second, third)]
    for item, due in zip(items, (-timedelta(days=1), timedelta(hours=3), timedelta(days=14)), strict=True):
        WorkItem.objects.filter(pk=item.pk).update(due_at=NOW + due)
    actions.claim(items[2].pk, items[2].revision, office.kasubag, NOW)
    return dict(zip(("late", "today", "later"), items, strict=True))


def shown(client: Client, query: str) -> list[str]:
    """Return the numbers of the cases in the list, in its order."""
    page = parsed(client.get(f"{INBOX}?{query}"))
    return [str(each) for each in page.xpath("//div[@id='daftar']//tbody/tr//span[@class='mono']/text()")]


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("semua=1", ["late", "today", "later"]),
        ("sop=lain", ["today"]),
        ("unit=Bidang+Lain", ["today"]),
        ("jenis=layanan", ["late", "later"]),
        ("tenggat=lewat", ["late"]),
        ("lewat=1", ["late"]),
        ("tenggat=hari-ini", ["today"]),
        ("tenggat=pekan-ini", []),
        ("tenggat=nanti", ["later"]),
        ("tenggat=nanti&sop=lain", []),
        ("tenggat=entah&meja=entah", ["late", "today", "later"]),
        ("meja=sendiri", ["late", "today", "later"]),
        ("meja=bersama", []),
    ],
)
def test_a_filter_leaves_what_it_says(
    tasks: dict[str, WorkItem], browser: Browser, query: str, left: list[str]
) -> None:
    assert shown(browser("kasubag"), query) == [tasks[name].case.number for name in left]


def test_a_shared_desk_is_one_where_others_sit_and_nobody_took_the_step(
    begin: Callable[..., Desk], office: Office, browser: Browser
) -> None:
    case = begin(steps=[{"id": "kerjakan"}, {"id": "akhir", "then": "selesai"}]).case
    client, item = browser("staf"), WorkItem.objects.get(case=case, state="terbuka")
    assert shown(client, "meja=bersama") == [case.number]
    assert shown(client, "meja=sendiri") == []
    actions.claim(item.pk, item.revision, office.staf, NOW)
    assert shown(client, "meja=bersama") == []
    assert shown(client, "meja=sendiri") == [case.number]


@pytest.mark.parametrize(
    ("by", "headings"),
    [
        ("prosedur", ["A.98 Prosedur lain 1", "A.99 Prosedur contoh 2"]),
        ("tenggat", ["Late 1", "Due today 1", "Due later 1"]),
        ("unit", ["Bidang Lain 1", "Sekretariat 2"]),
        ("jenis", ["Layanan 2", "Rutin 1"]),
    ],
)
def test_groups_have_a_heading_and_how_many_they_hold(
    tasks: dict[str, WorkItem], browser: Browser, by: str, headings: list[str]
) -> None:
    page = parsed(browser("kasubag").get(f"{INBOX}?kelompok={by}"))
    assert [" ".join(each.text_content().split()) for each in page.xpath("//h2[@class='group']")] == headings


def test_grouping_costs_no_query_for_each_task(
    tasks: dict[str, WorkItem], office: Office, browser: Browser
) -> None:
    client, address = browser("kasubag"), f"{INBOX}?kelompok=prosedur&jenis=layanan"
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for _ in range(8):
        actions.start("contoh", office.staf, MORNING, values={})
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)


def test_filters_offer_what_waits_with_how_much(tasks: dict[str, WorkItem], browser: Browser) -> None:
    page = parsed(browser("kasubag").get(INBOX))
    offered = [option.text for option in page.xpath("//select[@name='sop']/option[@value!='']")]
    assert offered == ["A.98 Prosedur lain (1)", "A.99 Prosedur contoh (2)"]


def test_the_spans_of_due_follow_each_other_without_a_gap() -> None:
    spans = [due.span(NOW) for due in Due]
    assert spans[0][0] is None
    assert spans[-1][1] is None
    assert [end for _start, end in spans[:-1]] == [start for start, _end in spans[1:]]


def test_a_view_is_kept_under_a_name_and_opens_the_page_when_it_is_the_first(
    tasks: dict[str, WorkItem], browser: Browser
) -> None:
    client = browser("kasubag")
    kept = client.post(f"{INBOX}?sop=lain&kelompok=unit", {"nama": "  Tugas   rutin ", "utama": "1"})
    assert kept["Location"] == f"{INBOX}?sop=lain&kelompok=unit"
    view = SavedView.objects.get()
    assert (view.name, view.is_default) == ("Tugas rutin", True)
    assert client.get(INBOX)["Location"] == f"{INBOX}?sop=lain&kelompok=unit"
    assert len(shown(client, "semua=1")) == 3
    client.post(f"/tugas/pandangan/{view.pk}/utama/")
    assert client.get(INBOX).status_code == 200


@pytest.mark.parametrize(
    ("query", "name", "why"),
    [
        ("sop=lain", "  ", "Give the view a name"),
        ("sop=lain", "x" * 61, "60 characters"),
        ("semua=1", "Semua", "Choose a filter"),
    ],
)
def test_what_cannot_be_kept_is_said_at_the_field_and_nothing_is_kept(
    tasks: dict[str, WorkItem], browser: Browser, query: str, name: str, why: str
) -> None:
    response = browser("kasubag").post(f"{INBOX}?{query}", {"nama": name})
    assert response.status_code == 422
    assert why in parsed(response).xpath("string(//*[@id='nama-pandangan-salah'] | //main)")
    assert not SavedView.objects.exists()


def test_a_view_is_deleted_and_brought_back(tasks: dict[str, WorkItem], browser: Browser) -> None:
    client = browser("kasubag")
    client.post(f"{INBOX}?sop=lain", {"nama": "Rutin", "utama": "1"})
    page = parsed(client.post(f"/tugas/pandangan/{SavedView.objects.get().pk}/hapus/", follow=True))
    assert not SavedView.objects.exists()
    [undo] = page.xpath("//form[@class='undo']")
    client.post(
        undo.get("action"), {field.get("name"): field.get("value") for field in undo.xpath(".//input")}
    )
    view = SavedView.objects.get()
    assert (view.name, view.query, view.is_default) == ("Rutin", "sop=lain", True)


def test_views_are_ones_own(tasks: dict[str, WorkItem], browser: Browser, office: Office) -> None:
    view = saved_views.keep(office.kasubag, "Milikku", Sifting(sop="lain"), NOW)
    other = browser("staf")
    assert "Milikku" not in other.get(INBOX).content.decode()
    assert other.post(f"/tugas/pandangan/{view.pk}/hapus/").status_code == 404
    assert other.post(f"/tugas/pandangan/{view.pk}/utama/").status_code == 404
    assert SavedView.objects.filter(pk=view.pk, is_default=False).exists()


def test_one_keeps_so_many_views_and_a_name_once(office: Office) -> None:
    for number in range(saved_views.MOST):
        saved_views.keep(office.staf, f"Pandangan {number}", Sifting(tenggat="lewat"), NOW)
    saved_views.keep(office.staf, "Pandangan 3", Sifting(sop="lain"), NOW, default=True)
    assert SavedView.objects.get(name="Pandangan 3").query == "sop=lain"
    with override("en"), pytest.raises(Invalid, match="already"):
        saved_views.keep(office.staf, "Satu lagi", Sifting(sop="lain"), NOW)
