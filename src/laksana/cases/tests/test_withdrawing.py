"""Taking back a step just done."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from laksana.cases import actions, services
from laksana.cases.behaviour import Behaviour, Done
from laksana.cases.chain import verify
from laksana.cases.errors import NotYours, Refused
from laksana.cases.models import Case, Clock, WorkItem
from laksana.cases.tests.conftest import Desk

Begin = Callable[..., Desk]
STEPS: list[dict[str, Any]] = [
    {"id": "isi", "asks": ["jumlah"]},
    {"id": "periksa", "by": "kasubag", "decides": "Memeriksa", "outcomes": {"Ya": "tutup", "Tidak": "isi"}},
    {"id": "tutup", "by": "kepala", "then": "selesai"},
]
FIELDS: dict[str, Any] = {"jumlah": {"label": "Jumlah", "type": "number"}}
FORK: list[dict[str, Any]] = [
    {"id": "bagi", "then": ["kiri", "kanan"]},
    {"id": "kiri", "then": "gabung"},
    {"id": "kanan", "by": "kasubag", "then": "gabung"},
    {"id": "gabung", "by": "sekretaris", "joins": True, "then": "selesai"},
]


def take_back(desk: Desk, step: str, by: str = "staf") -> Case:
    """Take back the step done last."""
    done = WorkItem.objects.filter(case=desk.case, step=step, state=WorkItem.State.DONE).latest("pk")
    desk.at += timedelta(minutes=1)
    return actions.withdraw(done.pk, desk.office.people[by], desk.at)


def test_a_step_taken_back_is_open_again_with_what_was_typed(begin: Begin) -> None:
    desk = begin(steps=STEPS, fields=FIELDS)
    before = desk.item("isi")
    desk.do("isi", jumlah="3")
    take_back(desk, "isi")
    assert desk.open == ["isi"]
    again = desk.item("isi")
    assert (again.opened_at, again.due_at, again.desk) == (before.opened_at, before.due_at, before.desk)
    assert again.claimed_by == desk.office.staf
    assert services.form_situation(again, desk.office.staf, desk.at).values["jumlah"] == 3
    desk.do("isi", jumlah="4")
    assert desk.open == ["periksa"]
    assert list(verify(iter(Case.objects.all()))) == []


def test_only_the_one_who_did_it_takes_it_back(begin: Begin) -> None:
    desk = begin(steps=STEPS, fields=FIELDS)
    desk.do("isi")
    with pytest.raises(NotYours):
        take_back(desk, "isi", "staf2")
    assert desk.open == ["periksa"]


def test_once_the_next_has_begun_nothing_is_taken_back(begin: Begin) -> None:
    desk = begin(steps=STEPS, fields=FIELDS)
    desk.do("isi")
    item = desk.item("periksa")
    actions.claim(item.pk, item.revision, desk.office.kasubag, desk.at)
    with pytest.raises(Refused, match="begun"):
        take_back(desk, "isi")
    item.refresh_from_db()
    actions.release(item.pk, item.revision, desk.office.kasubag, desk.at)
    take_back(desk, "isi")
    assert desk.open == ["isi"]


def test_a_step_is_not_taken_back_over_the_next_one_done(begin: Begin) -> None:
    desk = begin(steps=STEPS, fields=FIELDS)
    desk.do("isi")
    first = WorkItem.objects.get(case=desk.case, step="isi", state=WorkItem.State.DONE)
    desk.do("periksa", "kasubag", outcome="Tidak")
    with pytest.raises(Refused):
        actions.withdraw(first.pk, desk.office.staf, desk.at)
    desk.do("isi")
    with pytest.raises(Refused):
        actions.withdraw(first.pk, desk.office.staf, desk.at)
    assert desk.open == ["periksa"]


def test_a_decision_taken_back_is_forgotten_or_what_it_was_before(begin: Begin) -> None:
    desk = begin(steps=STEPS, fields=FIELDS)
    desk.do("isi")
    desk.do("periksa", "kasubag", outcome="Tidak")
    take_back(desk, "periksa", "kasubag")
    assert desk.open == ["periksa"]
    assert Case.objects.get(pk=desk.case.pk).data["_outcomes"] == {}
    desk.do("periksa", "kasubag", outcome="Tidak")
    desk.do("isi")
    desk.do("periksa", "kasubag", outcome="Ya")
    take_back(desk, "periksa", "kasubag")
    assert Case.objects.get(pk=desk.case.pk).data["_outcomes"] == {"periksa": "Tidak"}


def test_parallel_work_done_at_the_same_instant_is_not_touched(begin: Begin) -> None:
    steps = [
        {"id": "bagi", "then": ["kiri", "kanan"]},
        {"id": "kiri", "then": "lanjut-kiri"},
        {"id": "kanan", "by": "kasubag", "then": "lanjut-kanan"},
        {"id": "lanjut-kiri", "then": "gabung"},
        {"id": "lanjut-kanan", "then": "gabung"},
        {"id": "gabung", "joins": True, "then": "selesai"},
    ]
    desk = begin(steps=steps)
    desk.do("bagi")
    for step, by in (("kiri", "staf"), ("kanan", "kasubag")):
        item = desk.item(step)
        actions.complete(item.pk, item.revision, desk.office.people[by], {}, desk.at)
    take_back(desk, "kiri")
    assert desk.open == ["kiri", "lanjut-kanan"]


@pytest.mark.parametrize("order", [("kiri", "kanan"), ("kanan", "kiri")])
def test_a_join_gives_back_the_token_of_a_branch(begin: Begin, order: tuple[str, str]) -> None:
    by = {"kiri": "staf", "kanan": "kasubag"}
    desk = begin(steps=FORK)
    desk.do("bagi")
    for step in order:
        desk.do(step, by[step])
    assert desk.open == ["gabung"]
    take_back(desk, order[1], by[order[1]])
    assert desk.open == ["gabung", order[1]]
    assert not WorkItem.objects.filter(case=desk.case, step="gabung", state=WorkItem.State.OPEN).exists()
    take_back(desk, order[0], by[order[0]])
    assert desk.open == ["kanan", "kiri"]
    for step in reversed(order):
        desk.do(step, by[step])
    assert desk.do("gabung", "sekretaris").state == Case.State.ENDED


def test_what_an_automatic_action_did_is_not_taken_back(begin: Begin, acts: Behaviour) -> None:
    acts.automatic("nomor")(lambda _situation: Done())
    desk = begin(steps=[{"id": "isi", "auto": "nomor", "attended": True}, *STEPS[1:]], fields={})
    desk.do("isi")
    with pytest.raises(Refused, match="gone out"):
        take_back(desk, "isi")


def test_the_last_step_of_a_case_is_not_taken_back(begin: Begin) -> None:
    desk = begin(steps=[{"id": "isi"}, {"id": "tutup", "then": "selesai"}])
    desk.do("isi")
    desk.do("tutup")
    with pytest.raises(Refused, match="running"):
        take_back(desk, "tutup")


def test_a_step_after_which_the_system_acted_is_not_taken_back(begin: Begin, acts: Behaviour) -> None:
    acts.automatic("nomor")(lambda _situation: Done())
    steps = [
        {"id": "isi"},
        {"id": "beri-nomor", "by": "sistem", "auto": "nomor"},
        {"id": "tutup", "by": "kepala", "then": "selesai"},
    ]
    desk = begin(steps=steps, performers={"sistem": {"title": "Sistem", "is": "system"}})
    desk.do("isi")
    assert desk.open == ["tutup"]
    with pytest.raises(Refused, match="gone out"):
        take_back(desk, "isi")


def test_the_clocks_stand_as_before(begin: Begin) -> None:
    clocks = [
        {"id": "mulai", "from": "isi", "to": "tutup", "limit": "5 hari kerja"},
        {"id": "sampai", "from": "terima", "to": "isi", "limit": "2 jam"},
        {"id": "jeda", "from": "terima", "to": "tutup", "limit": "3 hari kerja", "pauses_at": ["periksa"]},
    ]
    desk = begin(steps=STEPS, fields=FIELDS, clocks=clocks)
    running = {"sampai", "jeda"}
    ends = dict(Clock.objects.values_list("clock", "due_at"))
    assert set(ends) == running
    desk.do("isi")
    assert dict(Clock.objects.values_list("clock", "state")) == {
        "mulai": "jalan",
        "sampai": "tepat",
        "jeda": "jeda",
    }
    take_back(desk, "isi")
    assert dict(Clock.objects.values_list("clock", "state")) == {"sampai": "jalan", "jeda": "jalan"}
    assert dict(Clock.objects.values_list("clock", "due_at")) == ends
    assert Clock.objects.get(clock="jeda").changes == []


def test_a_person_is_told_beforehand_whether_he_may_take_a_step_back(begin: Begin) -> None:
    desk = begin(steps=STEPS, fields=FIELDS)
    desk.do("isi")
    done = WorkItem.objects.get(case=desk.case, step="isi")
    assert services.may_withdraw(desk.office.staf, done, desk.at)
    assert not services.may_withdraw(desk.office.staf2, done, desk.at)
    desk.do("periksa", "kasubag", outcome="Ya")
    assert not services.may_withdraw(desk.office.staf, done, desk.at)


TABLE: dict[str, Any] = {
    "label": "P",
    "type": "table",
    "columns": {"kepada": {"label": "K", "type": "assignee"}},
}
EACH: dict[str, Any] = {
    "fields": {"penerima": TABLE},
    "performers": {"penerima": {"title": "Penerima", "is": "each kepada"}},
}


def spread(begin: Begin, *steps: dict[str, Any]) -> Desk:
    """Start a case with two rows, each of which goes through `steps`."""
    first = {"id": "kerja", "by": "penerima", "for_each": "penerima"}
    last = {"id": "himpun", "by": "kepala", "gathers": "kerja", "then": "selesai"}
    of_row = [{"by": "penerima", **step} for step in steps]
    desk = begin(steps=[{"id": "bagi", "asks": ["penerima"]}, first, *of_row, last], **EACH)
    desk.do("bagi", penerima=[{"kepada": "position:kasubag"}, {"kepada": "position:sekretaris"}])
    for path, by in (("1", "kasubag"), ("2", "sekretaris")):
        desk.do("kerja", by, instance=path)
        desk.do("lapor", by, instance=path)
    return desk


def test_rows_that_were_made_are_not_taken_back(begin: Begin) -> None:
    desk = begin(
        steps=[
            {"id": "bagi", "asks": ["penerima"]},
            {"id": "kerja", "by": "penerima", "for_each": "penerima"},
        ],
        **EACH,
    )
    desk.do("bagi", penerima=[{"kepada": "position:kasubag"}, {"kepada": "position:sekretaris"}])
    with pytest.raises(Refused, match="gone out"):
        take_back(desk, "bagi")


def test_a_row_s_step_is_taken_back_in_its_row_only(begin: Begin) -> None:
    desk = spread(begin, {"id": "lapor"}, {"id": "kirim"})
    done = WorkItem.objects.get(case=desk.case, step="lapor", instance="1")
    actions.withdraw(done.pk, desk.office.kasubag, desk.at)
    assert sorted(desk.open) == ["kirim@2", "lapor@1"]


def test_what_ended_a_row_is_not_taken_back(begin: Begin) -> None:
    decides = {"decides": "Memutus", "outcomes": {"Cukup": "selesai", "Kirim": "kirim"}}
    first = {"id": "kerja", "by": "penerima", "for_each": "penerima"}
    last = {"id": "himpun", "by": "kepala", "gathers": "kerja", "then": "selesai"}
    of_row = [{"id": "lapor", "by": "penerima", **decides}, {"id": "kirim", "by": "penerima"}]
    desk = begin(steps=[{"id": "bagi", "asks": ["penerima"]}, first, *of_row, last], **EACH)
    desk.do("bagi", penerima=[{"kepada": "position:kasubag"}, {"kepada": "position:sekretaris"}])
    desk.do("kerja", "kasubag", instance="1")
    desk.do("lapor", "kasubag", instance="1", outcome="Cukup")
    with pytest.raises(Refused, match="ended a branch"):
        take_back(desk, "lapor", "kasubag")
