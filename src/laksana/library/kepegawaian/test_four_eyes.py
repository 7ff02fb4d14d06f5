"""Nobody verifies, decides or signs his own case in any of the nine procedures, as holder, as Plh, or by delegation.

The cases are generated: every step at which somebody of the office verifies, decides or signs, with the one whom it concerns at
its desk.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest

from laksana.cases import actions
from laksana.cases.definitions import in_force
from laksana.cases.engine.marking import path_of
from laksana.cases.engine.run import Run
from laksana.cases.errors import Invalid, NotYours
from laksana.cases.models import Case, Event, Instance, WorkItem
from laksana.cases.play.player import performer
from laksana.cases.rights import above_the_office, check_may_do, escalate, excluded
from laksana.library.catalogue import entry
from laksana.people.models import Holding, Person, Position
from laksana.people.services import appoint, record_absence
from laksana.sop.definition import Procedure, Step
from laksana.sop.performer import Kind
from laksana.worktime.zone import OFFICE_ZONE

AT = datetime(2026, 11, 10, 9, tzinfo=OFFICE_ZONE)
DAY = date(2026, 11, 10)
SUBJECT = {
    "cuti": "pemohon", "kartu-pegawai": "pemohon", "kehadiran-manual": "pegawai", "kenaikan-gaji-berkala": "pegawai",
    "kenaikan-pangkat": "pegawai", "pensiun": "pegawai", "satyalancana": "pegawai", "skp-asn": "pegawai", "skumptk": "pegawai",
}  # fmt: skip
"""Procedure -> the lane of the one whom its case concerns."""
FREE = {
    (
        "kartu-pegawai",
        "tanda-tangan",
    ),  # only passes on; BKPSDM decides (rule bukan-perkara-sendiri of the reference)
    (
        "kehadiran-manual",
        "verifikasi-atasan",
    ),  # the sheet of a unit, not a case of one employee; its corrections are
    ("kehadiran-manual", "periksa"),
    ("kehadiran-manual", "paraf"),
    ("kehadiran-manual", "tanda-tangan"),
    ("kehadiran-manual", "telaah-disiplin"),
}
_OTHERS = (Kind.OUTSIDE, Kind.PUBLIC, Kind.SYSTEM)
SIGNING = {
    ("cuti", "koreksi"), ("kenaikan-gaji-berkala", "usul-tunda"), ("skp-asn", "umpan-balik"), ("skp-asn", "evaluasi-tahunan"),
    ("skp-asn", "evaluasi-ulang"), ("skp-asn", "serahkan"), ("skp-asn", "tetapkan"),
}  # fmt: skip
"""Steps that rate or sign without an outcome."""


def _judging() -> Iterator[tuple[str, str, str]]:
    """Yield procedure, step and lane of everything to which four eyes must apply."""
    for name, subject in SUBJECT.items():
        procedure = entry(name).procedure
        for step in procedure.steps:
            for lane in step.by:
                inside = procedure.performers[lane].holder.kind not in _OTHERS
                judges = step.is_decision or (name, step.id) in SIGNING
                if inside and judges and lane != subject and (name, step.id) not in FREE:
                    yield name, step.id, lane


JUDGING = list(_judging())
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office")]


def _opened(name: str, step: Step, lane: str, subject: Person) -> tuple[Run, WorkItem]:
    """Return a case that concerns somebody, with a step of a lane open on its desk as the engine lays it."""
    procedure = entry(name).procedure
    case = Case.objects.create(
        number=f"UJI/{name}", sop=in_force(name, DAY), procedure=name, initiator=subject, opened_at=AT,
        data=_data(procedure, SUBJECT[name], subject),
    )  # fmt: skip
    instance = ""
    if procedure.performers[SUBJECT[name]].holder.kind is Kind.EACH:
        column, instance = procedure.performers[SUBJECT[name]].holder.of, "1"
        desk = f"person:{subject.pk}"
        row = {column: desk, "atasan": "position:sekretaris"}
        Instance.objects.create(case=case, path="1", made_by="gabung", row=row, made_at=AT)
    item = WorkItem.objects.create(
        case=case, step=step.id, lane=lane, instance=instance, desk="nobody", opened_at=AT
    )
    run = Run.open(case.pk, AT, None)
    item = next(each for each in run.items if each.pk == item.pk)
    item.desk = run.resolver(path_of(instance), run.values(path_of(instance))).desk(lane)
    escalate(run, step, item)
    item.save()
    return run, item


def _data(procedure: Procedure, subject: str, person: Person) -> dict[str, Any]:
    holder = procedure.performers[subject].holder
    data: dict[str, Any] = {holder.of: person.pk} if holder.kind is Kind.FIELD else {}
    if procedure.id == "skp-asn":
        data["penilai"] = performer("kabid-egov", AT).pk
    return data


def _step(name: str, step_id: str) -> Step:
    return entry(name).procedure.step(step_id)


def _barred(run: Run, step: Step, item: WorkItem, subject: Person) -> None:
    """Hold that the subject may not do an item, nor get it, and that somebody else may."""
    assert subject.pk in excluded(run, step, item)
    with pytest.raises(NotYours):
        check_may_do(run, item, subject, run.office.desks_of(subject.pk) | {item.desk})
    able = set(run.office.holders(item.desk)) - excluded(run, step, item)
    assert able, f"nobody can do {step.id}: it lies at {item.desk}"
    other = Person.objects.get(pk=min(able))
    if step.id != "dialog":
        with pytest.raises(Invalid):
            actions.delegate(item.pk, item.revision, other, subject, AT, reason="Pengganti")


def test_the_nine_have_many_steps_to_which_four_eyes_apply() -> None:
    assert {name for name, _step, _lane in JUDGING} == set(SUBJECT)
    assert len(JUDGING) >= 40


@pytest.mark.parametrize(("name", "step_id", "lane"), JUDGING)
def test_whoever_sits_at_the_desk_does_not_judge_his_own_case(name: str, step_id: str, lane: str) -> None:
    holder, step = entry(name).procedure.performers[lane].holder, _step(name, step_id)
    code = holder.of if holder.kind is Kind.POSITION else "sekretaris"
    subject = performer(code, AT)
    run, item = _opened(name, step, lane, subject)
    _barred(run, step, item, subject)


ACTED_FOR = [
    each for each in JUDGING if entry(each[0]).procedure.performers[each[2]].holder.kind is Kind.POSITION
]


@pytest.mark.parametrize(("name", "step_id", "lane"), ACTED_FOR)
def test_nor_does_who_acts_for_the_holder_of_the_desk(name: str, step_id: str, lane: str) -> None:
    holder, step = entry(name).procedure.performers[lane].holder, _step(name, step_id)
    position, subject = Position.objects.get(code=holder.of), performer("reno", AT)
    for absent in Person.objects.filter(holdings__position=position, holdings__kind=Holding.Kind.DEFINITIVE):
        record_absence(absent, DAY, DAY, "Dinas luar")
    appoint(subject, position, DAY, DAY, kind=Holding.Kind.PLH)
    run, item = _opened(name, step, lane, subject)
    assert item.desk != f"position:{holder.of}"
    _barred(run, step, item, subject)


OWN = [each for each in JUDGING if entry(each[0]).procedure.performers[each[2]].above_recorded_by]


@pytest.mark.parametrize(("name", "step_id", "lane"), OWN)
def test_what_the_head_asks_for_himself_is_decided_above_and_recorded_with_evidence(
    name: str, step_id: str, lane: str
) -> None:
    head, step = performer("kepala-dinas", AT), _step(name, step_id)
    run, item = _opened(name, step, lane, head)
    assert above_the_office(run, item) == "Sekretaris Daerah"
    assert item.desk == "position:pengelola-kepegawaian"
    other, others = _opened_for_another(name, step, lane)
    assert above_the_office(other, others) == ""


def _opened_for_another(name: str, step: Step, lane: str) -> tuple[Run, WorkItem]:
    Case.objects.filter(number=f"UJI/{name}").update(number="UJI/lain")
    return _opened(name, step, lane, performer("reno", AT))


def test_the_record_asks_for_evidence_and_names_who_decided() -> None:
    head, officer = performer("kepala-dinas", AT), performer("handoko", AT)
    _run, item = _opened("skumptk", _step("skumptk", "sahkan"), "kadis", head)
    with pytest.raises(Invalid) as refused:
        actions.complete(item.pk, item.revision, officer, {}, AT, outcome="Ditandatangani")
    assert "evidence" in refused.value.errors
    actions.complete(
        item.pk,
        item.revision,
        officer,
        {},
        AT,
        outcome="Ditandatangani",
        evidence="SKUM bertanda tangan Sekda",
    )
    item.refresh_from_db()
    assert (item.done_by, item.done_as) == (officer, "Sekretaris Daerah")
    event = Event.objects.get(case=item.case_id, kind="completed")
    assert event.data["evidence"] == "SKUM bertanda tangan Sekda"
