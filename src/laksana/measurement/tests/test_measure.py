"""What really happened against what the SOP promised."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from laksana.cases import actions
from laksana.cases.errors import NotFound
from laksana.cases.models import Case, WorkItem
from laksana.cases.tests.conftest import MORNING, Desk
from laksana.measurement.services import Measurement, StepMeasure, measure
from laksana.worktime.zone import OFFICE_ZONE

Begin = Callable[..., Desk]
STEPS: list[dict[str, Any]] = [
    {"id": "isi", "time": "30 menit"},
    {
        "id": "periksa",
        "by": "kasubag",
        "time": "1 jam",
        "decides": "Memeriksa",
        "outcomes": {"Ya": "selesai", "Tidak": "isi", "Ulangi": "periksa"},
    },
]
NOON = datetime(2026, 11, 10, 11, 0, tzinfo=OFFICE_ZONE)


def step(measured: Measurement, step_id: str) -> StepMeasure:
    return next(one for one in measured.steps if one.step == step_id)


def run(desk: Desk, minutes: list[int]) -> None:
    """Do `isi` and `periksa` (Ya) after so many minutes each."""
    outcomes = {"periksa": "Ya"}
    for step_id, took in zip(("isi", "periksa"), minutes, strict=True):
        desk.at += timedelta(minutes=took - 1)
        desk.do(step_id, "kasubag" if step_id == "periksa" else "staf", outcome=outcomes.get(step_id))


def again(desk: Desk) -> Desk:
    return Desk(desk.office, actions.start("contoh", desk.office.staf, MORNING, values={}))


def test_each_step_tells_count_median_and_90th_percentile_against_its_standard(begin: Begin) -> None:
    desk = begin(steps=STEPS)
    run(desk, [10, 5])
    for took in (20, 40):
        run(again(desk), [took, 5])
    measured = measure("contoh", None, NOON)
    isi = step(measured, "isi")
    assert (isi.times.count, isi.times.median, isi.times.p90) == (3, 20, 36)
    assert (isi.standard, isi.standard_minutes) == ("30 menit", 30)
    assert isi.on_time == 2
    assert isi.share_on_time == pytest.approx(2 / 3)
    assert isi.performers == ("Staf",)


def test_cases_are_counted_with_the_time_they_took(begin: Begin) -> None:
    desk = begin(steps=STEPS)
    run(desk, [10, 5])
    again(desk)
    counted = measure("contoh", None, NOON).cases
    assert (counted.started, counted.ended, counted.running, counted.cancelled) == (2, 1, 1, 0)
    assert counted.times.median == 15


def test_what_waits_now_is_told_with_its_age_and_what_is_late(begin: Begin) -> None:
    desk = begin(steps=STEPS)
    again(desk)
    waiting = step(measure("contoh", None, MORNING + timedelta(minutes=40)), "isi").waiting
    assert (waiting.count, waiting.late, waiting.median) == (2, 2, 40)
    assert waiting.oldest == MORNING


def test_returns_and_repeats_are_counted(begin: Begin) -> None:
    desk = begin(steps=STEPS)
    desk.do("isi")
    desk.do("periksa", "kasubag", outcome="Tidak")
    desk.do("isi")
    desk.do("periksa", "kasubag", outcome="Ulangi")
    desk.do("periksa", "kasubag", outcome="Ya")
    measured = measure("contoh", None, NOON)
    assert step(measured, "periksa").returns == 2
    assert step(measured, "periksa").outcomes == {"Tidak": 1, "Ulangi": 1, "Ya": 1}
    assert step(measured, "periksa").repeats == 2
    assert step(measured, "isi").repeats == 1


def test_only_what_was_done_in_the_period_counts(begin: Begin) -> None:
    desk = begin(steps=STEPS)
    run(desk, [10, 5])
    later = MORNING + timedelta(minutes=12)
    assert step(measure("contoh", later, NOON), "isi").times.count == 0
    assert step(measure("contoh", later, NOON), "periksa").times.count == 1
    assert step(measure("contoh", None, later), "periksa").times.count == 0


def test_time_limits_are_measured_as_well(begin: Begin) -> None:
    clock = {"id": "layanan", "from": "isi", "to": "periksa", "limit": "30 menit"}
    desk = begin(steps=STEPS, clocks=[clock])
    run(desk, [10, 5])
    run(again(desk), [10, 45])
    again(desk).do("isi")
    [counted] = measure("contoh", None, NOON).clocks
    assert (counted.met, counted.late, counted.share_met) == (1, 1, 0.5)
    assert (counted.running, counted.overdue) == (1, 1)


def test_steps_of_earlier_versions_are_told_after_those_of_the_sop(begin: Begin) -> None:
    desk = begin(steps=STEPS)
    run(desk, [10, 5])
    WorkItem.objects.filter(step="isi").update(step="lama")
    former = measure("contoh", None, NOON).steps[-1]
    assert (former.step, former.number, former.times.count) == ("lama", None, 1)


def test_a_measurement_is_json(begin: Begin) -> None:
    desk = begin(steps=STEPS)
    run(desk, [10, 5])
    again(desk)
    data = json.loads(json.dumps(measure("contoh", MORNING, NOON).as_data()))
    assert data["since"] == "2026-11-10T08:00:00+07:00"
    assert data["steps"][1]["times"] == {"count": 1, "median": 10.0, "p90": 10.0}


def test_an_unknown_procedure_is_refused(db: None) -> None:
    with pytest.raises(NotFound):
        measure("tiada", None, NOON)


def test_the_number_of_queries_does_not_grow_with_the_cases(
    begin: Begin, django_assert_max_num_queries: Any
) -> None:
    desk = begin(steps=STEPS)
    for _ in range(5):
        run(again(desk), [10, 5])
    measure("contoh", None, NOON)
    with django_assert_max_num_queries(14):
        measure("contoh", None, NOON)
    assert Case.objects.count() == 6
