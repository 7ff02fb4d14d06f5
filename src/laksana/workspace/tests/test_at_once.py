"""One act on several steps: each step by its own rights, each with its own answer."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from laksana.cases import actions
from laksana.cases.models import Case, Event, WorkItem
from laksana.cases.tests.conftest import MORNING, Desk, Office
from laksana.workspace.tests.conftest import NOW, Browser, parsed

AT_ONCE = "/tugas/serentak/"
STEPS: list[dict[str, Any]] = [
    {"id": "kerjakan", "by": "staf", "then": "periksa"},
    {"id": "periksa", "by": "kasubag", "then": "selesai"},
]


@pytest.fixture
def items(begin: Callable[..., Desk], office: Office) -> list[WorkItem]:
    """Two open steps at the desk of two clerks, and one at the section head's."""
    first = begin(steps=STEPS, subject="Berkas").case
    second, third = (actions.start(first.procedure, office.staf, MORNING, values={}) for _ in range(2))
    item = open_item(third)
    actions.complete(item.pk, item.revision, office.staf, {}, MORNING)
    return [open_item(case) for case in (first, second, third)]


def open_item(case: Case) -> WorkItem:
    """Return the open step of a case."""
    return WorkItem.objects.get(case=case, state="terbuka")


def marks(*items: WorkItem) -> list[str]:
    """Return items as the list marks them."""
    return [f"{item.pk}-{item.revision}" for item in items]


def answers(client: Client, **sent: Any) -> tuple[list[str], list[str]]:
    """Send an act and return the cases it was done to, and why it was refused elsewhere."""
    page = parsed(client.post(AT_ONCE, sent))
    done = page.xpath("//section[@aria-labelledby='jadi']//li//span[@class='mono']/text()")
    return done, page.xpath("//section[@aria-labelledby='ditolak']//span[@class='tag late']/text()")


def test_each_step_is_taken_by_its_own_right(items: list[WorkItem], browser: Browser, office: Office) -> None:
    done, refused = answers(browser("staf"), act="ambil", item=marks(*items))
    assert done == [item.case.number for item in items[:2]]
    assert len(refused) == 1
    taken = {item.pk: item.claimed_by for item in WorkItem.objects.filter(pk__in=[each.pk for each in items])}
    assert taken == {items[0].pk: office.staf, items[1].pk: office.staf, items[2].pk: None}
    assert not Event.objects.filter(case=items[2].case, kind="claimed").exists()


def test_what_a_colleague_took_meanwhile_is_told_and_left(
    items: list[WorkItem], browser: Browser, office: Office
) -> None:
    seen = marks(*items[:2])
    rival = next(
        person
        for code, person in office.people.items()
        if code not in ("staf", "kasubag", "sekretaris", "kepala")
    )
    actions.claim(items[0].pk, items[0].revision, rival, NOW)
    done, refused = answers(browser("staf"), act="ambil", item=seen)
    assert done == [items[1].case.number]
    assert len(refused) == 1
    assert WorkItem.objects.get(pk=items[0].pk).claimed_by == rival


def test_taking_is_undone_for_all_of_them_at_once(items: list[WorkItem], browser: Browser) -> None:
    client = browser("staf")
    page = parsed(client.post(AT_ONCE, {"act": "ambil", "item": marks(*items[:2])}))
    [form] = page.xpath("//form[@class='undo-all']")
    [button] = form.xpath(".//button[@name='act']")
    done, refused = answers(client, act=button.get("value"), item=form.xpath(".//input[@name='item']/@value"))
    assert (len(done), refused) == (2, [])
    assert not WorkItem.objects.exclude(claimed_by=None).exists()


def test_steps_are_delegated_except_where_it_would_break_a_rule(
    items: list[WorkItem], browser: Browser, office: Office
) -> None:
    done, refused = answers(
        browser("staf"), act="limpahkan", to=office.kasubag.pk, reason="Cuti", item=marks(*items)
    )
    assert done == [item.case.number for item in items[:2]]
    assert len(refused) == 1
    desks = set(
        WorkItem.objects.filter(pk__in=[each.pk for each in items[:2]]).values_list("desk", flat=True)
    )
    assert desks == {f"person:{office.kasubag.pk}"}


def test_sent_twice_it_is_done_once(items: list[WorkItem], browser: Browser) -> None:
    sent = {"act": "ambil", "item": marks(items[0]), "_key": "5b6c6f0e-0000-4000-8000-000000000001"}
    client = browser("staf")
    assert answers(client, **sent) == answers(client, **sent)
    assert Event.objects.filter(case=items[0].case, kind="claimed").count() == 1


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({"act": "ambil"}, "Mark at least one step."),
        ({"act": "hapus"}, "Choose what to do"),
        ({"act": "limpahkan"}, "Choose to whom"),
        ({"act": "ambil", "item": ["x", "1"]}, "Mark at least one step."),
        ({"act": "ambil", "item": [f"{n}-1" for n in range(201)]}, "200"),
    ],
)
def test_what_is_asked_wrongly_changes_nothing_and_leads_back(
    items: list[WorkItem], browser: Browser, sent: dict[str, Any], why: str
) -> None:
    sent = (
        {"item": marks(*items), "kelompok": "unit", **sent}
        if "item" in sent or sent["act"] != "ambil"
        else sent
    )
    response = browser("staf").post(AT_ONCE, sent, follow=True)
    assert why in parsed(response).xpath("string(//div[@id='pesan'])")
    assert not WorkItem.objects.exclude(claimed_by=None).exists()


def test_of_what_one_may_not_know_one_learns_nothing(items: list[WorkItem], browser: Browser) -> None:
    Case.objects.filter(pk=items[2].case_id).update(level="rahasia", subject="Perkara tertutup")
    page = (
        browser("staf")
        .post(AT_ONCE, {"act": "ambil", "item": ["999999-1", *marks(items[2])]})
        .content.decode()
    )
    assert "There is no such step" in page
    assert "Perkara tertutup" not in page
