"""Appointments, absences and days off: who records them, what is refused, and what follows."""

from datetime import date
from typing import Any

import pytest

from laksana.cases.tests.conftest import Desk, Office
from laksana.people.models import Absence, Account, Holding, OfficeChange, Position, Unit
from laksana.people.services import desks_of, holders
from laksana.workspace.tests.conftest import NOW, Browser, parsed
from laksana.worktime.models import CalendarChange, Decree, Holiday

APPOINTMENTS, ABSENCES, DAYS_OFF = (
    "/organisasi/penunjukan/",
    "/organisasi/ketidakhadiran/",
    "/kalender/libur/",
)
GUARDED = [
    APPOINTMENTS,
    f"{APPOINTMENTS}tambah/",
    f"{APPOINTMENTS}1/akhiri/",
    ABSENCES,
    f"{ABSENCES}tambah/",
    f"{ABSENCES}1/akhiri/",
    f"{DAYS_OFF}tambah/",
    f"{DAYS_OFF}2026-12-25/hapus/",
]
POSTED = [f"{APPOINTMENTS}1/batal/", f"{ABSENCES}1/batal/", *(page for page in GUARDED if page[-2] != "n")]


@pytest.fixture
def keeper(office: Office) -> Office:
    """The office, in which the section head is the kasubag-umpeg."""
    unit = Unit.objects.get(code="dinas")
    post = Position.objects.create(code="kasubag-umpeg", title="Kasubag Umpeg", unit=unit, kind="tugas")
    Holding.objects.create(person=office.kasubag, position=post, since=date(2020, 1, 1))
    return office


def appointment(office: Office, **changed: Any) -> dict[str, Any]:
    """Return a form that lets the secretary act for the head."""
    given = {
        "position": "kepala",
        "person": str(office.sekretaris.pk),
        "kind": "plh",
        "since": "2026-11-10",
        "until": "2026-11-12",
        "decree": "Surat Perintah 800/12/2026",
    }
    return given | changed


def faults(response: Any) -> dict[str, str]:
    """Return field -> what the page says of it."""
    tree = parsed(response)
    said = tree.xpath("//*[contains(@class, 'field')]/*[@class='error']")
    return {each.get("id").removeprefix("f-").removesuffix("-error"): each.text_content() for each in said}


@pytest.mark.parametrize("page", GUARDED)
def test_those_who_do_not_keep_these_records_are_refused(keeper: Office, browser: Browser, page: str) -> None:
    for code in ("staf", "kepala"):
        assert browser(code).get(page).status_code == 403
    assert browser("kasubag").get(page).status_code in (200, 404)


@pytest.mark.parametrize("page", POSTED)
def test_nothing_is_recorded_by_others(keeper: Office, browser: Browser, page: str) -> None:
    before = Holding.objects.count()
    response = browser("staf").post(page, appointment(keeper) | {"day": "2026-12-24", "reason": "x"})
    assert response.status_code == 403
    assert (Holding.objects.count(), Absence.objects.count(), OfficeChange.objects.count()) == (before, 0, 0)


def test_an_administrator_keeps_these_records_too(keeper: Office, browser: Browser) -> None:
    client = browser("staf")
    Account.objects.filter(username="staf").update(is_staff=True)
    assert client.get(APPOINTMENTS).status_code == 200


def test_who_acts_for_the_one_who_keeps_them_keeps_them(keeper: Office, browser: Browser) -> None:
    Holding.objects.create(
        person=keeper.staf,
        position=Position.objects.get(code="kasubag-umpeg"),
        kind="plh",
        since=date(2026, 11, 10),
        until=date(2026, 11, 10),
    )
    assert browser("staf").get(APPOINTMENTS).status_code == 403
    Absence.objects.create(person=keeper.kasubag, since=NOW.date(), until=NOW.date(), reason="Cuti")
    assert browser("staf").get(APPOINTMENTS).status_code == 200


