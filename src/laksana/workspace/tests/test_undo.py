"""What was just done can be undone by a button that sends a form."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils.translation import override

from laksana.cases import actions, chain
from laksana.cases.errors import NotFound, NotYours, Refused
from laksana.cases.models import Case, Draft, WorkItem
from laksana.cases.tests.conftest import Desk, Office
from laksana.workspace.tests.conftest import NOW, Browser, parsed

STEPS: list[dict[str, Any]] = [
    {"id": "kerjakan", "by": "staf", "asks": ["catatan"], "then": "periksa"},
    {"id": "periksa", "by": "kasubag", "then": "selesai"},
]
FIELDS = {"catatan": {"label": "Catatan", "type": "text"}}


@pytest.fixture
def desk(begin: Callable[..., Desk]) -> Desk:
    """A case with an open step of the clerks."""
    return begin(steps=STEPS, fields=FIELDS, subject="Berkas")


def item_of(desk: Desk) -> WorkItem:
    """Return the open step."""
    return WorkItem.objects.get(case=desk.case, state="terbuka")


def do(client: Client, address: str, **sent: Any) -> Any:
    """Send a form and return the page it leads to."""
    return parsed(client.post(address, sent, follow=True))


def undo(client: Client, page: Any) -> Any:
    """Press the button of the message and return the page it leads to."""
    [form] = page.xpath("//div[@id='pesan']//form[@class='undo']")
    given = {field.get("name"): field.get("value") for field in form.xpath(".//input")}
    return do(client, form.get("action"), **given)


def test_taking_and_giving_back_are_each_others_undoing(desk: Desk, browser: Browser, office: Office) -> None:
    client, item = browser("staf"), item_of(desk)
    at = f"/berkas/{desk.case.number}/langkah/{item.pk}"
    page = do(client, f"{at}/ambil/", _revision=item.revision)
    assert item_of(desk).claimed_by == office.staf
    page = undo(client, page)
    assert item_of(desk).claimed_by is None
    undo(client, page)
    assert item_of(desk).claimed_by == office.staf


def test_a_step_is_taken_back_as_long_as_nobody_began_what_follows(
    desk: Desk, browser: Browser, office: Office
) -> None:
    client, item = browser("staf"), item_of(desk)
    address = f"/berkas/{desk.case.number}/langkah/{item.pk}/"
    page = do(client, address, _revision=item.revision, catatan="Sudah")
    assert item_of(desk).step == "periksa"
    undo(client, page)
    assert item_of(desk).step == "kerjakan"

    item = item_of(desk)
    page = do(
        client, f"/berkas/{desk.case.number}/langkah/{item.pk}/", _revision=item.revision, catatan="Lagi"
    )
    following = item_of(desk)
    actions.claim(following.pk, following.revision, office.kasubag, NOW)
    undo(client, page)
    assert item_of(desk).step == "periksa"


def test_the_end_of_a_case_offers_no_undoing(desk: Desk, browser: Browser) -> None:
    desk.do("kerjakan", catatan="Sudah")
    item = item_of(desk)
    page = do(browser("kasubag"), f"/berkas/{desk.case.number}/langkah/{item.pk}/", _revision=item.revision)
    assert Case.objects.get(pk=desk.case.pk).state == "selesai"
    assert not page.xpath("//form[@class='undo']")


def test_a_comment_taken_back_is_no_longer_read_but_the_chain_holds(desk: Desk, browser: Browser) -> None:
    client = browser("staf")
    page = do(client, f"/berkas/{desk.case.number}/komentar/", text="Salah berkas")
    assert "Salah berkas" in page.text_content()
    said = undo(client, page).text_content()
    assert "Salah berkas" not in said
    assert "taken back by its writer" in said
    assert "Salah berkas" not in parsed(browser("kasubag").get(f"/berkas/{desk.case.number}/")).text_content()
    assert list(chain.verify(Case.objects.filter(pk=desk.case.pk).iterator())) == []


def test_a_comment_is_taken_back_by_its_writer_alone_and_soon(desk: Desk, office: Office) -> None:
    actions.comment(desk.case.pk, office.staf, "Tolong dicek", NOW)
    number = desk.case.events.get(kind="commented").number
    with pytest.raises(NotYours):
        actions.retract_comment(desk.case.pk, number, office.kasubag, NOW)
    with pytest.raises(NotFound):
        actions.retract_comment(desk.case.pk, 1, office.staf, NOW)
    with override("en"), pytest.raises(Refused, match="too old"):
        actions.retract_comment(desk.case.pk, number, office.staf, NOW + timedelta(minutes=16))
    for _ in range(2):
        actions.retract_comment(desk.case.pk, number, office.staf, NOW)
    assert desk.case.events.filter(kind="comment-retracted").count() == 1


def test_a_discarded_draft_comes_back(desk: Desk, browser: Browser) -> None:
    client, item = browser("staf"), item_of(desk)
    address = f"/berkas/{desk.case.number}/langkah/{item.pk}/draf/"
    client.post(address, {"catatan": "Setengah jadi"})
    page = do(client, address, _forget="1")
    assert not Draft.objects.exists()
    assert "Your draft is back." in undo(client, page).xpath("string(//div[@id='pesan'])")
    assert Draft.objects.get().data["raw"]["catatan"] == "Setengah jadi"


def test_a_discarded_draft_does_not_overwrite_what_was_typed_since(desk: Desk, browser: Browser) -> None:
    client, item = browser("staf"), item_of(desk)
    address = f"/berkas/{desk.case.number}/langkah/{item.pk}/draf/"
    client.post(address, {"catatan": "Lama"})
    page = do(client, address, _forget="1")
    client.post(address, {"catatan": "Baru"})
    assert "no discarded draft" in undo(client, page).xpath("string(//div[@id='pesan'])")
    assert Draft.objects.get().data["raw"]["catatan"] == "Baru"


def test_another_may_not_undo(desk: Desk, browser: Browser, office: Office) -> None:
    actions.comment(desk.case.pk, office.staf, "Punya staf", NOW)
    number = desk.case.events.get(kind="commented").number
    response = browser("kasubag").post(f"/berkas/{desk.case.number}/komentar/{number}/tarik/")
    assert not desk.case.events.filter(kind="comment-retracted").exists()
    assert response.status_code in (302, 403)
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        browser("staf").post(f"/berkas/{desk.case.number}/komentar/{number}/tarik/")
    assert not desk.case.events.filter(kind="comment-retracted").exists()
