"""The event log of cases: one event for each finished step, in both formats, without personal data."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import etree

from laksana.cases import actions, sweep
from laksana.cases.errors import NotFound
from laksana.cases.models import WorkItem
from laksana.cases.tests.conftest import MORNING, Desk, definition, install
from laksana.measurement.eventlog import reading
from laksana.measurement.services import LogFormat, write_log
from laksana.worktime.zone import OFFICE_ZONE

Begin = Callable[..., Desk]
XES = "{http://www.xes-standard.org/}"
LATER = datetime(2027, 1, 1, tzinfo=OFFICE_ZONE)
STEPS: list[dict[str, Any]] = [
    {"id": "isi", "asks": ["keluhan"]},
    {
        "id": "periksa",
        "by": "kasubag",
        "decides": "Memeriksa",
        "outcomes": {"Ya": "selesai", "Tidak": "isi"},
    },
]
FIELDS: dict[str, Any] = {"keluhan": {"label": "Keluhan", "type": "text"}}
ROWS: dict[str, Any] = {
    "bidang": {
        "label": "Bidang",
        "type": "table",
        "columns": {"kepada": {"label": "Kepada", "type": "assignee"}},
    }
}
SPREAD: list[dict[str, Any]] = [
    {"id": "bagi", "asks": ["bidang"]},
    {"id": "kerja", "by": "penerima", "for_each": "bidang"},
    {"id": "himpun", "by": "kasubag", "gathers": "kerja", "then": "selesai"},
]
LAST: dict[str, Any] = {"id": "akhir", "then": "selesai"}
EACH: dict[str, Any] = {"penerima": {"title": "Penerima", "is": "each kepada"}}


def written(form: LogFormat, *, since: datetime | None = None, named: bool = False) -> bytes:
    target = BytesIO()
    write_log("contoh", target, form, since=since, until=LATER, named=named)
    return target.getvalue()


def attributes(element: Any) -> dict[str, str]:
    """Return the attributes of a log, trace or event by key."""
    return {child.get("key"): child.get("value") for child in element if child.get("key")}


def traces() -> list[list[dict[str, str]]]:
    log = etree.fromstring(written("xes"))
    return [[attributes(event) for event in trace.iter(f"{XES}event")] for trace in log.iter(f"{XES}trace")]


def events() -> list[tuple[str, str, str | None]]:
    """Return step, transition and outcome of the events of the only case."""
    (trace,) = traces()
    return [(event["step"], event["lifecycle:transition"], event.get("outcome")) for event in trace]


def objects_and_events() -> tuple[dict[str, dict[str, Any]], list[dict[str, Any]]]:
    log = json.loads(written("ocel"))
    found = {thing["id"]: thing for thing in log["objects"]}
    assert len(found) == len(log["objects"])
    return found, log["events"]


def values(thing: dict[str, Any]) -> dict[str, Any]:
    return {each["name"]: each["value"] for each in thing["attributes"]}


def related(thing: dict[str, Any]) -> list[tuple[str, str]]:
    return [(each["objectId"], each["qualifier"]) for each in thing["relationships"]]


def handled(begin: Begin) -> Desk:
    """Carry one case to its end, over one round back."""
    desk = begin(steps=STEPS, fields=FIELDS)
    for outcome in ("Tidak", "Ya"):
        desk.do("isi", keluhan="anak saya sakit")
        desk.do("periksa", "kasubag", outcome=outcome)
    return desk


def test_a_case_is_a_trace_with_one_event_for_each_finished_step(begin: Begin) -> None:
    handled(begin)
    assert events() == [
        ("terima", "complete", None),
        ("isi", "complete", None),
        ("periksa", "complete", "Tidak"),
        ("isi", "complete", None),
        ("periksa", "complete", "Ya"),
    ]


def test_an_event_tells_who_when_and_how_long_in_the_words_of_the_standard(begin: Begin) -> None:
    handled(begin)
    event = traces()[0][2]
    assert event["concept:name"] == "Memeriksa"
    assert datetime.fromisoformat(event["time:timestamp"]) == MORNING + timedelta(minutes=2)
    assert datetime.fromisoformat(event["opened"]) == MORNING + timedelta(minutes=1)
    assert event["minutes"] == "1"
    assert (event["org:resource"], event["org:role"], event["org:group"]) == ("Kasubag", "Kasubag", "Dinas")


def test_the_xes_stands_in_the_order_that_its_schema_wants(begin: Begin) -> None:
    handled(begin)
    log = etree.fromstring(written("xes"))
    assert log.tag == f"{XES}log"
    assert float(log.get("xes.version", "")) == 1849.2016
    kinds = [etree.QName(child).localname for child in log]
    order = ["extension", "global", "classifier", "string", "trace"]
    assert sorted(kinds, key=order.index) == kinds
    assert set(kinds) == set(order)
    prefixes = {extension.get("prefix") for extension in log.iter(f"{XES}extension")}
    keyed = {child.get("key", "") for child in log.iter() if ":" in child.get("key", "")}
    assert prefixes == {"concept", "time", "lifecycle", "org"} == {key.partition(":")[0] for key in keyed}
    for element in log.iter(f"{XES}trace", f"{XES}event"):
        keys = [child.get("key") for child in element if child.get("key")]
        assert len(keys) == len(set(keys))
    for scope in log.iter(f"{XES}global"):
        always = set(attributes(scope))
        assert all(always <= set(attributes(each)) for each in log.iter(f"{XES}{scope.get('scope')}"))


def test_what_was_typed_and_the_names_of_people_are_left_out(begin: Begin) -> None:
    desk = handled(begin)
    for form in ("xes", "ocel"):
        text = written(form).decode()
        assert "sakit" not in text
        for person in desk.office.people.values():
            assert person.name not in text
            assert person.nip not in text
            assert f"person:{person.pk}" not in text


def test_names_are_told_where_they_are_asked_for(begin: Begin) -> None:
    handled(begin)
    for form in ("xes", "ocel"):
        assert "Kasubag Contoh" in written(form, named=True).decode()


def test_a_step_of_several_is_one_event_when_the_last_has_done_it(begin: Begin) -> None:
    desk = begin(steps=[{"id": "rapat", "by": ["kasubag", "sekretaris"]}, LAST])
    for done, lane in enumerate(("sekretaris", "kasubag")):
        assert len(events()) == 1, f"after {done} of two"
        desk.do_item(WorkItem.objects.get(case=desk.case, step="rapat", lane=lane), lane)
    assert [step for step, _transition, _outcome in events()] == ["terima", "rapat"]
    assert traces()[0][1]["org:resource"] == "Sekretaris, Kasubag"


def test_a_decision_of_several_tells_what_they_came_to_and_not_the_last_answer(begin: Begin) -> None:
    lanes = ["kasubag", "sekretaris", "kepala"]
    outcomes = dict.fromkeys(("Ya", "Tidak", "Tunda"), "akhir")
    panel = {"id": "sidang", "by": lanes, "decides": "Memutus", "agree": "any", "outcomes": outcomes}
    desk = begin(steps=[panel, LAST])
    for lane, outcome in zip(lanes, ("Tidak", "Tidak", "Tunda"), strict=True):
        item = WorkItem.objects.get(case=desk.case, step="sidang", lane=lane)
        actions.complete(item.pk, item.revision, desk.office.people[lane], {}, desk.at, outcome=outcome)
    assert events()[1:] == [("sidang", "complete", "Tidak")]


def test_a_step_that_passes_by_itself_and_one_that_times_out_are_told_as_such(begin: Begin) -> None:
    steps = [
        {"id": "lewati", "skip_if": "true"},
        {"id": "tunggu", "timeout": {"after": "3 hari kerja", "then": "tegur"}, "then": "selesai"},
        {"id": "tegur", "by": "kasubag", "then": "selesai"},
    ]
    desk = begin(steps=steps)
    due = desk.item("tunggu").timeout_at
    assert due is not None
    sweep.sweep(due)
    assert events()[1:] == [("lewati", "autoskip", None), ("tunggu", "ate_abort", None)]


def test_a_step_taken_back_did_not_happen(begin: Begin) -> None:
    desk = begin(steps=STEPS, fields=FIELDS)
    desk.do("isi")
    actions.withdraw(WorkItem.objects.get(step="isi").pk, desk.office.staf, desk.at)
    assert events() == [("terima", "complete", None)]
    desk.at += timedelta(minutes=1)
    desk.do("isi")
    assert [step for step, _transition, _outcome in events()] == ["terima", "isi"]
    objects, happened = objects_and_events()
    assert len([thing for thing in objects.values() if thing["type"] == "work_item"]) == len(happened) == 2


def test_steps_of_rows_name_their_row_and_what_they_began_with(begin: Begin) -> None:
    desk = begin(steps=SPREAD, fields=ROWS, performers=EACH)
    desk.do("bagi", bidang=[{"kepada": "position:kasubag"}, {"kepada": "position:sekretaris"}])
    desk.do("kerja", "sekretaris", instance="2")
    desk.do("kerja", "kasubag", instance="1")
    second, first = traces()[0][2:]
    assert [(event["row"], event["rows"]) for event in (second, first)] == [("2", "2"), ("1", "2")]
    assert second["concept:instance"].split("/")[0] == first["concept:instance"].split("/")[0]
    objects, happened = objects_and_events()
    number = desk.case.number
    assert (f"{number}/row/2", "row") in related(happened[2])
    assert related(objects[f"{number}/row/2"]) == [(number, "row of")]


def test_rows_that_a_later_round_makes_are_counted_for_themselves(begin: Begin) -> None:
    again = {"id": "himpun", "by": "kasubag", "gathers": "kerja", "decides": "Menghimpun"}
    outcomes = {"Cukup": "selesai", "Kurang": "bagi"}
    desk = begin(steps=[*SPREAD[:2], {**again, "outcomes": outcomes}], fields=ROWS, performers=EACH)
    desk.do("bagi", bidang=[{"kepada": "position:kasubag"}, {"kepada": "position:sekretaris"}])
    for instance, by in (("1", "kasubag"), ("2", "sekretaris")):
        desk.do("kerja", by, instance=instance)
    desk.do("himpun", "kasubag", outcome="Kurang")
    desk.do("bagi", bidang=[{"kepada": "position:kasubag"}])
    desk.do("kerja", "kasubag", instance="3")
    worked = [event for event in traces()[0] if event["step"] == "kerja"]
    assert [(event["row"], event["rows"]) for event in worked] == [("1", "2"), ("2", "2"), ("3", "1")]


def test_a_log_tells_which_rows_are_waited_for(begin: Begin) -> None:
    waited = {**SPREAD[1], "for_each": {"field": "bidang", "waits_for": "kepada == 'position:kasubag'"}}
    desk = begin(steps=[SPREAD[0], waited, *SPREAD[2:]], fields=ROWS, performers=EACH)
    desk.do("bagi", bidang=[{"kepada": "position:kasubag"}, {"kepada": "position:sekretaris"}])
    desk.do("kerja", "sekretaris", instance="2")
    desk.do("kerja", "kasubag", instance="1")
    worked = [event for event in traces()[0] if event["step"] == "kerja"]
    assert [(event["row"], event["rows"], event["awaited"], event.get("optional")) for event in worked] == [
        ("2", "2", "1", "true"),
        ("1", "2", "1", None),
    ]


def test_where_no_row_is_waited_for_all_of_them_are(begin: Begin) -> None:
    waited = {**SPREAD[1], "for_each": {"field": "bidang", "waits_for": "kepada == 'position:kabid'"}}
    desk = begin(steps=[SPREAD[0], waited, *SPREAD[2:]], fields=ROWS, performers=EACH)
    desk.do("bagi", bidang=[{"kepada": "position:kasubag"}, {"kepada": "position:sekretaris"}])
    desk.do("kerja", "sekretaris", instance="2")
    desk.do("kerja", "kasubag", instance="1")
    worked = [event for event in traces()[0] if event["step"] == "kerja"]
    assert [(event["awaited"], event.get("optional")) for event in worked] == [("2", None), ("2", None)]


def test_the_objects_of_a_log_are_declared_and_all_that_are_named_are_there(begin: Begin) -> None:
    handled(begin)
    log = json.loads(written("ocel"))
    declared = {each["name"]: {a["name"] for a in each["attributes"]} for each in log["objectTypes"]}
    ids = {thing["id"] for thing in log["objects"]}
    assert {thing["type"] for thing in log["objects"]} <= set(declared)
    assert {event["type"] for event in log["events"]} <= {each["name"] for each in log["eventTypes"]}
    for thing in log["objects"]:
        assert values(thing).keys() <= declared[thing["type"]]
    for thing in (*log["objects"], *log["events"]):
        assert {id_ for id_, _qualifier in related(thing)} <= ids
    assert len({event["id"] for event in log["events"]}) == len(log["events"]) == 5


def test_a_case_that_a_step_starts_is_an_object_of_both_logs_and_a_trace_of_its_own_only(
    begin: Begin,
) -> None:
    install(definition("balasan", steps=[{"id": "tulis"}, {"id": "kirim"}, LAST]))
    desk = begin(steps=[{"id": "balas", "starts": {"procedure": "balasan"}}, LAST])
    desk.do("balas")
    objects, happened = objects_and_events()
    assert ("BALASAN/2026/0001", "starts") in related(happened[1])
    assert values(objects["BALASAN/2026/0001"])["procedure"] == "balasan"
    assert len(traces()) == 1
    target = BytesIO()
    write_log("balasan", target, "xes", since=None, until=LATER)
    assert (
        attributes(etree.fromstring(target.getvalue()).find(f"{XES}trace"))["started_by"] == desk.case.number
    )


def test_only_cases_that_began_in_the_period_are_told(begin: Begin) -> None:
    handled(begin)
    assert written("xes", since=MORNING).count(b"<trace>") == 1
    assert written("xes", since=MORNING + timedelta(minutes=1)).count(b"<trace>") == 0


def test_more_cases_take_no_more_queries_and_portions_do_not_show(
    begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = begin(steps=STEPS, fields=FIELDS)
    with CaptureQueriesContext(connection) as one:
        written("ocel")
    for _number in range(5):
        actions.start("contoh", desk.office.staf, desk.at, values={})
    with CaptureQueriesContext(connection) as six:
        whole = written("ocel")
    assert len(six) == len(one)
    monkeypatch.setattr(reading, "_AT_ONCE", 2)
    assert written("ocel") == whole


def test_a_procedure_that_nobody_knows_is_refused(db: None) -> None:
    with pytest.raises(NotFound, match="there is no procedure contoh"):
        written("xes")


def test_a_step_that_a_case_left_by_moving_to_another_version_keeps_its_text(begin: Begin) -> None:
    desk = begin(steps=[{"id": "isi"}, {"id": "lama"}, LAST])
    for step in ("isi", "lama"):
        desk.do(step)
    newer = [{"id": "terima"}, {"id": "isi"}, {"id": "baru"}, LAST]
    version = install(definition(steps=newer, version=2))
    desk.case.sop = version
    desk.case.save()
    names = [event["concept:name"] for event in traces()[0]]
    assert names == ["Mengerjakan terima", "Mengerjakan isi", "Mengerjakan lama"]
    log = json.loads(written("ocel"))
    assert {event["type"] for event in log["events"]} <= {each["name"] for each in log["eventTypes"]}
