"""An agenda: what stands on which day, and a feed that opens for its secret alone."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import icalendar
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from laksana.agenda import services as agenda
from laksana.agenda.icalendar import to_ical
from laksana.agenda.models import Feed
from laksana.agenda.services import Kind
from laksana.cases import actions
from laksana.cases.tests.conftest import MORNING, Desk, Office, begin, office
from laksana.people.services import record_absence
from laksana.worktime.models import Holiday

__all__ = ["begin", "office"]
FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)


@pytest.fixture
def desk(begin: Callable[..., Desk]) -> Desk:
    """A secret matter whose second step is due, with a clock that runs."""
    fields = {"hal": {"label": "Hal", "type": "text"}}
    steps: list[dict[str, Any]] = [
        {"id": "catat", "asks": ["hal"]},
        {"id": "jawab", "does": "Menjawab surat", "time": "2 jam"},
        {"id": "akhir", "by": "kasubag", "then": "selesai"},
    ]
    clocks = [{"id": "batas-jawab", "from": "catat", "to": "jawab", "limit": "3 hari kerja"}]
    desk = begin(steps=steps, fields=fields, subject="{hal}", clocks=clocks)
    desk.do("catat", hal="Perihal pribadi")
    return desk


def kinds(office: Office, first: date = FIRST, last: date = LAST) -> list[tuple[Kind, int]]:
    return [(each.kind, each.first.day) for each in agenda.entries(office.staf, first, last, MORNING)]


def test_tasks_limits_absences_and_days_off_stand_on_their_days(desk: Desk, office: Office) -> None:
    record_absence(office.staf, date(2026, 10, 30), date(2026, 11, 2), "Cuti tahunan")
    Holiday.objects.filter(date__range=(FIRST, LAST)).delete()
    Holiday.objects.create(date=date(2026, 11, 20), name="Hari libur contoh")
    assert kinds(office) == [(Kind.ABSENCE, 30), (Kind.TASK, 10), (Kind.LIMIT, 13), (Kind.HOLIDAY, 20)]
    assert kinds(office, date(2026, 12, 1), date(2026, 12, 20)) == []


def test_what_is_done_or_anothers_is_not_there(desk: Desk, office: Office) -> None:
    assert (Kind.TASK, 10) not in [
        (each.kind, each.first.day) for each in agenda.entries(office.kepala, FIRST, LAST, MORNING)
    ]
    desk.do("jawab")
    assert kinds(office) == []


def test_an_agenda_costs_as_many_queries_for_many_tasks_as_for_one(desk: Desk, office: Office) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            agenda.entries(office.staf, FIRST, LAST, MORNING)
        return len(queries)

    cost()
    once = cost()
    for _ in range(3):
        case = actions.start("contoh", office.staf, MORNING, values={})
        assert case.pk != desk.case.pk
    cost()
    assert cost() <= once


def test_the_feed_opens_for_its_newest_secret_alone(desk: Desk, office: Office) -> None:
    old = agenda.switch_on(office.staf, MORNING)
    new = agenda.switch_on(office.staf, MORNING)
    assert Client().get(f"/kalender/umpan/{old}.ics").status_code == 404
    assert Client().get("/kalender/umpan/tebakan.ics").status_code == 404
    answer = Client().get(f"/kalender/umpan/{new}.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    assert "no-store" in answer["Cache-Control"]
    assert new not in str(Feed.objects.values_list("token_hash", flat=True))
    agenda.switch_off(office.staf)
    assert Client().get(f"/kalender/umpan/{new}.ics").status_code == 404


def test_the_feed_of_somebody_who_left_is_closed(desk: Desk, office: Office) -> None:
    token = agenda.switch_on(office.staf, MORNING)
    type(office.staf).objects.filter(pk=office.staf.pk).update(active=False)
    assert Client().get(f"/kalender/umpan/{token}.ics").status_code == 404


def test_the_feed_reads_back_and_tells_no_subject(desk: Desk, office: Office) -> None:
    found = agenda.entries(office.staf, FIRST, LAST, MORNING)
    text = to_ical(found, "Agenda", "contoh.test", MORNING)
    assert b"pribadi" not in text
    events = list(icalendar.Calendar.from_ical(text).walk("VEVENT"))
    assert len({str(event["UID"]) for event in events}) == len(found)
    [task] = [event for event in events if str(event["UID"]).startswith("tugas-")]
    [entry] = [each for each in found if each.kind is Kind.TASK]
    assert task.decoded("DTEND") == entry.due
    assert task.decoded("DTEND") - task.decoded("DTSTART") == timedelta(minutes=30)


def test_a_day_off_is_a_whole_day(office: Office) -> None:
    Holiday.objects.get_or_create(date=date(2026, 11, 20), defaults={"name": "Libur"})
    text = to_ical(agenda.entries(office.staf, FIRST, LAST, MORNING), "Agenda", "contoh.test", MORNING)
    [event] = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (date(2026, 11, 20), date(2026, 11, 21))
