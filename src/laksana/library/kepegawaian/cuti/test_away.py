"""Leave that is granted takes its person away from his desks, and only as long as it lasts."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from laksana.cases import actions
from laksana.cases.models import Case
from laksana.cases.play import play, read_script
from laksana.cases.play.player import performer
from laksana.cases.play.script import Scenario
from laksana.people.models import Absence
from laksana.people.services import holders
from laksana.worktime.zone import OFFICE_ZONE

SCRIPT = Path(__file__).parent / "scenarios.yaml"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office")]


def played(scenario_id: str, *, until: str = "") -> Case:
    """Play a scenario up to a step (included); return its first case."""
    scenarios = {each.id: each for each in read_script(SCRIPT.read_text(encoding="utf-8"), str(SCRIPT))}
    scenario: Scenario = scenarios[scenario_id]
    places = [place for place, act in enumerate(scenario.acts) if until and act.step == until]
    acts = scenario.acts[: places[0] + 1] if places else scenario.acts
    list(play(scenario.model_copy(update={"acts": acts, "expect": type(scenario.expect)()}), SCRIPT.parent))
    return Case.objects.filter(procedure="cuti").order_by("pk")[0]


def away() -> list[tuple[Any, ...]]:
    """Return the days of absence with their reasons."""
    mine = Absence.objects.filter(person__name__startswith="Dewanti").order_by("since", "until")
    return list(mine.values_list("since", "until", "reason"))


def test_nobody_is_away_before_the_letter_is_issued() -> None:
    played("tahunan-bawaan", until="putus")
    assert away() == []


def test_issued_leave_is_an_absence_that_other_procedures_find_by_its_reason() -> None:
    case = played("tahunan-bawaan", until="terbit")
    assert away() == [(date(2026, 11, 2), date(2026, 11, 13), f"Cuti tahunan ({case.number})")]


def test_while_the_holder_of_a_position_is_on_leave_another_answers_at_his_desk() -> None:
    at = datetime(2026, 11, 3, 9, tzinfo=OFFICE_ZONE)
    head = performer("kasi-informasi-publik", at)
    case = played("tahunan-bawaan", until="putus")
    Case.objects.filter(pk=case.pk).update(initiator=head)
    item, clerk = case.work_items.get(step="terbit"), performer("handoko", at)
    actions.complete(item.pk, item.revision, clerk, {}, datetime(2026, 10, 21, 10, tzinfo=OFFICE_ZONE))
    assert head not in holders("position:kasi-informasi-publik", at)
    assert holders("position:kasi-informasi-publik", at)
    assert head in holders("position:kasi-informasi-publik", datetime(2026, 11, 16, 9, tzinfo=OFFICE_ZONE))


def test_who_returns_early_is_away_until_the_day_before() -> None:
    played("dipanggil-kembali")
    assert [(since, until) for since, until, _reason in away()] == [(date(2026, 12, 7), date(2026, 12, 13))]


def test_annual_leave_ends_where_sick_leave_begins_within_it() -> None:
    played("sakit-dalam-cuti-tahunan")
    assert [(since, until) for since, until, _reason in away()] == [
        (date(2026, 11, 2), date(2026, 11, 8)),
        (date(2026, 11, 9), date(2026, 11, 11)),
    ]


@pytest.mark.parametrize(
    ("day", "left"), [(date(2026, 10, 30), []), (date(2026, 11, 5), [(date(2026, 11, 2), date(2026, 11, 4))])]
)
def test_leave_that_is_cancelled_keeps_nobody_away_any_longer(day: date, left: list[Any]) -> None:
    case = played("tahunan-bawaan", until="terbit")
    at = datetime(day.year, day.month, day.day, 9, tzinfo=OFFICE_ZONE)
    assert case.initiator is not None
    actions.cancel(case.pk, case.initiator, "Batal berangkat", at)
    assert [(since, until) for since, until, _reason in away()] == left
