"""The history of a case cannot be changed unnoticed: triggers forbid it, and the chain shows it where they were removed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from laksana.cases import guards
from laksana.cases.chain import Broken, chained_text, link, verify
from laksana.cases.models import Case, Event
from laksana.cases.tests.conftest import Desk

Begin = Callable[..., Desk]
STEPS: list[dict[str, Any]] = [
    {"id": "isi", "asks": ["jumlah"]},
    {"id": "periksa"},
    {"id": "tutup", "then": "selesai"},
]
FIELDS: dict[str, Any] = {"jumlah": {"label": "Jumlah", "type": "number"}}


@pytest.fixture
def desk(begin: Begin) -> Desk:
    desk = begin(steps=STEPS, fields=FIELDS)
    desk.do("isi", jumlah="3,5")
    desk.do("periksa")
    return desk


@pytest.fixture
def unguarded(desk: Desk) -> Desk:
    """Without the triggers, as somebody with the keys of the database would have it."""
    guards.remove(connection)
    return desk


def broken() -> list[Broken]:
    return list(verify(iter(Case.objects.all())))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE cases_event SET step = 'lain'",
        "UPDATE cases_event SET data = '{}' WHERE number = 1",
        "DELETE FROM cases_event WHERE number = 2",
        "DELETE FROM cases_event",
    ],
)
def test_the_database_forbids_changing_and_deleting_events(desk: Desk, statement: str) -> None:
    with pytest.raises(DatabaseError, match="never"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert broken() == []


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
def test_the_events_cannot_be_emptied(desk: Desk) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(DatabaseError, match="never"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE cases_event CASCADE")


def test_an_untouched_chain_holds(desk: Desk) -> None:
    assert broken() == []
    assert desk.case.events.count() == Case.objects.get().last_event


@pytest.mark.parametrize(
    ("change", "number"),
    [
        ({"step": "lain"}, 2),
        ({"data": {"values": {"jumlah": "4"}}}, 3),
        ({"actor": None}, 3),
        ({"acting_as": "Plh. Kepala"}, 2),
        ({"kind": "ended"}, 4),
        ({"work_item": None}, 2),
        ({"hash": "0" * 64}, 1),
    ],
)
def test_the_first_changed_event_is_named(unguarded: Desk, change: dict[str, object], number: int) -> None:
    Event.objects.filter(number=number).update(**change)
    [found] = broken()
    assert (found.case, found.event) == ("CONTOH/2026/0001", number)
    assert "changed" in found.reason


def test_a_shifted_instant_is_noticed(unguarded: Desk) -> None:
    event = Event.objects.get(number=3)
    Event.objects.filter(pk=event.pk).update(at=event.at + timedelta(microseconds=1))
    assert [found.event for found in broken()] == [3]


def test_a_missing_event_is_named(unguarded: Desk) -> None:
    Event.objects.filter(number=2).delete()
    [found] = broken()
    assert (found.event, "event 2 is missing" in found.reason) == (2, True)


def test_events_cut_off_at_the_end_are_noticed(unguarded: Desk) -> None:
    last = Event.objects.latest("number")
    last.delete()
    [found] = broken()
    assert (found.event, "removed" in found.reason) == (last.number, True)


def test_a_chain_made_anew_does_not_fit_the_case(unguarded: Desk) -> None:
    """Somebody changes an event and reckons every later hash anew, but forgets the case's own."""
    Event.objects.filter(number=2).update(step="lain")
    previous = ""
    for event in Event.objects.order_by("number"):
        event.hash = previous = link(previous, desk_number(), event)
        event.save()
    assert [found.event for found in broken()] == [5]


def desk_number() -> str:
    return Case.objects.get().number


def test_events_moved_to_another_case_do_not_fit_it(unguarded: Desk) -> None:
    Case.objects.update(number="CONTOH/2026/0099")
    assert [found.event for found in broken()] == [1]


def test_what_is_hashed_is_one_line_that_any_program_can_hash(desk: Desk) -> None:
    event = Event.objects.get(number=2)
    first = Event.objects.get(number=1)
    text = chained_text(first.hash, desk.case.number, event)
    assert "\n" not in text
    assert f'"previous":"{first.hash}"' in text
