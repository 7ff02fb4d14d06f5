"""Time limits of cases: started, stopped, paused, resumed, extended, breached, as their definition says."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from laksana.cases import actions, hooks, sweep
from laksana.cases.behaviour import Behaviour, Done
from laksana.cases.errors import Invalid, NotFound, NotYours, Refused
from laksana.cases.models import Clock
from laksana.cases.tests.conftest import MORNING, Desk
from laksana.worktime.zone import OFFICE_ZONE

Begin = Callable[..., Desk]
STEPS: list[dict[str, Any]] = [
    {"id": "isi", "asks": ["tanggal", "saat", "urgensi"]},
    {"id": "tunggu", "by": "kasubag"},
    {"id": "tutup", "by": "kepala", "then": "selesai"},
]
FIELDS: dict[str, Any] = {
    "tanggal": {"label": "Tanggal", "type": "date"},
    "saat": {"label": "Saat", "type": "datetime"},
    "urgensi": {"label": "Urgensi", "type": "choice", "choices": ["biasa", "segera"]},
}


def wib(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=OFFICE_ZONE)


def limited(begin: Begin, **clock: Any) -> Desk:
    """Start a case with one clock; it is Tuesday, 10 November 2026, 8.00."""
    spec = {"id": "batas", "from": "terima", "to": "tutup", "limit": "3 hari kerja", **clock}
    return begin(steps=STEPS, fields=FIELDS, clocks=[spec])


def the_clock() -> Clock:
    return Clock.objects.get()


def at(desk: Desk, text: str) -> Desk:
    desk.at = wib(text) - timedelta(minutes=1)
    return desk


def test_a_clock_runs_from_one_step_to_another(begin: Begin) -> None:
    desk = limited(begin)
    assert (the_clock().started_at, the_clock().due_at) == (MORNING, wib("2026-11-13T16:30"))
    for step, by in (("isi", "staf"), ("tunggu", "kasubag"), ("tutup", "kepala")):
        desk.do(step, by)
    assert (the_clock().state, the_clock().stopped_at) == (Clock.State.MET, desk.at)


def test_a_clock_that_stops_after_its_end_was_late(begin: Begin) -> None:
    desk = limited(begin, to="isi", limit="1 jam")
    at(desk, "2026-11-10T09:01").do("isi")
    assert the_clock().state == Clock.State.LATE


def test_a_loop_does_not_start_a_running_clock_again(begin: Begin) -> None:
    back = {
        "id": "tunggu",
        "by": "kasubag",
        "decides": "Memeriksa",
        "outcomes": {"Ya": "tutup", "Tidak": "isi"},
    }
    clocks = [{"id": "batas", "from": "isi", "to": "tutup", "limit": "3 hari kerja"}]
    desk = begin(steps=[STEPS[0], back, STEPS[2]], fields=FIELDS, clocks=clocks)
    desk.do("isi")
    first = the_clock().started_at
    desk.do("tunggu", "kasubag", outcome="Tidak")
    desk.do("isi")
    assert the_clock().started_at == first


@pytest.mark.parametrize(
    ("day", "limit", "end"),
    [
        ("2026-11-10", "2 hari kerja", "2026-11-12T16:00"),
        ("2026-11-14", "2 hari kerja", "2026-11-17T16:00"),  # a Saturday
        ("2026-11-14", "4 jam", "2026-11-16T11:30"),
        ("2026-11-14", "24 jam berjalan", "2026-11-15T00:00"),
    ],
)
def test_a_date_starts_a_clock_at_the_beginning_of_that_day_off_or_not(
    begin: Begin, day: str, limit: str, end: str
) -> None:
    desk = limited(begin, **{"from": {"field": "tanggal"}}, limit=limit)
    assert not Clock.objects.exists()
    desk.do("isi", tanggal=day)
    assert the_clock().started_at == wib(f"{day}T00:00")
    assert the_clock().due_at == wib(end)


def test_an_instant_starts_a_clock_at_that_instant(begin: Begin) -> None:
    desk = limited(begin, **{"from": {"field": "saat"}}, limit="2 jam")
    desk.do("isi", saat="10-11-2026 11.00")
    assert the_clock().due_at == wib("2026-11-10T14:00")


def test_a_field_left_empty_starts_nothing(begin: Begin) -> None:
    desk = limited(begin, **{"from": {"field": "tanggal"}})
    desk.do("isi", tanggal="")
    assert not Clock.objects.exists()


def test_a_new_date_moves_the_clock(begin: Begin) -> None:
    back = {
        "id": "tunggu",
        "by": "kasubag",
        "decides": "Memeriksa",
        "outcomes": {"Ya": "tutup", "Tidak": "isi"},
    }
    clocks = [{"id": "batas", "from": {"field": "tanggal"}, "to": "tutup", "limit": "3 hari"}]
    desk = begin(steps=[STEPS[0], back, STEPS[2]], fields=FIELDS, clocks=clocks)
    desk.do("isi", tanggal="2026-11-10")
    desk.do("tunggu", "kasubag", outcome="Tidak")
    desk.do("isi", tanggal="2026-11-12")
    assert the_clock().due_at == wib("2026-11-15T23:59:59")


def test_an_event_starts_a_clock(begin: Begin, acts: Behaviour) -> None:
    acts.automatic("umumkan")(lambda _situation: Done(events=("diumumkan",)))
    clock = {"id": "batas", "from": {"event": "diumumkan"}, "to": "tutup", "limit": "7 hari"}
    first = {**STEPS[0], "auto": "umumkan"}
    desk = begin(steps=[first, *STEPS[1:]], fields=FIELDS, clocks=[clock])
    assert not Clock.objects.exists()
    desk.do("isi")
    assert the_clock().started_at == desk.at


def test_a_clock_runs_only_if_its_condition_holds(begin: Begin) -> None:
    desk = limited(begin, **{"from": "isi", "if": "urgensi == 'segera'"})
    desk.do("isi", urgensi="biasa")
    assert not Clock.objects.exists()


def test_a_limit_is_chosen_by_a_field(begin: Begin) -> None:
    limit = {"by": "urgensi", "choose": {"biasa": "3 hari kerja", "segera": "2 jam"}}
    desk = limited(begin, **{"from": "isi"}, limit=limit)
    desk.do("isi", urgensi="segera")
    assert the_clock().due_at == wib("2026-11-10T10:01")


def test_a_clock_may_end_at_what_a_rule_computes(begin: Begin, acts: Behaviour) -> None:
    acts.deadline("batas")(lambda situation: situation.values.get("saat"))
    desk = limited(begin, **{"from": "isi"}, limit={"rule": "contoh.batas"})
    desk.do("isi", saat="20-11-2026 12.00")
    assert the_clock().due_at == wib("2026-11-20T12:00")


def test_a_value_that_changes_moves_the_end_that_depends_on_it(begin: Begin) -> None:
    limit = {"by": "urgensi", "choose": {"biasa": "3 hari kerja", "segera": "2 jam"}}
    steps = [STEPS[0], {**STEPS[1], "asks": ["urgensi"]}, STEPS[2]]
    clocks = [{"id": "batas", "from": "isi", "to": "tutup", "limit": limit}]
    desk = begin(steps=steps, fields=FIELDS, clocks=clocks)
    desk.do("isi", urgensi="biasa")
    assert the_clock().due_at == wib("2026-11-13T16:30")
    desk.do("tunggu", "kasubag", urgensi="segera")
    assert the_clock().due_at == wib("2026-11-10T10:01")


@pytest.mark.parametrize(
    ("limit", "paused", "resumed", "end"),
    [
        ("3 hari kerja", "2026-11-11T10:00", "2026-11-16T10:00", "2026-11-18T16:00"),
        (
            "3 hari kerja",
            "2026-11-13T10:00",
            "2026-11-14T10:00",
            "2026-11-16T16:00",
        ),  # resumed on a day off, 0 days left
        ("3 hari kerja", "2026-11-13T10:00", "2026-11-16T17:00", "2026-11-17T16:00"),  # after closing
        ("6 jam", "2026-11-10T10:00", "2026-11-11T14:00", "2026-11-12T09:30"),
        ("6 jam", "2026-11-10T10:00", "2026-11-14T14:00", "2026-11-16T11:30"),
        ("48 jam berjalan", "2026-11-10T10:00", "2026-11-14T10:00", "2026-11-16T08:00"),
        ("10 hari", "2026-11-12T10:00", "2026-11-17T10:00", "2026-11-25T23:59:59"),
    ],
)
def test_a_paused_clock_goes_on_with_what_was_left(
    begin: Begin, limit: str, paused: str, resumed: str, end: str
) -> None:
    desk = limited(begin, limit=limit)
    person = desk.office.staf
    actions.pause_clock(the_clock().pk, person, "menunggu berkas", wib(paused))
    assert the_clock().state == Clock.State.PAUSED
    assert sweep.sweep(wib("2027-01-04T08:00"))["breached"] == 0
    actions.resume_clock(the_clock().pk, person, "berkas lengkap", wib(resumed))
    assert (the_clock().state, the_clock().due_at) == (Clock.State.RUNNING, wib(end))
    kinds = list(desk.case.events.filter(kind__startswith="clock").values_list("kind", "data__reason"))
    assert kinds == [("clock-paused", "menunggu berkas"), ("clock-resumed", "berkas lengkap")]


def test_a_clock_that_was_late_before_its_pause_stays_late(begin: Begin) -> None:
    desk = limited(begin, limit="1 jam")
    end = the_clock().due_at
    actions.pause_clock(the_clock().pk, desk.office.staf, "x", wib("2026-11-11T10:00"))
    actions.resume_clock(the_clock().pk, desk.office.staf, "x", wib("2026-11-13T10:00"))
    assert the_clock().due_at == end


def test_a_rule_s_end_keeps_its_pauses_when_values_change(begin: Begin, acts: Behaviour) -> None:
    acts.deadline("batas")(lambda situation: situation.values.get("saat"))
    steps = [STEPS[0], {**STEPS[1], "asks": ["urgensi"]}, STEPS[2]]
    clocks = [{"id": "batas", "from": "isi", "to": "tutup", "limit": {"rule": "contoh.batas"}}]
    desk = begin(steps=steps, fields=FIELDS, clocks=clocks)
    desk.do("isi", saat="13-11-2026 16.30")
    actions.pause_clock(the_clock().pk, desk.office.kasubag, "x", wib("2026-11-11T10:00"))
    actions.resume_clock(the_clock().pk, desk.office.kasubag, "x", wib("2026-11-12T10:00"))
    moved = the_clock().due_at
    assert moved == wib("2026-11-16T16:00")
    at(desk, "2026-11-12T11:00").do("tunggu", "kasubag", urgensi="biasa")
    assert the_clock().due_at == moved


def test_a_clock_stands_still_while_a_step_is_open(begin: Begin) -> None:
    desk = limited(begin, pauses_at=["tunggu"])
    at(desk, "2026-11-10T09:00").do("isi")
    assert the_clock().state == Clock.State.PAUSED
    at(desk, "2026-11-12T09:00").do("tunggu", "kasubag")
    assert (the_clock().state, the_clock().due_at) == (Clock.State.RUNNING, wib("2026-11-17T16:00"))


def test_a_clock_goes_on_also_when_the_step_it_stood_still_for_times_out(begin: Begin) -> None:
    waiting = {**STEPS[1], "timeout": {"after": "2 hari kerja", "then": "tutup"}}
    clocks = [
        {"id": "batas", "from": "terima", "to": "tutup", "limit": "3 hari kerja", "pauses_at": ["tunggu"]}
    ]
    desk = begin(steps=[STEPS[0], waiting, STEPS[2]], fields=FIELDS, clocks=clocks)
    at(desk, "2026-11-10T09:00").do("isi")
    assert sweep.sweep(wib("2026-11-12T16:00"))["timed_out"] == 1
    assert the_clock().state == Clock.State.RUNNING


def test_a_clock_that_starts_while_the_step_is_open_stands_still_at_once(begin: Begin) -> None:
    steps = [
        {"id": "bagi", "then": ["tunggu", "isi"]},
        {"id": "tunggu", "by": "kasubag", "then": "tutup"},
        {"id": "isi", "then": "tutup"},
        {"id": "tutup", "by": "kepala", "joins": True, "then": "selesai"},
    ]
    clocks = [{"id": "batas", "from": "isi", "to": "tutup", "limit": "3 hari kerja", "pauses_at": ["tunggu"]}]
    desk = begin(steps=steps, clocks=clocks)
    desk.do("bagi")
    desk.do("isi")
    assert the_clock().state == Clock.State.PAUSED
    desk.do("tunggu", "kasubag")
    assert the_clock().state == Clock.State.RUNNING


def test_a_clock_is_extended_as_often_as_allowed_and_before_its_end(begin: Begin) -> None:
    desk = limited(begin, extension={"by": "7 hari kerja", "times": 1})
    clock, person = the_clock(), desk.office.staf
    with pytest.raises(Invalid) as refusal:
        actions.extend_clock(clock.pk, person, "  ", MORNING)
    assert set(refusal.value.errors) == {"reason"}
    actions.extend_clock(clock.pk, person, "belum dikuasai", MORNING)
    assert the_clock().due_at == wib("2026-11-24T16:00")
    assert desk.case.events.get(kind="clock-extended").data["reason"] == "belum dikuasai"
    with pytest.raises(Refused, match="as often"):
        actions.extend_clock(clock.pk, person, "lagi", MORNING)


def test_after_its_end_a_clock_is_not_extended(begin: Begin) -> None:
    desk = limited(begin, extension={"by": "7 hari kerja"})
    with pytest.raises(Refused, match="passed"):
        actions.extend_clock(the_clock().pk, desk.office.staf, "x", wib("2026-11-13T16:31"))


def test_an_extension_may_do_without_a_reason(begin: Begin) -> None:
    desk = limited(begin, extension={"by": "1 hari kerja", "reason_required": False})
    actions.extend_clock(the_clock().pk, desk.office.staf, "", MORNING)


def test_a_clock_without_extension_is_not_extended(begin: Begin) -> None:
    desk = limited(begin)
    with pytest.raises(Refused, match="cannot be extended"):
        actions.extend_clock(the_clock().pk, desk.office.staf, "x", MORNING)


def test_only_who_has_a_step_to_do_touches_a_clock(begin: Begin) -> None:
    desk = limited(begin)
    with pytest.raises(NotYours):
        actions.pause_clock(the_clock().pk, desk.office.kepala, "x", MORNING)
    with pytest.raises(NotFound):
        actions.pause_clock(0, desk.office.staf, "x", MORNING)


def test_a_passed_limit_is_told_once(begin: Begin, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(
        hooks, "on_clock_breached", [lambda _case, clock, _items, _at: told.append(clock.clock)]
    )
    desk = limited(begin, silence="dianggap setuju")
    end = the_clock().due_at
    assert sweep.sweep(end)["breached"] == 0
    later = end + timedelta(minutes=1)
    assert [sweep.sweep(later)["breached"] for _ in range(2)] == [1, 0]
    assert told == ["batas"]
    event = desk.case.events.get(kind="clock-breached")
    assert event.data["silence"] == "dianggap setuju"
    assert event.actor is None


def test_a_case_that_cannot_be_swept_keeps_no_other_waiting(
    begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = limited(begin)
    other = actions.start("contoh", desk.office.staf, MORNING, values={})

    def fail_for_the_first(case: Any, *_rest: Any) -> None:
        if case == desk.case:
            raise RuntimeError

    monkeypatch.setattr(hooks, "on_clock_breached", [fail_for_the_first])
    done = sweep.sweep(wib("2026-11-20T08:00"))
    assert (done["breached"], done["failed"]) == (1, 1)
    assert other.clocks.get().breached_at is not None
    assert desk.case.clocks.get().breached_at is None


def test_cancelling_a_case_stops_its_clocks(begin: Begin) -> None:
    desk = limited(begin)
    actions.cancel(desk.case.pk, desk.office.staf, "salah", desk.at)
    assert the_clock().state == Clock.State.MET


def test_a_clock_of_the_whole_case_ends_when_every_row_has_come(begin: Begin) -> None:
    table = {"label": "P", "type": "table", "columns": {"kepada": {"label": "K", "type": "assignee"}}}
    steps = [
        {"id": "bagi", "asks": ["penerima"]},
        {"id": "kerja", "by": "penerima", "for_each": "penerima"},
        {"id": "lapor", "by": "penerima"},
        {"id": "himpun", "by": "kepala", "gathers": "kerja", "then": "selesai"},
    ]
    clocks = [
        {"id": "jawab", "from": "bagi", "to": "lapor", "limit": "5 hari kerja"},
        {"id": "tiap", "from": "kerja", "to": "lapor", "limit": "2 hari kerja"},
    ]
    desk = begin(
        steps=steps,
        fields={"penerima": table},
        clocks=clocks,
        performers={"penerima": {"title": "Penerima", "is": "each kepada"}},
    )
    lanes = {"1": "kasubag", "2": "sekretaris"}
    desk.do("bagi", penerima=[{"kepada": f"position:{lane}"} for lane in lanes.values()])
    for path, lane in lanes.items():
        desk.do("kerja", lane, instance=path)
    desk.do("lapor", "kasubag", instance="1")
    assert dict(Clock.objects.filter(clock="tiap").values_list("instance", "state")) == {
        "1": "tepat",
        "2": "jalan",
    }
    assert Clock.objects.get(clock="jawab").state == Clock.State.RUNNING
    desk.do("lapor", "sekretaris", instance="2")
    assert not Clock.objects.filter(state=Clock.State.RUNNING).exists()


def test_a_step_done_by_two_stops_its_clock_when_both_have_done_it(begin: Begin) -> None:
    both = {"id": "teken", "by": ["kasubag", "sekretaris"]}
    clocks = [{"id": "batas", "from": "terima", "to": "teken", "limit": "3 hari kerja"}]
    desk = begin(steps=[both, {"id": "tutup", "then": "selesai"}], clocks=clocks)
    for lane, state in (("kasubag", "jalan"), ("sekretaris", "tepat")):
        item = desk.case.work_items.get(step="teken", lane=lane)
        actions.complete(item.pk, item.revision, desk.office.people[lane], {}, desk.at)
        assert the_clock().state == state


def test_the_day_of_a_clock_is_the_office_s_own(begin: Begin) -> None:
    desk = limited(begin, **{"from": {"field": "tanggal"}}, limit="1 hari")
    desk.do("isi", tanggal=date(2026, 11, 10))
    assert the_clock().due_at == wib("2026-11-11T23:59:59")
