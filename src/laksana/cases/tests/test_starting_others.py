"""Cases that a step of another case starts: waited for, handed over, handed back, cancelled."""

from collections.abc import Callable
from typing import Any

import pytest

from laksana.cases import actions
from laksana.cases.behaviour import Behaviour, Done
from laksana.cases.chain import verify
from laksana.cases.errors import NotFound, NotYours
from laksana.cases.models import Case, WorkItem
from laksana.cases.tests.conftest import MORNING, Desk, Office, definition, install

Begin = Callable[..., Desk]
NUMBER: dict[str, Any] = {"nomor": {"label": "Nomor", "type": "text", "computed": True}}
OTHER: list[dict[str, Any]] = [
    {"id": "tulis"},
    {"id": "paraf"},
    {"id": "kirim", "by": "kasubag", "then": "selesai"},
]


def replying(begin: Begin, **starts: Any) -> Desk:
    """Start a case at the step that starts an answer and waits for it."""
    how = {"procedure": "balasan", "hand_back": {"jawaban": "nomor"}, **starts}
    fields = {"jawaban": {"label": "Jawaban", "type": "text", "computed": True}}
    steps = [
        {"id": "balas", "starts": how, "waits": True},
        {"id": "tutup", "by": "kepala", "then": "selesai"},
    ]
    return begin(steps=steps, fields=fields)


def child(desk: Desk) -> Desk:
    return Desk(desk.office, Case.objects.get(starter__case=desk.case), desk.at)


def carried_out(answer: Desk) -> Case:
    for step in ("tulis", "paraf"):
        answer.do(step)
    return answer.do("kirim", "kasubag")


def test_a_case_that_was_cancelled_hands_nothing_back_and_keeps_nobody_waiting(begin: Begin) -> None:
    install(definition("balasan", steps=OTHER, fields=NUMBER))
    desk = replying(begin)
    desk.do("balas")
    assert WorkItem.objects.get(case=desk.case, step="balas").state == WorkItem.State.WAITING
    answer = child(desk)
    actions.cancel(answer.case.pk, desk.office.staf, "salah alamat", desk.at)
    assert desk.open == ["tutup"]
    assert Case.objects.get(pk=desk.case.pk).data == {}
    told = desk.case.events.get(kind="other-ended").data
    assert told == {"case": answer.case.number, "state": "batal"}
    assert list(verify(iter(Case.objects.all()))) == []


def test_the_case_that_waited_may_be_cancelled_before_the_other_ends(begin: Begin) -> None:
    install(definition("balasan", steps=OTHER, fields=NUMBER))
    desk = replying(begin)
    desk.do("balas")
    answer = child(desk)
    actions.cancel(desk.case.pk, desk.office.staf, "tidak jadi", desk.at)
    assert carried_out(answer).state == Case.State.ENDED
    assert Case.objects.get(pk=desk.case.pk).state == Case.State.CANCELLED


def test_a_case_that_ends_by_itself_hands_back_at_once(begin: Begin) -> None:
    system = {"sistem": {"title": "Sistem", "is": "system"}}
    steps = [
        {"id": "tulis", "by": "sistem", "auto": "tulis"},
        {"id": "paraf", "by": "sistem", "auto": "paraf"},
        {"id": "kirim", "by": "sistem", "auto": "kirim", "then": "selesai"},
    ]
    install(definition("balasan", steps=steps, fields=NUMBER, performers=system))
    Behaviour("balasan").automatic("tulis")(lambda _situation: Done({"nomor": "7"}))
    desk = replying(begin)
    desk.do("balas")
    assert desk.open == ["tutup"]
    assert Case.objects.get(pk=desk.case.pk).data["jawaban"] == "7"
    assert child(desk).case.state == Case.State.ENDED


