"""Taking a step, giving it back, putting it on another's desk."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from laksana.cases import actions, services, sweep
from laksana.cases.errors import AlreadyDone, Invalid, NotYours
from laksana.cases.models import Case
from laksana.cases.tests.conftest import Desk
from laksana.people import services as people
from laksana.people.models import Holding, Person, Position

Begin = Callable[..., Desk]
STEPS: list[dict[str, Any]] = [{"id": "isi"}, {"id": "tutup", "by": "kasubag", "then": "selesai"}]


def claimed(begin: Begin) -> Desk:
    """Return a case whose step lies with staf, who has taken it."""
    desk = begin(steps=STEPS)
    item = desk.item("isi")
    actions.claim(item.pk, item.revision, desk.office.staf, desk.at)
    return desk


def away(person: Person, day: date) -> None:
    people.record_absence(person, day, day, "sakit")


def test_a_step_that_is_taken_waits_for_its_taker_only(begin: Begin) -> None:
    desk = claimed(begin)
    assert [item.step for item in services.inbox(desk.office.staf, desk.at)] == ["isi"]
    assert services.inbox(desk.office.staf2, desk.at) == []
    with pytest.raises(NotYours, match="Staf Contoh"):
        desk.do("isi", "staf2")
    assert desk.do("isi", "staf").events.filter(kind="claimed").count() == 1


def test_who_comes_second_is_told_who_has_taken_the_step(begin: Begin) -> None:
    desk = begin(steps=STEPS)
    item = desk.item("isi")
    actions.claim(item.pk, item.revision, desk.office.staf, desk.at)
    with pytest.raises(AlreadyDone) as refusal:
        actions.claim(item.pk, item.revision, desk.office.staf2, desk.at)
    assert (refusal.value.by, refusal.value.at) == ("Staf Contoh", desk.at)


def test_taking_a_step_twice_changes_nothing(begin: Begin) -> None:
    desk = claimed(begin)
    item = desk.item("isi")
    actions.claim(item.pk, item.revision, desk.office.staf, desk.at)
    assert desk.item("isi").revision == item.revision
    assert desk.case.events.filter(kind="claimed").count() == 1


def test_a_step_that_was_given_back_is_everybody_s_again(begin: Begin) -> None:
    desk = claimed(begin)
    item = desk.item("isi")
    with pytest.raises(NotYours):
        actions.release(item.pk, item.revision, desk.office.staf2, desk.at)
    actions.release(item.pk, item.revision, desk.office.staf, desk.at)
    assert [item.step for item in services.inbox(desk.office.staf2, desk.at)] == ["isi"]
    desk.do("isi", "staf2")


def test_a_colleague_may_do_what_an_absent_one_had_taken(begin: Begin) -> None:
    desk = claimed(begin)
    away(desk.office.staf, desk.at.date())
    desk.do("isi", "staf2")


def test_what_an_absent_one_had_taken_is_given_back_by_itself(begin: Begin) -> None:
    desk = claimed(begin)
    assert sweep.release_abandoned(desk.at) == 0
    away(desk.office.staf, desk.at.date())
    assert sweep.release_abandoned(desk.at) == 1
    assert sweep.release_abandoned(desk.at) == 0
    assert [item.step for item in services.inbox(desk.office.staf2, desk.at)] == ["isi"]


def test_a_delegated_step_lies_with_the_one_named(begin: Begin) -> None:
    desk = claimed(begin)
    item, office = desk.item("isi"), desk.office
    actions.delegate(item.pk, item.revision, office.staf, office.staf2, desk.at, reason="cuti")
    assert desk.item("isi").desk == f"person:{office.staf2.pk}"
    with pytest.raises(NotYours):
        desk.do("isi", "staf")
    desk.do("isi", "staf2")
    told = desk.case.events.get(kind="delegated").data
    assert told == {"from": "position:staf", "to": f"person:{office.staf2.pk}", "reason": "cuti"}


def test_a_superior_takes_a_step_from_the_desk_of_his_employee(begin: Begin) -> None:
    desk = claimed(begin)
    item, office = desk.item("isi"), desk.office
    actions.delegate(item.pk, item.revision, office.staf, office.staf2, desk.at)
    item.refresh_from_db()
    with pytest.raises(NotYours):
        actions.delegate(item.pk, item.revision, office.sekretaris, office.staf, desk.at)
    actions.delegate(item.pk, item.revision, office.kasubag, office.staf, desk.at)
    desk.do("isi", "staf")


def test_nothing_is_delegated_to_one_who_has_left(begin: Begin) -> None:
    desk = claimed(begin)
    item, office = desk.item("isi"), desk.office
    office.staf2.active = False
    office.staf2.save()
    with pytest.raises(Invalid) as refusal:
        actions.delegate(item.pk, item.revision, office.staf, office.staf2, desk.at)
    assert set(refusal.value.errors) == {"to"}


def test_four_eyes_hold_for_the_one_delegated_to(begin: Begin) -> None:
    steps = [
        {"id": "ajukan", "by": "pemohon"},
        {"id": "setujui", "by": "kasubag", "not_by": "pemohon", "then": "selesai"},
    ]
    desk = begin(steps=steps, performers={"pemohon": {"title": "Pemohon", "is": "initiator"}})
    desk.do("ajukan", "staf")
    item, office = desk.item("setujui"), desk.office
    with pytest.raises(Invalid):
        actions.delegate(item.pk, item.revision, office.kasubag, office.staf, desk.at)
    actions.delegate(item.pk, item.revision, office.kasubag, office.staf2, desk.at)
    assert desk.do("setujui", "staf2").state == Case.State.ENDED


def test_a_step_at_a_desk_where_nobody_sits_is_placed_by_an_administrator(
    begin: Begin, administrator: Person
) -> None:
    steps = [{"id": "isi", "by": "penilai"}, {"id": "tutup", "then": "selesai"}]
    fields = {"siapa": {"label": "Siapa", "type": "person", "computed": True}}
    desk = begin(
        steps=steps, fields=fields, performers={"penilai": {"title": "Penilai", "is": "field siapa"}}
    )
    item, office = desk.item("isi"), desk.office
    assert item.desk == "nobody"
    with pytest.raises(NotYours):
        actions.delegate(item.pk, item.revision, office.kepala, office.staf, desk.at)
    actions.delegate(item.pk, item.revision, administrator, office.staf, desk.at)
    desk.do("isi", "staf")


def test_four_eyes_do_not_stumble_over_a_desk_that_is_nobody_s(begin: Begin) -> None:
    steps = [{"id": "isi", "by": "penilai", "not_by": "staf"}, {"id": "tutup", "then": "selesai"}]
    fields = {"siapa": {"label": "Siapa", "type": "person", "computed": True}}
    desk = begin(
        steps=steps, fields=fields, performers={"penilai": {"title": "Penilai", "is": "field siapa"}}
    )
    assert desk.item("isi").desk == "nobody"


def test_a_plh_does_the_step_of_an_absent_official_in_his_capacity(begin: Begin) -> None:
    desk = begin(steps=STEPS)
    desk.do("isi")
    office, day = desk.office, desk.at.date()
    away(office.kasubag, day)
    people.appoint(office.staf2, Position.objects.get(code="kasubag"), day, day, kind=Holding.Kind.PLH)
    item = desk.item("tutup")
    desk.do("tutup", "staf2")
    item.refresh_from_db()
    assert item.done_as == "Plh. Kasubag"
    assert desk.case.events.get(step="tutup", kind="completed").acting_as == "Plh. Kasubag"


def test_a_case_goes_on_although_two_machines_disagree_about_the_time(begin: Begin) -> None:
    desk = begin(steps=STEPS)
    item = desk.item("isi")
    earlier = item.opened_at - timedelta(seconds=3)
    actions.complete(item.pk, item.revision, desk.office.staf, {}, earlier)
    item.refresh_from_db()
    assert item.minutes == 0
