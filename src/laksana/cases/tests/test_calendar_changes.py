"""A changed calendar moves what is open, and says what moved."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from laksana.cases import actions, sweep
from laksana.cases.behaviour import Behaviour, Situation
from laksana.cases.models import Case, Clock, WorkItem
from laksana.cases.tests.conftest import MORNING, Desk
from laksana.worktime import services as worktime
from laksana.worktime.models import CalendarChange
from laksana.worktime.zone import OFFICE_ZONE

Begin = Callable[..., Desk]
STEPS: list[dict[str, Any]] = [
    {"id": "isi", "time": "2 hari kerja", "timeout": {"after": "3 hari kerja", "then": "tutup"}},
    {"id": "tutup", "by": "kasubag", "then": "selesai"},
]
CLOCKS: list[dict[str, Any]] = [
    {
        "id": "batas",
        "from": "terima",
        "to": "tutup",
        "limit": "2 hari kerja",
        "extension": {"by": "1 hari kerja"},
    }
]


def wib(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=OFFICE_ZONE)


@pytest.fixture
def desk(begin: Begin) -> Desk:
    return begin(steps=STEPS, clocks=CLOCKS)


def day_off(at: datetime = MORNING) -> CalendarChange:
    """Decree a day off on Wednesday, the day after the case was opened."""
    decree = worktime.record_decree("SKB 1/2026", "tambahan libur")
    return worktime.set_holiday(date(2026, 11, 11), "Libur tambahan", "libur", decree, at)


def test_open_steps_and_running_clocks_move_and_the_change_says_so(desk: Desk) -> None:
    change = day_off()
    item = desk.item("isi")
    assert (item.due_at, item.timeout_at) == (wib("2026-11-13T16:30"), wib("2026-11-16T16:00"))
    assert Clock.objects.get().due_at == wib("2026-11-13T16:30")
    assert change.moved == [
        "CONTOH/2026/0001, Mengerjakan isi: 12-11-2026 16.00 becomes 13-11-2026 16.30",
        "CONTOH/2026/0001, batas: 12-11-2026 16.00 becomes 13-11-2026 16.30",
    ]


def test_counted_again_nothing_moves(desk: Desk) -> None:
    day_off()
    assert worktime.settle(MORNING) == []


def test_what_was_counted_by_the_old_calendar_meanwhile_is_mended(desk: Desk) -> None:
    day_off()
    WorkItem.objects.filter(step="isi").update(due_at=wib("2026-11-12T16:00"))
    assert len(worktime.settle(MORNING)) == 1
    assert desk.item("isi").due_at == wib("2026-11-13T16:30")


def test_taken_back_the_ends_are_as_before(desk: Desk) -> None:
    before = desk.item("isi").due_at
    day_off()
    decree = worktime.record_decree("SKB 2/2026", "batal")
    worktime.remove_holiday(date(2026, 11, 11), decree, MORNING)
    assert desk.item("isi").due_at == before


def test_an_extension_and_a_pause_are_counted_in_the_new_calendar(desk: Desk) -> None:
    clock, person = Clock.objects.get(), desk.office.staf
    actions.pause_clock(clock.pk, person, "x", wib("2026-11-10T09:00"))
    actions.resume_clock(clock.pk, person, "x", wib("2026-11-12T09:00"))
    actions.extend_clock(clock.pk, person, "x", wib("2026-11-12T10:00"))
    assert Clock.objects.get().due_at == wib("2026-11-17T16:00")
    decree = worktime.record_decree("SKB 1/2026", "tambahan libur")
    worktime.set_holiday(date(2026, 11, 16), "Libur tambahan", "libur", decree, wib("2026-11-12T11:00"))
    assert Clock.objects.get().due_at == wib("2026-11-18T16:00")


def test_a_clock_that_stands_still_moves_too_but_its_pause_stays(desk: Desk) -> None:
    actions.pause_clock(Clock.objects.get().pk, desk.office.staf, "x", MORNING)
    day_off()
    clock = Clock.objects.get()
    assert (clock.state, clock.due_at) == (Clock.State.PAUSED, wib("2026-11-13T16:30"))


def test_what_is_closed_stays_as_it_was(desk: Desk) -> None:
    desk.do("isi")
    desk.do("tutup", "kasubag")
    ends = list(WorkItem.objects.order_by("pk").values_list("due_at", flat=True))
    assert day_off().moved == []
    assert list(WorkItem.objects.order_by("pk").values_list("due_at", flat=True)) == ends


def test_a_limit_that_had_passed_and_lies_ahead_again_is_told_again_when_it_passes(desk: Desk) -> None:
    late = wib("2026-11-12T16:01")
    assert sweep.sweep(late)["breached"] == 1
    day_off(late)
    assert Clock.objects.get().breached_at is None
    assert sweep.sweep(wib("2026-11-13T16:31"))["breached"] == 1
    assert desk.case.events.filter(kind="clock-breached").count() == 2


def test_a_deadline_of_the_procedure_s_own_is_asked_again(begin: Begin, acts: Behaviour) -> None:
    def own(situation: Situation) -> datetime:
        return situation.calendar.closing(situation.calendar.add_workdays(situation.at.date(), 1))

    acts.deadline("isi")(own)
    desk = begin(steps=STEPS)
    assert desk.item("isi").due_at == wib("2026-11-11T16:00")
    day_off()
    assert desk.item("isi").due_at == wib("2026-11-12T16:00")


def test_a_case_that_cannot_be_counted_does_not_stop_the_office(
    begin: Begin, acts: Behaviour, caplog: pytest.LogCaptureFixture
) -> None:
    broken: list[Case] = []

    @acts.deadline("isi")
    def own(situation: Situation) -> datetime:
        if situation.case in broken:
            raise ValueError
        return situation.calendar.closing(situation.calendar.add_workdays(situation.at.date(), 1))

    desk = begin(steps=STEPS)
    actions.start("contoh", desk.office.staf, MORNING, values={})
    broken.append(desk.case)
    change = day_off()
    assert "CONTOH/2026/0001" in caplog.text
    assert change.moved == ["CONTOH/2026/0002, Mengerjakan isi: 11-11-2026 16.00 becomes 12-11-2026 16.00"]
