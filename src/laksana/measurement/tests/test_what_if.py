"""A changed step and what it would have made of the ended cases."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laksana.cases.tests.conftest import MORNING
from laksana.measurement.services import measure, what_if
from laksana.measurement.tests.test_measure import NOON, STEPS, Begin, again, run
from laksana.measurement.what_if import Change, Course, Doing, Part, length_of, suppose


def doing(step: str, opened: int, done: int, taken: int | None = None) -> Doing:
    return Doing(step, opened, done if taken is None else taken, done)


@st.composite
def _doings(draw: st.DrawFn) -> Doing:
    opened, waiting, working = draw(st.integers(0, 60)), draw(st.integers(0, 30)), draw(st.integers(0, 30))
    step = draw(st.sampled_from("abc"))
    return Doing(step, opened, opened + waiting, opened + waiting + working)


@st.composite
def _courses(draw: st.DrawFn) -> Course:
    doings = draw(st.lists(_doings(), max_size=8))
    last = max((each.done for each in doings), default=0)
    return Course(tuple(doings), last + draw(st.integers(0, 20)))


_PARTS = st.sampled_from(Part)
PARALLEL = (
    doing("mulai", 0, 10),
    doing("panjang", 10, 50),
    doing("pendek", 10, 30),
    doing("simpul", 50, 60),
)


@given(st.lists(_courses(), max_size=6), _PARTS)
def test_no_change_gives_the_same_figures(courses: list[Course], part: Part) -> None:
    found = suppose(courses, Change("a", 0, part), 40)
    assert found.real == found.supposed
    assert found.changed == 0


@given(_courses(), _PARTS, st.integers(-200, 200), st.integers(0, 100))
def test_a_case_never_takes_less_than_nothing_and_more_of_a_step_never_makes_it_shorter(
    course: Course, part: Part, minutes: int, more: int
) -> None:
    shorter = length_of(course, Change("a", minutes, part))
    assert 0 <= shorter <= length_of(course, Change("a", minutes + more, part))


@given(_courses(), st.integers(-200, 200))
def test_a_case_changes_by_no_more_than_its_doings_of_the_step(course: Course, minutes: int) -> None:
    of_step = sum(each.step == "a" for each in course.doings)
    assert abs(length_of(course, Change("a", minutes)) - course.ended) <= of_step * abs(minutes)


@pytest.mark.parametrize(
    ("step", "minutes", "length"),
    [
        ("pendek", -20, 60),
        ("pendek", 15, 60),
        ("pendek", 25, 65),
        ("panjang", -10, 50),
        ("panjang", -40, 40),
        ("panjang", 5, 65),
        ("mulai", -30, 50),
    ],
)
def test_of_parallel_branches_only_the_longest_counts(step: str, minutes: int, length: int) -> None:
    assert length_of(Course(PARALLEL, 60), Change(step, minutes)) == length


def test_a_branch_does_not_wait_for_the_steps_of_another() -> None:
    course = Course(
        (doing("a1", 0, 10), doing("b1", 0, 9), doing("b2", 9, 15), doing("a2", 10, 30), doing("c", 30, 40)),
        40,
    )
    assert length_of(course, Change("a1", -8)) == 32
    assert length_of(course, Change("b1", 30)) == 55


def test_time_outside_the_office_and_a_late_end_stay() -> None:
    course = Course((doing("a", 0, 10), doing("b", 25, 40)), 43)
    assert length_of(course, Change("a", -4)) == 39
    assert length_of(course, Change("b", -100)) == 28


def test_waiting_and_working_change_by_themselves() -> None:
    course = Course((doing("a", 0, 30, taken=20),), 30)
    assert length_of(course, Change("a", -100, Part.WAITING)) == 10
    assert length_of(course, Change("a", -100, Part.WORKING)) == 20
    unsplit = Course((doing("a", 0, 30),), 30)
    assert length_of(unsplit, Change("a", -100, Part.WAITING)) == 0
    assert length_of(unsplit, Change("a", -100, Part.WORKING)) == 30


def test_ended_cases_are_computed_anew_beside_what_the_measurement_tells(begin: Begin) -> None:
    desk = begin(steps=STEPS)
    run(desk, [10, 5])
    run(again(desk), [40, 90])
    again(desk)
    found, limit = what_if("contoh", Change("isi", -20), None, NOON)
    assert limit == 120
    assert found.real.times == measure("contoh", None, NOON).cases.times
    assert (found.real.times.median, found.supposed.times.median) == (72.5, 57.5)
    assert (found.real.share_on_time, found.supposed.share_on_time) == (0.5, 1)
    assert (found.changed, found.doings, found.taken_up) == (2, 2, 0)
    later, _limit = what_if("contoh", Change("isi", -20), MORNING + timedelta(minutes=20), NOON)
    assert later.real.times.count == 1