def test_which_procedure_starts_may_depend_on_a_field(begin: Begin) -> None:
    install(definition("balasan", steps=OTHER, fields=NUMBER))
    choice = {"label": "Jenis", "type": "choice", "choices": ["surat"]}
    starts = {"by": "jenis", "choose": {"surat": "balasan"}}
    steps = [
        {"id": "isi", "asks": ["jenis"]},
        {"id": "balas", "starts": starts, "waits": True},
        {"id": "tutup", "then": "selesai"},
    ]
    desk = begin(steps=steps, fields={"jenis": choice})
    desk.do("isi", jenis="")
    desk.do("balas")
    assert desk.open == ["tutup"]
    assert Case.objects.count() == 1


def test_a_step_that_does_not_wait_goes_on_at_once(begin: Begin) -> None:
    install(definition("balasan", steps=OTHER, fields=NUMBER))
    steps = [{"id": "balas", "starts": "balasan"}, {"id": "tutup", "then": "selesai"}]
    desk = begin(steps=steps)
    desk.do("balas")
    assert desk.open == ["tutup"]
    assert child(desk).open == ["tulis"]
    desk.do("tutup")
    answer = child(desk)
    assert carried_out(answer).state == Case.State.ENDED


def test_what_waits_is_done_only_when_it_goes_on(begin: Begin) -> None:
    install(definition("balasan", steps=OTHER, fields=NUMBER))
    steps = [
        {"id": "balas", "starts": "balasan", "waits": True},
        {"id": "tutup", "by": "kepala", "then": "selesai"},
    ]
    clocks = [{"id": "jawaban", "from": "terima", "to": "balas", "limit": "5 hari kerja"}]
    desk = begin(steps=steps, clocks=clocks)
    desk.do("balas")
    assert desk.case.clocks.get().state == "jalan"
    answer = child(desk)
    carried_out(answer)
    item = WorkItem.objects.get(case=desk.case, step="balas")
    assert (item.state, item.done_by) == (WorkItem.State.DONE, desk.office.staf)
    assert desk.case.clocks.get().state == "tepat"


def test_one_of_several_who_do_it_together_starts_the_other_case(begin: Begin) -> None:
    install(definition("balasan", steps=OTHER, fields=NUMBER))
    both = {"id": "balas", "by": ["kasubag", "sekretaris"], "starts": "balasan", "waits": True}
    desk = begin(steps=[both, {"id": "tutup", "then": "selesai"}])
    for lane in ("kasubag", "sekretaris"):
        item = WorkItem.objects.get(case=desk.case, step="balas", lane=lane, state=WorkItem.State.OPEN)
        actions.complete(item.pk, item.revision, desk.office.people[lane], {}, desk.at)
    answer = child(desk)
    carried_out(answer)
    assert desk.open == ["tutup"]


def test_only_who_may_do_the_first_step_starts_a_case(office: Office) -> None:
    install(definition("balasan", steps=[{"id": "tulis", "by": "kasubag"}, *OTHER[1:]], fields=NUMBER))
    with pytest.raises(NotYours):
        actions.start("balasan", office.staf, MORNING, values={})
    assert not Case.objects.exists()
    case = actions.start("balasan", office.kasubag, MORNING)
    assert list(case.work_items.values_list("step", "state")) == [("tulis", "terbuka")]
    with pytest.raises(NotYours):
        actions.start("balasan", None, MORNING)


def test_the_system_starts_what_it_begins_by_itself(office: Office) -> None:
    steps = [{"id": "tulis", "by": "sistem", "auto": "tulis"}, *OTHER[1:]]
    install(
        definition(
            "balasan", steps=steps, fields=NUMBER, performers={"sistem": {"title": "Sistem", "is": "system"}}
        )
    )
    case = actions.start("balasan", None, MORNING)
    assert case.initiator is None
    items = case.work_items.order_by("pk").values_list("step", "state")
    assert list(items) == [("tulis", "selesai"), ("paraf", "terbuka")]


def test_a_procedure_that_is_not_in_force_cannot_be_started(office: Office) -> None:
    with pytest.raises(NotFound, match="no version"):
        actions.start("tidak-ada", office.staf, MORNING)
