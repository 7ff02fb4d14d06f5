"""Taking back what was given to one of several, while its receiver has not begun."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from laksana.cases import actions, announcing, services
from laksana.cases.chain import verify
from laksana.cases.errors import AlreadyDone, Invalid, NotYours, Refused
from laksana.cases.models import Case, Clock, Draft, Event, Instance, WorkItem
from laksana.cases.tests.conftest import Desk
from laksana.notices.models import Notice
from laksana.people.models import Holding, Position

Begin = Callable[..., Desk]
FIELDS: dict[str, Any] = {
    "penerima": {
        "label": "Penerima",
        "type": "table",
        "columns": {
            "kepada": {"label": "Kepada", "type": "assignee"},
            "wajib": {"label": "Wajib", "type": "bool"},
        },
    }
}
EACH: dict[str, Any] = {"penerima": {"title": "Penerima", "is": "each kepada"}}
GIVE: dict[str, Any] = {"id": "bagi", "asks": ["penerima"]}
WORK: dict[str, Any] = {
    "id": "kerja",
    "by": "penerima",
    "for_each": {"field": "penerima", "waits_for": "wajib", "recall": True},
}
GATHER: dict[str, Any] = {"id": "himpun", "by": "kepala", "gathers": "kerja", "then": "selesai"}


def give(begin: Begin, *to: str, steps: list[dict[str, Any]] | None = None, **parts: Any) -> Desk:
    """Start a case whose work a clerk gave to these positions; each must come back."""
    desk = begin(steps=steps or [GIVE, WORK, GATHER], fields=FIELDS, performers=EACH, **parts)
    desk.do("bagi", penerima=[{"kepada": f"position:{code}", "wajib": True} for code in to])
    return desk


def recall(desk: Desk, instance: str, by: str = "staf", reason: str = "Keliru", **more: Any) -> Case:
    """Take back an open instance."""
    item = desk.item("kerja", instance)
    desk.at += timedelta(minutes=1)
    return actions.recall(item.pk, item.revision, desk.office.people[by], reason, desk.at, **more)


def test_the_case_goes_on_without_what_was_taken_back(begin: Begin) -> None:
    desk = give(begin, "kasubag", "sekretaris")
    recall(desk, "2")
    assert desk.open == ["kerja@1"]
    item = WorkItem.objects.get(case=desk.case, instance="2")
    assert item.state == WorkItem.State.RECALLED
    assert Instance.objects.get(case=desk.case, path="2").state == Instance.State.WITHDRAWN
    desk.do("kerja", "kasubag")
    assert desk.open == ["himpun"]
    assert list(verify(iter(Case.objects.all()))) == []
    event = Event.objects.get(kind="recalled")
    assert event.data == {"to": "position:sekretaris", "instance": "2", "reason": "Keliru"}
    assert event.actor == desk.office.staf


def test_what_all_others_have_done_is_gathered_at_once(begin: Begin) -> None:
    desk = give(begin, "kasubag", "sekretaris")
    desk.do("kerja", "kasubag", instance="1")
    recall(desk, "2")
    assert desk.open == ["himpun"]
    assert Instance.objects.get(case=desk.case, path="1").state == Instance.State.FINISHED
    assert desk.do("himpun", "kepala").state == Case.State.ENDED


def test_a_step_that_gathers_its_own_rows_leads_on(begin: Begin) -> None:
    desk = give(begin, "kasubag", "sekretaris", steps=[GIVE, WORK, {"id": "tutup", "then": "selesai"}])
    desk.do("kerja", "kasubag", instance="1")
    recall(desk, "2")
    assert desk.open == ["tutup"]


def test_a_common_decision_counts_those_that_are_left(begin: Begin) -> None:
    votes = {
        **WORK,
        "for_each": {"field": "penerima", "recall": True},
        "decides": "Memutus",
        "outcomes": {"Ya": "tutup", "Tidak": "ulang"},
    }
    steps = [GIVE, votes, {"id": "tutup", "then": "selesai"}, {"id": "ulang", "then": "selesai"}]
    desk = give(begin, "kasubag", "sekretaris", "kepala", steps=steps)
    desk.do("kerja", "kasubag", instance="1", outcome="Ya")
    desk.do("kerja", "sekretaris", instance="2", outcome="Ya")
    assert desk.open == ["kerja@3"]
    recall(desk, "3")
    assert desk.open == ["tutup"]
    assert Case.objects.get(pk=desk.case.pk).data["_outcomes"] == {"kerja": "Ya"}


def test_the_last_one_taken_back_returns_to_its_giver(begin: Begin) -> None:
    between = {"id": "kirim", "by": "sekretaris"}
    desk = give(begin, "kasubag", steps=[GIVE, between, WORK, GATHER])
    desk.do("kirim", "sekretaris")
    recall(desk, "1")
    assert desk.open == ["bagi"]
    desk.do("bagi", penerima=[{"kepada": "position:sekretaris", "wajib": True}])
    desk.do("kirim", "sekretaris")
    assert desk.open == ["kerja@2"]
    desk.do("kerja", "sekretaris")
    assert desk.do("himpun", "kepala").state == Case.State.ENDED


def test_the_last_one_stays_where_giving_again_would_do_more_twice(begin: Begin) -> None:
    steps = [
        {**GIVE, "then": ["kerja", "lain"]},
        WORK,
        {**GATHER, "then": "gabung"},
        {"id": "lain", "then": "gabung"},
        {"id": "gabung", "joins": True, "then": "selesai"},
    ]
    desk = give(begin, "kasubag", steps=steps)
    with pytest.raises(Refused, match="last one"):
        recall(desk, "1")
    assert desk.open == ["kerja@1", "lain"]


def test_only_the_giver_takes_it_back(begin: Begin) -> None:
    desk = give(begin, "kasubag", "sekretaris")
    for stranger in ("staf2", "kasubag", "kepala"):
        with pytest.raises(NotYours):
            recall(desk, "1", stranger)
    assert desk.open == ["kerja@1", "kerja@2"]


def test_who_follows_the_giver_at_his_desk_takes_it_back(begin: Begin) -> None:
    steps = [{**GIVE, "by": "sekretaris"}, WORK, GATHER]
    desk = begin(steps=steps, fields=FIELDS, performers=EACH)
    rows = [{"kepada": f"position:{code}", "wajib": True} for code in ("kasubag", "staf")]
    desk.do("bagi", "sekretaris", penerima=rows)
    with pytest.raises(NotYours):
        recall(desk, "1", "staf2")
    Holding.objects.get(person=desk.office.sekretaris).delete()
    Holding.objects.create(
        person=desk.office.staf2,
        position=Position.objects.get(code="sekretaris"),
        kind=Holding.Kind.PLT,
        since=date(2026, 1, 1),
    )
    recall(desk, "1", "staf2")
    assert desk.open == ["kerja@2"]


def _claim(desk: Desk, item: WorkItem) -> None:
    actions.claim(item.pk, item.revision, desk.office.kasubag, desk.at)


def _claim_and_release(desk: Desk, item: WorkItem) -> None:
    _claim(desk, item)
    item.refresh_from_db()
    actions.release(item.pk, item.revision, desk.office.kasubag, desk.at)


def _type(desk: Desk, item: WorkItem) -> None:
    Draft.objects.create(work_item=item, person=desk.office.kasubag, data={}, saved_at=desk.at)


def _pass_on(desk: Desk, item: WorkItem) -> None:
    actions.delegate(item.pk, item.revision, desk.office.kasubag, desk.office.staf2, desk.at)


@pytest.mark.parametrize("begun", [_claim, _claim_and_release, _type, _pass_on])
def test_what_its_receiver_has_begun_is_not_taken_back(
    begin: Begin, begun: Callable[[Desk, WorkItem], None]
) -> None:
    desk = give(begin, "kasubag", "sekretaris")
    begun(desk, desk.item("kerja", "1"))
    with pytest.raises(Refused, match="begun"):
        recall(desk, "1")
    assert desk.open == ["kerja@1", "kerja@2"]


def test_what_went_further_in_its_row_is_not_taken_back(begin: Begin) -> None:
    desk = give(begin, "kasubag", "sekretaris", steps=[GIVE, WORK, {"id": "lapor", "by": "penerima"}, GATHER])
    desk.do("kerja", "kasubag", instance="1")
    item = desk.item("lapor", "1")
    with pytest.raises(Refused):
        actions.recall(item.pk, item.revision, desk.office.staf, "Keliru", desk.at)


def test_where_the_definition_does_not_allow_it_nothing_is_taken_back(begin: Begin) -> None:
    desk = give(begin, "kasubag", "sekretaris", steps=[GIVE, {**WORK, "for_each": "penerima"}, GATHER])
    with pytest.raises(Refused, match="none that somebody gives"):
        recall(desk, "1")
    first = desk.case.work_items.get(step="terima")
    with pytest.raises(AlreadyDone):
        actions.recall(first.pk, first.revision, desk.office.staf, "Keliru", desk.at)


def test_a_reason_is_asked_for(begin: Begin) -> None:
    desk = give(begin, "kasubag", "sekretaris")
    with pytest.raises(Invalid, match="reason"):
        recall(desk, "1", reason="  ")
    assert desk.open == ["kerja@1", "kerja@2"]


def test_sent_twice_with_one_key_it_happens_once(begin: Begin) -> None:
    desk = give(begin, "kasubag", "sekretaris")
    item, key = desk.item("kerja", "1"), uuid4()
    for _time in range(2):
        actions.recall(item.pk, item.revision, desk.office.staf, "Keliru", desk.at, key=key)
    assert Event.objects.filter(kind="recalled", key=key).count() == 1
    with pytest.raises(AlreadyDone):
        actions.recall(item.pk, item.revision, desk.office.staf, "Keliru", desk.at, key=uuid4())


def test_who_takes_it_first_wins(begin: Begin) -> None:
    desk = give(begin, "kasubag", "sekretaris")
    seen = desk.item("kerja", "1")
    _claim(desk, desk.item("kerja", "1"))
    with pytest.raises(AlreadyDone):
        actions.recall(seen.pk, seen.revision, desk.office.staf, "Keliru", desk.at)
    later = desk.item("kerja", "2")
    recall(desk, "2")
    with pytest.raises(AlreadyDone):
        actions.claim(later.pk, later.revision, desk.office.sekretaris, desk.at)


@pytest.mark.parametrize("level", ["terbatas", "rahasia"])
def test_its_receiver_is_told_and_sees_the_case_no_more(begin: Begin, level: str) -> None:
    desk = give(begin, "kasubag", "sekretaris", data={"classification": level})
    assert services.readable_by(desk.office.kasubag, desk.at).exists()
    recall(desk, "1")
    assert not services.readable_by(desk.office.kasubag, desk.at).exists()
    assert services.readable_by(desk.office.sekretaris, desk.at).exists()
    item = WorkItem.objects.get(case=desk.case, instance="1")
    for _time in range(2):  # a job may run twice
        announcing.tell_of_recalled(item.pk, desk.at)
    told = Notice.objects.get(person=desk.office.kasubag, kind="ditarik")
    assert ("Keliru" in told.text) is (level == "terbatas")
    assert desk.case.number in told.text


def test_the_clocks_of_a_row_stop_with_it_and_what_waited_for_it_alone_is_met(begin: Begin) -> None:
    steps = [GIVE, WORK, {"id": "lapor", "by": "penerima"}, GATHER]
    clocks = [
        {"id": "semua", "from": "bagi", "to": "kerja", "limit": "3 hari kerja"},
        {"id": "akhir", "from": "bagi", "to": "himpun", "limit": "5 hari kerja"},
    ]
    desk = give(begin, "kasubag", "sekretaris", steps=steps, clocks=clocks)
    desk.do("kerja", "kasubag", instance="1")
    assert dict(Clock.objects.values_list("clock", "state")) == {"semua": "jalan", "akhir": "jalan"}
    recall(desk, "2")
    assert dict(Clock.objects.values_list("clock", "state")) == {"semua": "tepat", "akhir": "jalan"}


def test_a_person_sees_beforehand_what_he_may_take_back(begin: Begin) -> None:
    desk = give(begin, "kasubag", "sekretaris")
    mine = services.case_view(desk.case.number, desk.office.staf, desk.at)
    assert [item.instance for item in mine.recallable] == ["1", "2"]
    assert services.case_view(desk.case.number, desk.office.kasubag, desk.at).recallable == []
    _claim(desk, desk.item("kerja", "1"))
    mine = services.case_view(desk.case.number, desk.office.staf, desk.at)
    assert [item.instance for item in mine.recallable] == ["2"]
