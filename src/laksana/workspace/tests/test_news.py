"""Notices in an open page: asked for cheaply, shown once, marked as read and unread again."""

from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from laksana.cases.tests.conftest import Office
from laksana.notices.models import Notice
from laksana.notices.services import mark_read, notify, state_of, unread_count
from laksana.workspace.tests.conftest import NOW, Browser, parsed

NEWS = "/pemberitahuan/kabar/"


def asked(client: Client, state: str) -> tuple[int, list[str], str]:
    """Ask as an open page does; return the status, what is told and the new state."""
    response = client.get(f"{NEWS}?sejak={state}", headers={"If-None-Match": f'"{state}"'})
    if response.status_code == 304:
        assert response.content == b""
        return 304, [], state
    tree = parsed(response)
    told = [" ".join(each.text_content().split()) for each in tree.xpath("//*[contains(@class, 'live')]")]
    return response.status_code, told, tree.xpath("//@data-state")[0]


def test_an_open_page_hears_only_what_is_new(office: Office, browser: Browser) -> None:
    client = browser("staf")
    notify(office.staf, "tugas", "Yang lama", "/tugas/", NOW)
    state = parsed(client.get("/tugas/")).xpath("//template[@id='kabar']/@data-state")[0]
    assert asked(client, state) == (304, [], state)
    notify(office.staf, "tugas", "Yang baru", "/tugas/", NOW + timedelta(minutes=1))
    status, told, after = asked(client, state)
    assert (status, told) == (200, ["Yang baru"])
    assert asked(client, after)[0] == 304


def test_of_many_new_ones_a_few_are_shown_and_the_list_is_named(office: Office, browser: Browser) -> None:
    for number in range(5):
        notify(office.staf, "tugas", f"Kabar {number}", "/tugas/", NOW + timedelta(minutes=number))
    told = asked(browser("staf"), "0-0")[1]
    assert told == ["Kabar 4", "Kabar 3", "Kabar 2", "All notices"]


def test_reading_elsewhere_takes_the_number_from_the_bell(office: Office, browser: Browser) -> None:
    client = browser("staf")
    notify(office.staf, "tugas", "Satu", "/tugas/", NOW)
    state = state_of(office.staf)
    mark_read(office.staf, NOW)
    status, told, after = asked(client, state)
    assert (status, told, after) == (200, [], "0-0")


def test_what_others_are_told_changes_nothing(office: Office, browser: Browser) -> None:
    client, state = browser("staf"), state_of(office.staf)
    notify(office.kasubag, "tugas", "Untuk kasubag", "/tugas/", NOW)
    assert asked(client, state)[0] == 304
    assert "Untuk kasubag" not in client.get(f"{NEWS}?sejak=x").content.decode()


def test_an_answer_without_news_costs_four_queries(office: Office, browser: Browser) -> None:
    client, state = browser("staf"), state_of(office.staf)
    asked(client, state)
    with CaptureQueriesContext(connection) as queries:
        asked(client, state)
    assert len(queries) == 4, "\n".join(query["sql"] for query in queries)


def test_a_stranger_is_told_nothing() -> None:
    assert Client().get(NEWS).status_code == 302


def test_marked_ones_are_read_and_unread_again(office: Office, browser: Browser) -> None:
    client = browser("staf")
    for number in range(3):
        notify(office.staf, "tugas", f"Kabar {number}", "/tugas/", NOW)
    first, second, _third = Notice.objects.order_by("pk")
    page = parsed(
        client.post("/pemberitahuan/", {"what": "chosen", "item": [first.pk, second.pk]}, follow=True)
    )
    assert unread_count(office.staf) == 1
    [form] = page.xpath("//form[@class='undo']")
    client.post(
        form.get("action"), {field.get("name"): field.get("value") for field in form.xpath(".//input")}
    )
    assert unread_count(office.staf) == 3


def test_others_notices_stay_as_they_are(office: Office, browser: Browser) -> None:
    [theirs] = [notify(office.kasubag, "tugas", "Rahasia", "/tugas/", NOW)]
    client = browser("staf")
    client.post("/pemberitahuan/", {"what": "chosen", "item": [theirs.pk]})
    assert unread_count(office.kasubag) == 1
    mark_read(office.kasubag, NOW)
    client.post("/pemberitahuan/belum-dibaca/", {"at": NOW.isoformat()})
    assert unread_count(office.kasubag) == 0
    assert client.post("/pemberitahuan/belum-dibaca/", {"at": "kapan"}).status_code == 302


def test_only_unread_ones_are_listed_when_asked(office: Office, browser: Browser) -> None:
    notify(office.staf, "tugas", "Sudah dibaca", "/tugas/", NOW)
    mark_read(office.staf, NOW)
    notify(office.staf, "tugas", "Belum dibaca", "/tugas/", NOW)
    page = browser("staf").get("/pemberitahuan/?baca=belum").content.decode()
    assert "Belum dibaca" in page
    assert "Sudah dibaca" not in page
