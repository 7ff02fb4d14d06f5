"""Cases move from desk to desk as their definition says."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from laksana.cases import actions, sweep
from laksana.cases.errors import AlreadyDone, Invalid, NotYours
from laksana.cases.models import Case, WorkItem
from laksana.cases.tests.conftest import MORNING, Desk, Office, definition, install

Begin = Callable[..., Desk]
TWO: list[dict[str, Any]] = [
    {"id": "isi"},
    {"id": "periksa", "by": "kasubag", "decides": "Memeriksa", "outcomes": {"Ya": "selesai", "Tidak": "isi"}},
]
SPLIT: list[dict[str, Any]] = [
    {"id": "bagi", "then": ["kiri", "kanan"]},
    {"id": "kiri", "then": "gabung"},
    {"id": "kanan", "by": "kasubag", "then": "gabung"},
    {"id": "gabung", "joins": True, "then": "selesai"},
]
ROWS: dict[str, Any] = {
    "penerima": {
        "label": "Penerima",
        "type": "table",
        "columns": {"kepada": {"label": "Kepada", "type": "assignee"}},
    }
}
EACH: dict[str, Any] = {"penerima": {"title": "Penerima", "is": "each kepada"}}


def test_a_case_gets_a_number_and_waits_on_the_desk_of_its_first_step(begin: Begin) -> None:
    desk = begin(steps=TWO)
    assert desk.case.number == "CONTOH/2026/0001"
    assert desk.open == ["isi"]
    assert desk.item("isi").desk == "position:staf"
    assert desk.item("isi").due_at == MORNING + timedelta(minutes=30)


def test_a_decision_leads_back_and_then_to_the_end(begin: Begin) -> None:
    desk = begin(steps=TWO)
    desk.do("isi")
    desk.do("periksa", "kasubag", outcome="Tidak")
    assert desk.open == ["isi"]
    desk.do("isi")
    case = desk.do("periksa", "kasubag", outcome="Ya")
    assert case.state == Case.State.ENDED
    assert case.ended_at == desk.at


def test_branches_run_in_parallel_and_the_join_waits_for_all(begin: Begin) -> None:
    desk = begin(steps=SPLIT)
    desk.do("bagi")
    assert desk.open == ["kanan", "kiri"]
    desk.do("kanan", "kasubag")
    assert desk.open == ["gabung", "kiri"]
    assert not WorkItem.objects.filter(case=desk.case, step="gabung", state=WorkItem.State.OPEN).exists()
    desk.do("kiri")
    assert desk.open == ["gabung"]
    assert desk.do("gabung").state == Case.State.ENDED


def test_several_performers_must_each_finish(begin: Begin) -> None:
    desk = begin(steps=[{"id": "isi"}, {"id": "teken", "by": ["kasubag", "sekretaris"], "then": "selesai"}])
    desk.do("isi")
    item = WorkItem.objects.get(case=desk.case, step="teken", lane="sekretaris")
    actions.complete(item.pk, item.revision, desk.office.sekretaris, {}, desk.at)
    assert desk.open == ["teken"]
    assert desk.do("teken", "kasubag").state == Case.State.ENDED


@pytest.mark.parametrize(
    ("agree", "answers", "open_after", "outcome"),
    [
        ("all", ["Ya", "Ya"], [], "Ya"),
        ("all", ["Tidak"], ["isi"], "Tidak"),
        ("any", ["Ya"], [], "Ya"),
        ("any", ["Tidak", "Tidak"], ["isi"], "Tidak"),
    ],
)
def test_answers_of_several_combine(
    begin: Begin, agree: str, answers: list[str], open_after: list[str], outcome: str
) -> None:
    together = {"id": "sidang", "by": ["kasubag", "sekretaris"], "decides": "Memutus", "agree": agree}
    desk = begin(steps=[{"id": "isi"}, together | {"outcomes": {"Ya": "selesai", "Tidak": "isi"}}])
    desk.do("isi")
    for lane, answer in zip(("kasubag", "sekretaris"), answers, strict=False):
        item = WorkItem.objects.get(case=desk.case, step="sidang", lane=lane, state=WorkItem.State.OPEN)
        desk.case = actions.complete(
            item.pk, item.revision, desk.office.people[lane], {}, desk.at, outcome=answer
        )
    assert desk.open == open_after


def test_a_step_runs_once_for_each_row_and_goes_on_when_all_are_done(begin: Begin) -> None:
    steps = [
        {"id": "bagi", "asks": ["penerima"]},
        {"id": "kerja", "by": "penerima", "for_each": "penerima"},
        {"id": "tutup", "by": "kasubag", "then": "selesai"},
    ]
    desk = begin(steps=steps, fields=ROWS, performers=EACH)
    desk.do("bagi", penerima=[{"kepada": "position:kasubag"}, {"kepada": "position:sekretaris"}])
    assert desk.open == ["kerja@1", "kerja@2"]
    desk.do("kerja", "sekretaris", instance="2")
    assert desk.open == ["kerja@1"]
    desk.do("kerja", "kasubag", instance="1")
    assert desk.open == ["tutup"]


def test_without_rows_a_step_for_each_runs_once(begin: Begin) -> None:
    steps = [{"id": "bagi", "asks": ["penerima"]}, {"id": "kerja", "for_each": "penerima", "then": "selesai"}]
    desk = begin(steps=steps, fields=ROWS)
    desk.do("bagi", penerima=[])
    assert desk.open == ["kerja"]
    assert desk.do("kerja").state == Case.State.ENDED


def test_a_quorum_is_enough_and_closes_the_rest(begin: Begin) -> None:
    steps = [
        {"id": "bagi", "asks": ["penerima"]},
        {"id": "kerja", "by": "penerima", "for_each": {"field": "penerima", "quorum": 1}, "then": "selesai"},
    ]
    desk = begin(steps=steps, fields=ROWS, performers=EACH)
    desk.do("bagi", penerima=[{"kepada": "position:kasubag"}, {"kepada": "position:sekretaris"}])
    assert desk.do("kerja", "sekretaris", instance="2").state == Case.State.ENDED


def test_a_gathering_step_waits_for_every_instance(begin: Begin) -> None:
    steps = [
        {"id": "bagi", "asks": ["penerima"]},
        {"id": "kerja", "by": "penerima", "for_each": "penerima"},
        {"id": "lapor", "by": "penerima"},
        {"id": "himpun", "by": "kasubag", "gathers": "kerja", "then": "selesai"},
    ]
    desk = begin(steps=steps, fields=ROWS, performers=EACH)
    desk.do("bagi", penerima=[{"kepada": "position:kasubag"}, {"kepada": "position:sekretaris"}])
    desk.do("kerja", "kasubag", instance="1")
    assert desk.open == ["kerja@2", "lapor@1"]
    desk.do("lapor", "kasubag", instance="1")
    assert desk.open == ["kerja@2"]
    desk.do("kerja", "sekretaris", instance="2")
    desk.do("lapor", "sekretaris", instance="2")
    assert desk.open == ["himpun"]


def test_what_an_instance_is_given_stays_with_the_instance(begin: Begin) -> None:
    steps = [
        {"id": "bagi", "asks": ["penerima"]},
        {"id": "kerja", "by": "penerima", "for_each": "penerima", "asks": ["hasil"], "then": "selesai"},
    ]
    fields = ROWS | {"hasil": {"label": "Hasil", "type": "text", "required": True}}
    desk = begin(steps=steps, fields=fields, performers=EACH)
    desk.do("bagi", penerima=[{"kepada": "position:kasubag"}, {"kepada": "position:sekretaris"}])
    desk.do("kerja", "kasubag", instance="1", hasil="satu")
    desk.do("kerja", "sekretaris", instance="2", hasil="dua")
    assert dict(desk.case.instances.values_list("path", "data__hasil")) == {"1": "satu", "2": "dua"}
    assert "hasil" not in Case.objects.get(pk=desk.case.pk).data


def test_a_step_passes_by_itself_when_its_condition_holds(begin: Begin) -> None:
    steps = [
        {"id": "isi", "asks": ["cepat"]},
        {"id": "periksa", "by": "kasubag", "skip_if": "cepat"},
        {"id": "teken", "by": "kepala", "then": "selesai"},
    ]
    desk = begin(steps=steps, fields={"cepat": {"label": "Cepat", "type": "bool"}})
    desk.do("isi", cepat=True)
    assert desk.open == ["teken"]
    assert WorkItem.objects.get(case=desk.case, step="periksa").state == WorkItem.State.PASSED


def test_a_step_times_out_once_its_time_has_come(begin: Begin) -> None:
    steps = [
        {"id": "tunggu", "timeout": {"after": "3 hari kerja", "then": "tegur"}, "then": "selesai"},
        {"id": "tegur", "by": "kasubag", "then": "selesai"},
    ]
    desk = begin(steps=steps)
    due = desk.item("tunggu").timeout_at
    assert due is not None
    assert sweep.sweep(due - timedelta(seconds=1))["timed_out"] == 0
    assert sweep.sweep(due)["timed_out"] == 1
    assert desk.open == ["tegur"]
    assert sweep.sweep(due + timedelta(days=1))["timed_out"] == 0


def test_a_step_starts_another_procedure_and_waits_for_what_it_hands_back(
    begin: Begin, office: Office
) -> None:
    fields = {
        "nomor": {"label": "Nomor", "type": "text", "required": True},
        "hal": {"label": "Hal", "type": "text"},
    }
    answering = [{"id": "tulis", "asks": ["nomor", "hal"]}, {"id": "kirim"}, {"id": "simpan"}]
    install(definition("balasan", steps=answering, fields=fields))
    starts: dict[str, Any] = {
        "procedure": "balasan",
        "hand_over": {"hal": "perihal"},
        "hand_back": {"jawaban": "nomor"},
    }
    steps = [
        {"id": "isi", "asks": ["perihal"]},
        {"id": "balas", "starts": starts, "waits": True},
        {"id": "tutup", "by": "kasubag", "then": "selesai"},
    ]
    own = {
        "perihal": {"label": "Hal", "type": "text"},
        "jawaban": {"label": "Jawaban", "type": "text", "computed": True},
    }
    desk = begin(steps=steps, fields=own)
    desk.do("isi", perihal="Data")
    desk.do("balas")
    assert desk.open == ["balas"]
    answer = Desk(office, Case.objects.get(procedure="balasan"), desk.at)
    assert answer.case.data["hal"] == "Data"
    answer.do("tulis", nomor="12", hal="Data")
    answer.do("kirim")
    answer.do("simpan")
    assert desk.open == ["tutup"]
    assert Case.objects.get(pk=desk.case.pk).data["jawaban"] == "12"


def test_a_field_out_of_bounds_is_refused_and_nothing_changes(begin: Begin) -> None:
    fields = {"jumlah": {"label": "Jumlah", "type": "number", "required": True, "min": 1, "max": 3}}
    desk = begin(steps=[{"id": "isi", "asks": ["jumlah"]}, {"id": "tutup", "then": "selesai"}], fields=fields)
    before = desk.case.events.count()
    with pytest.raises(Invalid) as refusal:
        desk.do("isi", jumlah="4")
    assert set(refusal.value.errors) == {"jumlah"}
    assert desk.open == ["isi"]
    assert desk.case.events.count() == before


def test_only_the_desk_it_lies_on_may_do_a_step(begin: Begin) -> None:
    desk = begin(steps=TWO)
    with pytest.raises(NotYours):
        desk.do("isi", "kasubag")


def test_the_second_to_do_a_step_is_told_who_was_first(begin: Begin) -> None:
    desk = begin(steps=TWO)
    item = desk.item("isi")
    desk.do("isi", "staf")
    with pytest.raises(AlreadyDone) as refusal:
        actions.complete(item.pk, item.revision, desk.office.staf2, {}, desk.at)
    assert refusal.value.by == "Staf Contoh"


def test_four_eyes_sends_a_step_up_when_its_own_desk_may_not_do_it(begin: Begin) -> None:
    steps = [
        {"id": "ajukan", "by": "pemohon"},
        {"id": "setujui", "by": "kasubag", "not_by": "pemohon", "then": "selesai"},
    ]
    performers = {"pemohon": {"title": "Pemohon", "is": "initiator"}}
    desk = begin(by="kasubag", steps=steps, performers=performers)
    desk.do("ajukan", "kasubag")
    assert desk.item("setujui").desk == "position:sekretaris"
    with pytest.raises(NotYours):
        desk.do("setujui", "kasubag")
    assert desk.do("setujui", "sekretaris").state == Case.State.ENDED
