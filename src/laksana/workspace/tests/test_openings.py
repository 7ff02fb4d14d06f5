"""The page of what the calendar opens: read by everybody, switched by those who keep the calendar."""

from datetime import date

import pytest

from laksana.cases.models import SopVersion
from laksana.cases.tests.conftest import Office
from laksana.library.models import CalendarSwitch
from laksana.library.services import entry
from laksana.people.models import Holding, Position, Unit
from laksana.workspace.tests.conftest import NOW, Browser, parsed

PAGE = "/kalender/prosedur/"
SPJ = {"pembukaan": "spj:bulanan", "nyala": "1"}


@pytest.fixture
def keeper(office: Office) -> Office:
    """The office with the SPJ in force, in which the section head is the kasubag-umpeg."""
    unit = Unit.objects.get(code="dinas")
    post = Position.objects.create(code="kasubag-umpeg", title="Kasubag Umpeg", unit=unit, kind="tugas")
    Holding.objects.create(person=office.kasubag, position=post, since=date(2020, 1, 1))
    spj = entry("spj")
    SopVersion.objects.create(
        procedure="spj", version=1, code=spj.procedure.code, title=spj.procedure.title, unit=spj.procedure.unit,
        effective=date(2026, 1, 12), definition=spj.text, digest=spj.digest,
    )  # fmt: skip
    return office


@pytest.mark.django_db
def test_everybody_reads_when_the_calendar_opens_and_only_who_keeps_it_switches(
    browser: Browser, keeper: Office
) -> None:
    reader = browser("sekretaris")
    page = parsed(reader.get(PAGE))
    (row,) = page.xpath("//tbody/tr")
    told = " ".join(row.text_content().split())
    assert "Each month, last working day" in told
    assert "30 November 2026" in told
    assert "off" in told
    assert not page.xpath("//main//form")
    assert reader.post(PAGE, SPJ).status_code == 403
    assert not CalendarSwitch.objects.exists()


@pytest.mark.django_db
def test_who_keeps_the_calendar_switches_on_and_off_and_is_named(browser: Browser, keeper: Office) -> None:
    client = browser("kasubag")
    told = client.post(PAGE, SPJ, follow=True)
    assert "nothing is opened for the past" in told.content.decode()
    row = CalendarSwitch.objects.get()
    assert (row.procedure, row.opening, row.on, row.since, row.changed_by) == (
        "spj",
        "bulanan",
        True,
        NOW,
        keeper.kasubag,
    )
    assert str(keeper.kasubag) in parsed(client.get(PAGE)).xpath("string(//tbody)")
    client.post(PAGE, {**SPJ, "nyala": "0"})
    assert not CalendarSwitch.objects.get().on
    client.post(PAGE, {"pembukaan": "semua", "nyala": "1"})
    assert CalendarSwitch.objects.get().on
    told = client.post(PAGE, {"pembukaan": "spj:lama", "nyala": "1"}, follow=True)
    assert "no longer" in told.content.decode()


@pytest.mark.django_db
def test_the_page_of_a_procedure_says_that_the_calendar_opens_it(browser: Browser, keeper: Office) -> None:
    page = parsed(browser("sekretaris").get("/sop/spj/"))
    assert "Each month, last working day" in page.xpath("string(//dl[dt='By the calendar'])")
