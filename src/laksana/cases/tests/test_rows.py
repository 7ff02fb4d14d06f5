"""What the row of an instance says, which rows are waited for, what an instance's form opens with, and who is named a reader."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from laksana.cases import behaviour, services
from laksana.cases.behaviour import Behaviour, Done, Situation
from laksana.cases.errors import Invalid
from laksana.cases.models import Case, WorkItem
from laksana.cases.tests.conftest import Desk

Begin = Callable[..., Desk]
EACH: dict[str, Any] = {"penerima": {"title": "Penerima", "is": "each kepada"}}
ROWS: dict[str, Any] = {
    "penerima": {
        "label": "Penerima",
        "type": "table",
        "columns": {
            "kepada": {"label": "Kepada", "type": "assignee"},
            "jenjang": {"label": "Jenjang", "type": "number"},
            "wajib": {"label": "Wajib", "type": "bool"},
        },
    },
    "hasil": {"label": "Hasil", "type": "text"},
}
SPREAD: list[dict[str, Any]] = [
    {"id": "bagi", "asks": ["penerima"]},
    {
        "id": "kerja",
        "by": "penerima",
        "for_each": {"field": "penerima", "waits_for": "wajib"},
        "asks": ["hasil"],
    },
    {"id": "himpun", "by": "kasubag", "gathers": "kerja", "then": "selesai"},
]


def spread(begin: Begin, *rows: tuple[str, bool]) -> Desk:
    """Start a case that is spread over these desks, each of which must come back or need not."""
    desk = begin(steps=SPREAD, fields=ROWS, performers=EACH)
    desk.do(
        "bagi", penerima=[{"kepada": f"position:{code}", "jenjang": 2, "wajib": must} for code, must in rows]
    )
    return desk


def test_rows_that_need_not_come_back_are_closed_when_the_others_have(begin: Begin) -> None:
    desk = spread(begin, ("kasubag", True), ("sekretaris", False), ("kepala", True))
    desk.do("kerja", "kasubag", instance="1")
    assert desk.open == ["kerja@2", "kerja@3"]
    desk.do("kerja", "kepala", instance="3")
    assert desk.open == ["himpun"]
    assert WorkItem.objects.get(case=desk.case, step="kerja", instance="2").state == WorkItem.State.WITHDRAWN


def test_a_row_that_need_not_come_back_does_not_count_for_one_that_must(begin: Begin) -> None:
    desk = spread(begin, ("kasubag", True), ("sekretaris", False))
    desk.do("kerja", "sekretaris", instance="2")
    assert desk.open == ["kerja@1"]
    desk.do("kerja", "kasubag", instance="1")
    assert desk.open == ["himpun"]


def test_where_no_row_must_come_back_all_are_waited_for(begin: Begin) -> None:
    desk = spread(begin, ("kasubag", False), ("sekretaris", False))
    desk.do("kerja", "kasubag", instance="1")
    assert desk.open == ["kerja@2"]
    desk.do("kerja", "sekretaris", instance="2")
    assert desk.open == ["himpun"]


def test_a_condition_reads_the_cells_of_the_row_by_their_type(begin: Begin) -> None:
    decides = {
        "decides": "Memutus",
        "outcomes": {"Naik": {"then": "selesai", "allowed_if": "jenjang > 2"}, "Tetap": "selesai"},
    }
    steps = [
        SPREAD[0],
        {"id": "kerja", "by": "penerima", "for_each": "penerima", "asks": ["hasil"], **decides},
    ]
    desk = begin(steps=steps, fields=ROWS, performers=EACH)
    desk.do(
        "bagi",
        penerima=[{"kepada": "position:kasubag", "jenjang": 2}, {"kepada": "position:kepala", "jenjang": 3}],
    )
    with pytest.raises(Invalid):
        desk.do("kerja", "kasubag", instance="1", outcome="Naik")
    desk.do("kerja", "kepala", instance="2", outcome="Naik")
    assert desk.open == ["kerja@1"]


def test_the_form_of_an_instance_does_not_open_with_what_another_level_gave(begin: Begin) -> None:
    steps = [{"id": "bagi", "asks": ["penerima", "hasil"]}, *SPREAD[1:]]
    desk = begin(steps=steps, fields=ROWS, performers=EACH)
    desk.do("bagi", hasil="dari atas", penerima=[{"kepada": "position:kasubag", "wajib": True}])
    item = desk.item("kerja")
    assert services.form_situation(item, desk.office.kasubag, desk.at).values["hasil"] is None
    desk.do("kerja", "kasubag")
    assert desk.case.data["hasil"] == "dari atas"
    assert desk.case.instances.get().data["hasil"] is None


@pytest.fixture
def naming() -> Iterator[None]:
    """Let the procedure `contoh` name a reader at its first step."""
    acts = Behaviour("contoh")

    @acts.automatic("beri-tahu")
    def tell(_situation: Situation) -> Done:
        return Done(readers=("position:sekretaris", "position:kepala"))

    yield
    behaviour._behaviours.pop("contoh")


def test_whoever_is_named_in_a_case_may_read_it_and_the_event_says_so(begin: Begin, naming: None) -> None:
    steps = [{"id": "isi", "asks": ["hasil"], "auto": "beri-tahu"}, {"id": "tutup", "then": "selesai"}]
    desk = begin(steps=steps, fields={"hasil": ROWS["hasil"]}, data={"classification": "terbatas"})
    secretary = desk.office.sekretaris
    assert not services.readable_by(secretary, desk.at).exists()
    desk.do("isi", hasil="ada")
    assert list(services.readable_by(secretary, desk.at)) == [desk.case]
    told = desk.case.events.get(step="isi", kind="completed").data
    assert told["readers"] == ["position:sekretaris", "position:kepala"]
    assert Case.objects.get().named_readers.count() == 2
