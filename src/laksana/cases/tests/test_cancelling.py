"""Cancelling a case."""

from collections.abc import Callable
from typing import Any

import pytest

from laksana.cases import actions
from laksana.cases.errors import AlreadyDone, Invalid, NotFound, NotYours
from laksana.cases.models import Case
from laksana.cases.tests.conftest import Desk

Begin = Callable[..., Desk]
STEPS: list[dict[str, Any]] = [
    {"id": "isi"},
    {"id": "periksa", "by": "kasubag"},
    {"id": "tutup", "by": "kepala", "then": "selesai"},
]


def test_a_cancelled_case_has_nothing_left_to_do_and_says_why(begin: Begin) -> None:
    desk = begin(steps=STEPS)
    case = actions.cancel(desk.case.pk, desk.office.staf, " salah alamat ", desk.at)
    assert (case.state, case.ended_at, desk.open) == (Case.State.CANCELLED, desk.at, [])
    assert desk.case.events.get(kind="cancelled").data == {"reason": "salah alamat"}
    with pytest.raises(AlreadyDone):
        desk.do_item(desk.case.work_items.get(step="isi"))


@pytest.mark.parametrize(
    ("by", "may"), [("staf", True), ("kasubag", True), ("kepala", False), ("staf2", False)]
)
def test_the_initiator_cancels_and_who_has_a_step_to_do(begin: Begin, by: str, may: bool) -> None:
    desk = begin(steps=STEPS)
    desk.do("isi")
    if may:
        actions.cancel(desk.case.pk, desk.office.people[by], "salah", desk.at)
    else:
        with pytest.raises(NotYours):
            actions.cancel(desk.case.pk, desk.office.people[by], "salah", desk.at)
    assert (desk.open == []) is may


def test_a_case_is_not_cancelled_without_a_reason_nor_twice(begin: Begin) -> None:
    desk = begin(steps=STEPS)
    with pytest.raises(Invalid):
        actions.cancel(desk.case.pk, desk.office.staf, "", desk.at)
    with pytest.raises(NotFound):
        actions.cancel(0, desk.office.staf, "salah", desk.at)
    actions.cancel(desk.case.pk, desk.office.staf, "salah", desk.at)
    with pytest.raises(AlreadyDone):
        actions.cancel(desk.case.pk, desk.office.staf, "salah", desk.at)
