"""What several decide together, and that it is kept as what they came to."""

from collections.abc import Callable

import pytest

from laksana.cases import actions
from laksana.cases.models import Case, WorkItem
from laksana.cases.tests.conftest import Desk

Begin = Callable[..., Desk]
LANES = ["kasubag", "sekretaris", "kepala"]


def panel(begin: Begin, agree: str) -> Desk:
    """Start a case in which three decide together, with two ways to dissent; what they came to opens the next step."""
    together = {
        "id": "sidang",
        "by": LANES,
        "decides": "Memutus",
        "agree": agree,
        "outcomes": {"Ya": "catat", "Tidak": "isi", "Tunda": "isi"},
    }
    desk = begin(steps=[{"id": "isi"}, together, {"id": "catat", "then": "selesai"}])
    desk.do("isi")
    return desk


def answer(desk: Desk, lane: str, outcome: str) -> None:
    item = WorkItem.objects.get(case=desk.case, step="sidang", lane=lane, state=WorkItem.State.OPEN)
    actions.complete(item.pk, item.revision, desk.office.people[lane], {}, desk.at, outcome=outcome)
    desk.case.refresh_from_db()


def kept(desk: Desk) -> str | None:
    outcome: str | None = desk.case.data.get("_outcomes", {}).get("sidang")
    return outcome


@pytest.mark.parametrize(
    ("agree", "answers", "came_to"),
    [
        ("all", ["Ya", "Ya", "Ya"], "Ya"),
        ("all", ["Ya", "Tunda"], "Tunda"),
        ("any", ["Tidak", "Ya"], "Ya"),
        ("any", ["Tidak", "Tidak", "Tunda"], "Tidak"),
        ("majority", ["Tunda", "Ya", "Ya"], "Ya"),
        ("majority", ["Ya", "Tidak", "Tidak"], "Tidak"),
    ],
)
def test_the_case_keeps_what_they_came_to(begin: Begin, agree: str, answers: list[str], came_to: str) -> None:
    desk = panel(begin, agree)
    for lane, outcome in zip(LANES, answers, strict=False):
        assert kept(desk) is None
        answer(desk, lane, outcome)
    assert kept(desk) == came_to
    assert desk.open == ["catat" if came_to == "Ya" else "isi"]


def test_who_need_not_answer_any_more_finds_the_step_withdrawn(begin: Begin) -> None:
    desk = panel(begin, "any")
    answer(desk, "kasubag", "Ya")
    states = dict(WorkItem.objects.filter(case=desk.case, step="sidang").values_list("lane", "state"))
    assert states == {"kasubag": "selesai", "sekretaris": "ditarik", "kepala": "ditarik"}


def test_answers_of_an_earlier_round_do_not_count_even_at_the_same_instant(begin: Begin) -> None:
    desk = panel(begin, "majority")
    for lane in ("kasubag", "sekretaris"):
        answer(desk, lane, "Tidak")
    item = desk.item("isi")
    actions.complete(item.pk, item.revision, desk.office.staf, {}, desk.at)
    answer(desk, "kasubag", "Ya")
    assert desk.open == ["sidang", "sidang"]
    answer(desk, "kepala", "Ya")
    assert desk.open == ["catat"]


@pytest.mark.parametrize(("answers", "ended"), [(["Ya", "Ya", "Ya"], True), (["Ya", "Tidak"], False)])
def test_a_decision_of_rows_concludes_as_soon_as_it_is_clear(
    begin: Begin, answers: list[str], ended: bool
) -> None:
    table = {"label": "P", "type": "table", "columns": {"kepada": {"label": "K", "type": "assignee"}}}
    decides = {
        "id": "nilai",
        "by": "penilai",
        "for_each": "penilai",
        "decides": "Menilai",
        "outcomes": {"Ya": "selesai", "Tidak": "isi"},
    }
    desk = begin(
        steps=[{"id": "isi", "asks": ["penilai"]}, decides],
        fields={"penilai": table},
        performers={"penilai": {"title": "Penilai", "is": "each kepada"}},
    )
    lanes = ["kasubag", "sekretaris", "kepala"]
    desk.do("isi", penilai=[{"kepada": f"position:{lane}"} for lane in lanes])
    for number, outcome in enumerate(answers):
        desk.do("nilai", lanes[number], instance=str(number + 1), outcome=outcome)
    assert (Case.objects.get().state == Case.State.ENDED) is ended
    assert Case.objects.get().data["_outcomes"]["nilai"] == ("Ya" if ended else "Tidak")
    assert not desk.case.instances.exclude(state="tutup").exists()