def test_an_appointment_gives_the_desk_and_says_who_recorded_it(keeper: Office, browser: Browser) -> None:
    client = browser("kasubag")
    Absence.objects.create(person=keeper.kepala, since=NOW.date(), until=NOW.date(), reason="Dinas luar")
    response = client.post(f"{APPOINTMENTS}tambah/", appointment(keeper))
    assert response.status_code == 302
    assert "position:kepala" in desks_of(keeper.sekretaris, NOW)
    page = client.get(APPOINTMENTS).content.decode()
    assert "Surat Perintah 800/12/2026" in page
    [change] = OfficeChange.objects.all()
    assert (change.by, change.at) == (keeper.kasubag, NOW)
    assert "Sekretaris Contoh" in change.what


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"decree": " "}, "decree"),
        ({"person": ""}, "person"),
        ({"person": "999999"}, "person"),
        ({"until": ""}, "until"),
        ({"until": "2026-11-09"}, "until"),
        ({"since": "kapan-kapan"}, "since"),
        ({"position": "raja"}, "position"),
        ({"kind": "definitif"}, "position"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(
    keeper: Office, browser: Browser, changed: dict[str, str], field: str
) -> None:
    before = Holding.objects.count()
    response = browser("kasubag").post(f"{APPOINTMENTS}tambah/", appointment(keeper, **changed))
    assert response.status_code == 422
    assert list(faults(response)) == [field]
    assert Holding.objects.count() == before
    if field != "decree":
        assert parsed(response).xpath("//*[@id='f-decree']/@value") == ["Surat Perintah 800/12/2026"]


def test_nobody_records_his_own_appointment(keeper: Office, browser: Browser) -> None:
    own = appointment(keeper, person=str(keeper.kasubag.pk))
    response = browser("kasubag").post(f"{APPOINTMENTS}tambah/", own)
    assert list(faults(response)) == ["person"]
    assert "position:kepala" not in desks_of(keeper.kasubag, NOW)


def test_an_appointment_sent_twice_stands_once(keeper: Office, browser: Browser) -> None:
    client = browser("kasubag")
    assert client.post(f"{APPOINTMENTS}tambah/", appointment(keeper)).status_code == 302
    assert list(faults(client.post(f"{APPOINTMENTS}tambah/", appointment(keeper)))) == ["person"]
    assert Holding.objects.filter(kind="plh").count() == 1


def test_an_appointment_ends_on_a_day_by_a_decree(keeper: Office, browser: Browser) -> None:
    client, held = browser("kasubag"), Holding.objects.get(person=keeper.sekretaris)
    page = f"{APPOINTMENTS}{held.pk}/akhiri/"
    assert list(faults(client.post(page, {"until": "2019-01-01", "decree": "SK 1"}))) == ["until"]
    assert list(faults(client.post(page, {"until": "2026-11-09", "decree": ""}))) == ["decree"]
    assert client.post(page, {"until": "2026-11-09", "decree": "SK 1"}).status_code == 302
    assert keeper.sekretaris not in holders("position:sekretaris", NOW)
    assert "SK 1" in OfficeChange.objects.get().what


def test_nobody_makes_his_own_appointment_longer(keeper: Office, browser: Browser) -> None:
    held = Holding.objects.get(person=keeper.kasubag, position__code="kasubag-umpeg")
    held.until = date(2026, 11, 30)
    held.save()
    page = f"{APPOINTMENTS}{held.pk}/akhiri/"
    client = browser("kasubag")
    assert list(faults(client.post(page, {"until": "2026-12-30", "decree": "SK 1"}))) == ["until"]
    assert client.post(page, {"until": "2026-11-20", "decree": "SK 1"}).status_code == 302


def test_what_has_not_begun_is_taken_back_and_what_has_is_not(keeper: Office, browser: Browser) -> None:
    client = browser("kasubag")
    client.post(f"{APPOINTMENTS}tambah/", appointment(keeper, since="2026-11-11"))
    coming = Holding.objects.get(kind="plh")
    begun = Holding.objects.get(person=keeper.staf)
    client.post(f"{APPOINTMENTS}{coming.pk}/batal/")
    client.post(f"{APPOINTMENTS}{begun.pk}/batal/")
    assert not Holding.objects.filter(pk=coming.pk).exists()
    assert Holding.objects.filter(pk=begun.pk).exists()
    assert [change.by for change in OfficeChange.objects.all()] == [keeper.kasubag] * 2


def test_an_absence_moves_the_desk_and_is_not_recorded_twice(keeper: Office, browser: Browser) -> None:
    client, page = browser("kasubag"), f"{ABSENCES}tambah/"
    given = {
        "person": str(keeper.sekretaris.pk),
        "since": "2026-11-10",
        "until": "2026-11-14",
        "reason": "Dinas luar",
    }
    assert client.post(page, given).status_code == 302
    assert holders("position:sekretaris", NOW) == [keeper.kepala]
    assert list(faults(client.post(page, given | {"since": "2026-11-14", "until": "2026-11-20"}))) == [
        "since"
    ]
    assert list(faults(client.post(page, given | {"until": "2026-11-09"}))) == ["until"]
    absence = Absence.objects.get()
    assert client.post(f"{ABSENCES}{absence.pk}/akhiri/", {"until": "2026-11-09"}).status_code == 422
    assert client.post(f"{ABSENCES}{absence.pk}/akhiri/", {"until": "2026-11-11"}).status_code == 302
    absence.refresh_from_db()
    assert absence.until == date(2026, 11, 11)
    client.post(f"{ABSENCES}{absence.pk}/batal/")
    assert Absence.objects.exists()
    assert "Dinas luar" in client.get(ABSENCES).content.decode()


def test_the_lists_find_by_words_and_show_what_has_ended_when_asked(keeper: Office, browser: Browser) -> None:
    client = browser("kasubag")
    Absence.objects.create(person=keeper.staf, since=date(2026, 1, 5), until=date(2026, 1, 6), reason="Sakit")
    assert "Sakit" not in client.get(ABSENCES).content.decode()
    assert "Sakit" in client.get(f"{ABSENCES}?lihat=semua").content.decode()
    assert "Sakit" not in client.get(f"{ABSENCES}?lihat=semua&q=dinas").content.decode()
    found = client.get(f"{APPOINTMENTS}?q=sekretaris").content.decode()
    assert "Sekretaris Contoh" in found
    assert "Kepala Contoh" not in found


# -- days off --------------------------------------------------------------------------------------------------------

DAY = {"day": "2026-12-28", "name": "Cuti bersama", "category": "cuti_bersama", "number": "SKB 9/2026"}


@pytest.fixture
def decree(keeper: Office) -> Decree:
    """A decree recorded before."""
    return Decree.objects.create(number="SKB 9/2026", about="Cuti bersama", issued=date(2026, 10, 1))


def test_the_days_off_of_a_year_stand_with_their_decree(keeper: Office, browser: Browser) -> None:
    page = browser("staf").get(f"{DAYS_OFF}?tahun=2026").content.decode()
    assert "1497" in page
    assert f"{DAYS_OFF}tambah/" not in page
    assert f"{DAYS_OFF}tambah/" in browser("kasubag").get(DAYS_OFF).content.decode()


def test_a_day_off_is_added_by_its_decree_and_deadlines_move(
    begin: Any, keeper: Office, browser: Browser, decree: Decree
) -> None:
    steps = [{"id": "lama", "time": "30 hari kerja"}, {"id": "akhir", "then": "selesai"}]
    desk: Desk = begin(steps=steps)
    due = desk.item("lama").due_at
    response = browser("kasubag").post(f"{DAYS_OFF}tambah/", DAY | {"day": "2026-11-16"}, follow=True)
    assert "1 deadline moved" in response.content.decode()
    assert desk.item("lama").due_at > due  # type: ignore[operator]
    assert Holiday.objects.get(date=date(2026, 11, 16)).decree == decree
    assert CalendarChange.objects.latest("pk").by == "Kasubag Contoh"


def test_a_new_decree_is_described_and_a_day_off_is_not_added_twice(keeper: Office, browser: Browser) -> None:
    client, page = browser("kasubag"), f"{DAYS_OFF}tambah/"
    assert set(faults(client.post(page, DAY))) == {"about", "issued"}
    assert client.post(page, DAY | {"about": "Cuti bersama", "issued": "2026-10-01"}).status_code == 302
    assert list(faults(client.post(page, DAY))) == ["day"]
    assert Decree.objects.get(number="SKB 9/2026").issued == date(2026, 10, 1)


def test_a_day_off_becomes_an_ordinary_day_by_a_decree(
    keeper: Office, browser: Browser, decree: Decree
) -> None:
    client, page = browser("kasubag"), f"{DAYS_OFF}2026-12-25/hapus/"
    assert list(faults(client.post(page, {"number": ""}))) == ["number"]
    assert client.post(page, {"number": decree.number}).status_code == 302
    assert not Holiday.objects.filter(date=date(2026, 12, 25)).exists()
    assert client.post(page, {"number": decree.number}).status_code == 404
    assert client.get(f"{DAYS_OFF}besok/hapus/").status_code == 404
