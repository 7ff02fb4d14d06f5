"""People are told of work that came to their desk, and of limits that have passed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult

from laksana.cases import announcing, sweep, tasks
from laksana.cases.models import Clock, WorkItem
from laksana.cases.tests.conftest import Desk
from laksana.jobs.schedules import declared_schedules
from laksana.notices.models import Notice
from laksana.people import services as people
from laksana.people.models import Person

Begin = Callable[..., Desk]
STEPS: list[dict[str, Any]] = [
    {"id": "isi", "asks": ["hal"]},
    {"id": "periksa", "by": "kasubag"},
    {"id": "tutup", "by": "kepala"},
]
FIELDS: dict[str, Any] = {"hal": {"label": "Hal", "type": "text"}}
CLOCKS: list[dict[str, Any]] = [{"id": "batas-jawab", "from": "terima", "to": "tutup", "limit": "1 jam"}]


@pytest.fixture
def desk(begin: Begin) -> Desk:
    desk = begin(steps=STEPS, fields=FIELDS, clocks=CLOCKS, subject="{hal}")
    DBTaskResult.objects.all().delete()
    return desk


def told() -> list[tuple[str, str]]:
    return list(Notice.objects.order_by("person__name").values_list("person__name", "text"))


def ordered() -> list[tuple[str, dict[str, object]]]:
    rows = DBTaskResult.objects.values_list("task_path", "args_kwargs")
    return [(path.rpartition(".")[2], given["kwargs"]) for path, given in rows]


def test_an_action_orders_one_telling_for_all_it_opened(desk: Desk) -> None:
    desk.do("isi", hal="Peta")
    assert ordered() == [("announce_items", {"items": [desk.item("periksa").pk]})]


def test_who_sits_at_the_desk_when_it_is_told_is_told_once(desk: Desk) -> None:
    desk.do("isi", hal="Peta")
    for _ in range(2):  # a job that was killed runs again
        tasks.announce_items.call(items=[desk.item("periksa").pk], at=desk.at)
    assert told() == [("Kasubag Contoh", "Peta: Mengerjakan periksa (CONTOH/2026/0001)")]
    assert Notice.objects.get().url == f"/berkas/{desk.case.number}/"


def test_the_same_step_open_again_is_told_again(desk: Desk) -> None:
    desk.do("isi", hal="Peta")
    item = desk.item("periksa")
    announcing.tell_of_items([item.pk], desk.at)
    later = desk.at + timedelta(hours=1)
    WorkItem.objects.filter(pk=item.pk).update(opened_at=later)
    announcing.tell_of_items([item.pk], later)
    assert len(told()) == 2


def test_what_is_done_meanwhile_is_not_told(desk: Desk) -> None:
    desk.do("isi", hal="Peta")
    item = desk.item("periksa")
    desk.do("periksa", "kasubag")
    announcing.tell_of_items([item.pk], desk.at)
    assert told() == []


def test_nobody_is_told_of_work_he_gave_himself_but_his_colleague_is(begin: Begin) -> None:
    desk = begin(steps=[{"id": "isi"}, {"id": "kirim"}])
    desk.do("isi", "staf")
    announcing.tell_of_items([desk.item("kirim").pk], desk.at)
    assert [name for name, _text in told()] == ["Staf2 Contoh"]


def test_a_deputy_is_told_for_an_absent_one(desk: Desk) -> None:
    desk.do("isi", hal="Peta")
    people.record_absence(desk.office.kasubag, desk.at.date(), desk.at.date(), "sakit")
    announcing.tell_of_items([desk.item("periksa").pk], desk.at)
    assert [name for name, _text in told()] == ["Sekretaris Contoh"]


def test_of_work_on_nobody_s_desk_the_administrators_are_told(begin: Begin, administrator: Person) -> None:
    who = {"siapa": {"label": "Siapa", "type": "person", "computed": True}}
    steps = [{"id": "nilai", "by": "penilai"}, {"id": "tutup", "by": "kepala"}]
    desk = begin(steps=steps, fields=who, performers={"penilai": {"title": "Penilai", "is": "field siapa"}})
    announcing.tell_of_items([desk.item("nilai").pk], desk.at)
    assert [name for name, _text in told()] == ["Sekretaris Contoh"]


def test_of_a_passed_limit_those_are_told_who_have_work_and_their_superiors(desk: Desk) -> None:
    desk.do("isi", hal="Peta")
    late = Clock.objects.get().due_at + timedelta(minutes=1)
    DBTaskResult.objects.all().delete()
    sweep.sweep(late)
    assert ordered() == [("announce_clock", {"clock": Clock.objects.get().pk})]
    for _ in range(2):
        tasks.announce_clock.call(clock=Clock.objects.get().pk, at=late)
    text = "A time limit of case CONTOH/2026/0001 has passed: batas jawab."
    assert told() == [("Kasubag Contoh", text), ("Sekretaris Contoh", text)]


def test_a_limit_met_meanwhile_is_not_told(desk: Desk) -> None:
    late = Clock.objects.get().due_at + timedelta(minutes=1)
    sweep.sweep(late)
    for step, by in (("isi", "staf"), ("periksa", "kasubag"), ("tutup", "kepala")):
        desk.do(step, by)
    announcing.tell_of_clock(Clock.objects.get().pk, late)
    assert told() == []


def test_what_time_does_runs_by_the_clock() -> None:
    rules = {name.rpartition(".")[2]: str(entry.rule) for name, entry in declared_schedules().items()}
    assert rules["sweep"] == "every 0:01:00"
    for job in ("recount_deadlines", "release_abandoned", "forget_unsent_uploads"):
        assert rules[job].startswith("daily")


def test_the_jobs_of_the_clock_do_their_work(desk: Desk) -> None:
    late = Clock.objects.get().due_at + timedelta(minutes=1)
    for job in (tasks.sweep, tasks.recount_deadlines, tasks.release_abandoned, tasks.forget_unsent_uploads):
        job.call(at=late)
    assert Clock.objects.get().breached_at == late
