"""Running cases move to another version of their procedure, after a preview, or stay with every reason told."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from laksana.cases import actions, sweep
from laksana.cases.actions import preview_migration
from laksana.cases.behaviour import Behaviour, Done
from laksana.cases.errors import NotYours, Refused
from laksana.cases.models import Case, Clock, SopVersion
from laksana.cases.tests.conftest import Desk, definition, install
from laksana.people.models import Person
from laksana.worktime.zone import OFFICE_ZONE

Begin = Callable[..., Desk]
FIRST = {"id": "terima"}
STEPS: list[dict[str, Any]] = [
    {"id": "isi", "asks": ["jumlah"]},
    {"id": "periksa", "by": "kasubag"},
    {"id": "tutup", "by": "kepala", "then": "selesai"},
]
FIELDS: dict[str, Any] = {"jumlah": {"label": "Jumlah", "type": "number"}}
FORK: list[dict[str, Any]] = [
    {"id": "bagi", "then": ["kiri", "kanan"]},
    {"id": "kiri", "then": "gabung"},
    {"id": "kanan", "by": "kasubag", "then": "gabung"},
    {"id": "gabung", "by": "kepala", "joins": True, "then": "selesai"},
]


def second(steps: list[dict[str, Any]], **parts: Any) -> SopVersion:
    """Put the second version of the procedure in force."""
    return install(definition(version=2, steps=[FIRST, *steps], **{"fields": FIELDS, **parts}))


def obstacles(desk: Desk, to: SopVersion) -> str:
    return "\n".join(preview_migration(desk.case, to).obstacles)


def moved(desk: Desk, to: SopVersion, by: Person) -> Desk:
    preview = preview_migration(desk.case, to)
    assert preview.possible, preview.obstacles
    desk.case = actions.migrate(desk.case.pk, to, by, desk.at)
    return desk


def test_a_case_goes_on_by_the_new_version(begin: Begin, administrator: Person) -> None:
    desk = begin(steps=STEPS, fields=FIELDS)
    desk.do("isi", jumlah=3)
    to = second([STEPS[0], {**STEPS[1], "by": "sekretaris", "time": "2 hari kerja"}, STEPS[2]])
    moved(desk, to, administrator)
    item = desk.item("periksa")
    assert (item.lane, item.desk) == ("sekretaris", "position:sekretaris")
    assert item.due_at == datetime(2026, 11, 12, 16, tzinfo=OFFICE_ZONE)
    assert desk.case.events.get(kind="migrated").data == {"from": 1, "to": 2}
    desk.do("periksa", "sekretaris")
    assert desk.do("tutup", "kepala").state == Case.State.ENDED


def test_a_delegated_step_stays_where_it_is(begin: Begin, administrator: Person) -> None:
    desk = begin(steps=STEPS, fields=FIELDS)
    item = desk.item("isi")
    actions.delegate(item.pk, item.revision, desk.office.staf, desk.office.staf2, desk.at)
    moved(desk, second(STEPS), administrator)
    assert desk.item("isi").desk == f"person:{desk.office.staf2.pk}"


def test_only_an_administrator_moves_cases(begin: Begin) -> None:
    desk = begin(steps=STEPS, fields=FIELDS)
    with pytest.raises(NotYours):
        actions.migrate(desk.case.pk, second(STEPS), desk.office.kepala, desk.at)


def test_every_obstacle_is_named_and_nothing_changes(begin: Begin, administrator: Person) -> None:
    clocks = [{"id": "batas", "from": "terima", "to": "tutup", "limit": "3 hari kerja"}]
    desk = begin(steps=STEPS, fields=FIELDS, clocks=clocks)
    desk.do("isi", jumlah=3)
    to = second(
        [{"id": "isi", "asks": ["lain"]}, STEPS[2]], fields={"lain": {"label": "Lain", "type": "text"}}
    )
    told = obstacles(desk, to)
    for words in ("stands at step periksa", "time limit batas", "field jumlah"):
        assert words in told
    with pytest.raises(Refused, match="periksa"):
        actions.migrate(desk.case.pk, to, administrator, desk.at)
    assert Case.objects.get().sop.version == 1


def test_versions_of_other_procedures_and_the_same_one_are_no_way(begin: Begin) -> None:
    desk = begin(steps=STEPS, fields=FIELDS)
    other = install(definition("lain", steps=[FIRST, *STEPS], fields=FIELDS))
    assert "another procedure" in obstacles(desk, other)
    assert "already" in obstacles(desk, desk.case.sop)
    actions.cancel(desk.case.pk, desk.office.staf, "x", desk.at)
    desk.case.refresh_from_db()
    assert "no longer running" in obstacles(desk, second(STEPS))


@pytest.mark.parametrize(
    ("spec", "fits"),
    [
        ({"type": "number", "max": 10}, True),
        ({"type": "money"}, False),
        ({"type": "text"}, False),
    ],
)
def test_what_was_given_must_fit_the_new_fields(begin: Begin, spec: dict[str, Any], fits: bool) -> None:
    desk = begin(steps=STEPS, fields=FIELDS)
    desk.do("isi", jumlah=3)
    to = second(STEPS, fields={"jumlah": {"label": "Jumlah", **spec}})
    assert ("field jumlah" not in obstacles(desk, to)) is fits


def test_a_choice_that_is_no_longer_offered_is_an_obstacle(begin: Begin) -> None:
    choice = {"label": "Jenis", "type": "choice", "choices": ["a", "b"]}
    steps = [{"id": "isi", "asks": ["jenis"]}, *STEPS[1:]]
    desk = begin(steps=steps, fields={"jenis": choice})
    desk.do("isi", jenis="b")
    assert preview_migration(desk.case, second(steps, fields={"jenis": choice})).possible
    fewer = install(
        definition(version=3, steps=[FIRST, *steps], fields={"jenis": {**choice, "choices": ["a"]}})
    )
    assert "field jenis" in obstacles(desk, fewer)


def test_a_case_in_two_branches_cannot_go_on_in_a_flow_without_them(begin: Begin) -> None:
    desk = begin(steps=FORK)
    desk.do("bagi")
    in_a_row = [{"id": "bagi"}, {"id": "kiri"}, {"id": "kanan", "by": "kasubag"}, {**FORK[3], "joins": False}]
    assert "could not end" in obstacles(desk, second(in_a_row, fields={}))


def test_a_case_in_a_row_cannot_go_on_inside_a_branch(begin: Begin) -> None:
    in_a_row = [{"id": "bagi"}, {"id": "kiri"}, {"id": "kanan", "by": "kasubag"}, {**FORK[3], "joins": False}]
    desk = begin(steps=in_a_row)
    desk.do("bagi")
    assert "could not end" in obstacles(desk, second(FORK, fields={}))


def test_a_case_whose_join_waits_moves_where_the_same_join_waits(begin: Begin, administrator: Person) -> None:
    desk = begin(steps=FORK)
    desk.do("bagi")
    desk.do("kiri")
    moved(desk, second([*FORK[:3], {**FORK[3], "by": "sekretaris"}], fields={}), administrator)
    desk.do("kanan", "kasubag")
    assert desk.do("gabung", "sekretaris").state == Case.State.ENDED


ROWS: dict[str, Any] = {
    "fields": {
        "penerima": {"label": "P", "type": "table", "columns": {"kepada": {"label": "K", "type": "assignee"}}}
    },
    "performers": {"penerima": {"title": "Penerima", "is": "each kepada"}},
}
SPREAD: list[dict[str, Any]] = [
    {"id": "bagi", "asks": ["penerima"]},
    {"id": "kerja", "by": "penerima", "for_each": "penerima"},
    {"id": "lapor", "by": "penerima"},
    {"id": "himpun", "by": "kepala", "gathers": "kerja", "then": "selesai"},
]


def spread(begin: Begin) -> Desk:
    desk = begin(steps=SPREAD, **ROWS)
    desk.do("bagi", penerima=[{"kepada": "position:kasubag"}, {"kepada": "position:sekretaris"}])
    desk.do("kerja", "kasubag", instance="1")
    return desk


def test_rows_on_their_way_move_with_the_case(begin: Begin, administrator: Person) -> None:
    desk = spread(begin)
    longer = [*SPREAD[:3], {"id": "paraf", "by": "penerima"}, SPREAD[3]]
    moved(desk, second(longer, **ROWS), administrator)
    assert desk.open == ["kerja@2", "lapor@1"]
    desk.do("lapor", "kasubag", instance="1")
    assert desk.open == ["kerja@2", "paraf@1"]


def test_rows_do_not_move_to_where_they_could_not_be_gathered(begin: Begin) -> None:
    desk = spread(begin)
    gathered_before = [
        *SPREAD[:2],
        {**SPREAD[3], "then": "lapor"},
        {"id": "lapor", "by": "kepala", "then": "selesai"},
    ]
    assert "could not be gathered" in obstacles(desk, second(gathered_before, **ROWS))
    plain = [{"id": "bagi", "asks": ["penerima"]}, {"id": "kerja"}, {"id": "lapor", "then": "selesai"}]
    without = install(definition(version=3, steps=[FIRST, *plain], fields=ROWS["fields"]))
    assert "runs for several" in obstacles(desk, without)


def test_steps_together_do_not_change_their_lanes_under_way(begin: Begin) -> None:
    steps = [{"id": "teken", "by": ["kasubag", "sekretaris"]}, STEPS[2]]
    desk = begin(steps=steps)
    to = second([{"id": "teken", "by": ["kasubag", "kepala"]}, STEPS[2]], fields={})
    assert "together" in obstacles(desk, to)


def test_a_time_out_is_that_of_the_new_version(begin: Begin, administrator: Person) -> None:
    first = [{**STEPS[0], "timeout": {"after": "2 hari kerja", "then": "tutup"}}, *STEPS[1:]]
    desk = begin(steps=first, fields=FIELDS)
    timeout = desk.item("isi").timeout_at
    assert timeout is not None
    moved(desk, second(STEPS), administrator)
    assert sweep.sweep(timeout)["timed_out"] == 0
    assert desk.open == ["isi"]


def test_a_clock_gets_the_new_version_s_limit(begin: Begin, administrator: Person) -> None:
    clock = {"id": "batas", "from": "terima", "to": "tutup", "limit": "3 hari kerja"}
    desk = begin(steps=STEPS, fields=FIELDS, clocks=[clock])
    moved(desk, second(STEPS, clocks=[{**clock, "limit": "1 hari kerja"}]), administrator)
    assert Clock.objects.get().due_at == datetime(2026, 11, 11, 16, tzinfo=OFFICE_ZONE)


def test_a_step_that_the_system_does_now_is_done_at_once(
    begin: Begin, administrator: Person, acts: Behaviour
) -> None:
    acts.automatic("hitung")(lambda _situation: Done({"jumlah": Decimal(7)}))
    desk = begin(steps=STEPS, fields=FIELDS)
    system = {"performers": {"sistem": {"title": "Sistem", "is": "system"}}}
    by_system = {"id": "isi", "by": "sistem", "auto": "hitung"}
    fields = {"jumlah": {**FIELDS["jumlah"], "computed": True}}
    moved(desk, second([by_system, *STEPS[1:]], fields=fields, **system), administrator)
    assert desk.open == ["periksa"]
    assert Case.objects.get().data["jumlah"] == "7"
