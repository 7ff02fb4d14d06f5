"""The table of an SOP: out of a definition and back, what differs, what is wrong, and as a spreadsheet."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from laksana.sop.chart import lay_out
from laksana.sop.definition import END, as_data, as_yaml, load
from laksana.sop.revising import Row, Table, Way, differences, examine, table_of, with_rows
from laksana.sop.revising.difference import Kind
from laksana.sop.revising.names import new_id
from laksana.sop.revising.targets import read_targets, targets_text
from laksana.sop.revising.workbook import WorkbookError, from_xlsx, to_xlsx
from laksana.sop.tests.examples import procedure, step

BOOK = Path(__file__).parents[2] / "library"
DEFINITIONS: dict[str, dict[str, Any]] = {
    file.parent.name: as_data(load(file.read_text(encoding="utf-8"), str(file)))
    for file in sorted(BOOK.glob("*/*/sop.yaml"))
}
OFTEN = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)


def small(**changes: Any) -> dict[str, Any]:
    """Return a table of four rows: receive, decide, mend, end."""
    steps = [
        step("terima", does="Menerima surat"),
        step("periksa", decides="Memeriksa surat", outcomes={"Ya": "kirim", "Tidak": "perbaiki"}),
        step("perbaiki", does="Memperbaiki surat", then="periksa"),
        step("kirim", does="Mengirim surat", then=END),
    ]
    return as_data(procedure(steps=steps)) | changes


def with_changed(data: Mapping[str, Any], place: int, **changes: Any) -> dict[str, Any]:
    rows = list(table_of(data).rows)
    rows[place] = replace(rows[place], **changes)
    return with_rows(data, rows)


@st.composite
def changed_rows(draw: st.DrawFn, data: Mapping[str, Any]) -> tuple[Row, ...]:
    """Draw the rows of a definition as an officer may leave them: in any order, some gone, some new, some retyped."""
    rows = draw(st.permutations(table_of(data).rows)) if draw(st.booleans()) else table_of(data).rows
    kept = [row for row in rows if draw(st.integers(0, 9))]
    ids = [row.id for row in table_of(data).rows]
    for place in draw(st.lists(st.integers(0, len(kept)), max_size=3)):
        kept.insert(
            place, Row(new_id(draw(TEXTS), {row.id for row in kept} | set(ids)), activity=draw(TEXTS))
        )
    return tuple(draw(retyped(row, [*ids, END, "99", "hilang"])) for row in kept)


@st.composite
def retyped(draw: st.DrawFn, row: Row, targets: list[str]) -> Row:
    if draw(st.integers(0, 3)):
        return row
    to = st.lists(st.sampled_from(targets), max_size=3).map(tuple)
    decides = draw(st.booleans())
    labels = draw(st.lists(TEXTS, max_size=4, unique=True)) if decides else [""] * draw(st.integers(0, 1))
    return Row(
        id=row.id, activity=draw(TEXTS), decides=decides, by=row.by if draw(st.booleans()) else (),
        needs=tuple(draw(st.lists(TEXTS, max_size=3))), time=draw(st.sampled_from(["", "3 harii", "2 jam"])),
        gives=draw(TEXTS), note=draw(TEXTS), joins=draw(st.booleans()),
        ways=tuple(Way(label, draw(to)) for label in labels),
    )  # fmt: skip


def test_the_whole_book_is_here() -> None:
    assert len(DEFINITIONS) == 66


@pytest.mark.parametrize("name", DEFINITIONS)
def test_rows_put_back_into_their_definition_give_the_same_definition(name: str) -> None:
    data = DEFINITIONS[name]
    again = with_rows(data, table_of(data).rows)
    assert again == data
    assert load(as_yaml(again)) == load(as_yaml(data))


@OFTEN
@given(st.data())
def test_whatever_was_typed_into_rows_comes_back_from_the_definition(data: DataObject) -> None:
    definition = data.draw(st.sampled_from(list(DEFINITIONS.values())))
    rows = data.draw(changed_rows(definition))
    assert table_of(with_rows(definition, rows)).rows == rows


@OFTEN
@given(st.data())
def test_a_difference_names_every_row_that_came_went_or_changed_and_no_other(data: DataObject) -> None:
    definition = data.draw(st.sampled_from(list(DEFINITIONS.values())))
    rows = data.draw(changed_rows(definition))
    was, now = {row.id: row for row in table_of(definition).rows}, {row.id: row for row in rows}
    found = differences(definition, with_rows(definition, rows)).rows
    of = {kind: {change.id for change in found if change.kind is kind} for kind in Kind}
    assert of[Kind.ADDED] == now.keys() - was.keys()
    assert of[Kind.REMOVED] == was.keys() - now.keys()
    retyped_rows = {key for key in was.keys() & now.keys() if was[key] != now[key]}
    assert {change.id for change in found if change.kind is Kind.CHANGED and change.fields} == retyped_rows
    stayed = [key for key in now if key in was and key not in {c.id for c in found if c.moved}]
    assert stayed == [key for key in was if key in set(stayed)]


@OFTEN
@given(st.data())
def test_any_draft_is_examined_and_a_grave_finding_is_what_keeps_it_from_loading(data: DataObject) -> None:
    definition = data.draw(st.sampled_from(list(DEFINITIONS.values())))
    draft = with_rows(definition, data.draw(changed_rows(definition)))
    examined = examine(draft)
    assert all(finding.row is None or 0 <= finding.row < len(draft["steps"]) for finding in examined.findings)
    if not examined.grave:
        load(as_yaml(draft))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_draft_with_two_rows_and_two_performers_is_drawn(data: DataObject) -> None:
    short = [d for d in DEFINITIONS.values() if len(d["steps"]) < 13]
    draft = with_rows(definition := data.draw(st.sampled_from(short)), data.draw(changed_rows(definition)))
    drawn = examine(draft).drawn
    assert (drawn is None) == (len(draft["steps"]) < 2)
    if drawn:
        assert lay_out(drawn, paper="screen", lanes_only=True)


@pytest.mark.parametrize("name", DEFINITIONS)
def test_a_procedure_of_the_book_has_no_grave_finding(name: str) -> None:
    assert [finding for finding in examine(DEFINITIONS[name]).findings if finding.grave] == []


@pytest.mark.parametrize(
    ("changes", "part", "said"),
    [
        ({"activity": " "}, "activity", "what is done"),
        ({"by": ()}, "by", "who does"),
        ({"by": ("tamu",)}, "by", "tamu is no performer"),
        ({"needs": ()}, "needs", "what is needed"),
        ({"time": "3 harii"}, "time", "such as 30 menit"),
        ({"gives": ""}, "gives", "comes out"),
        ({"ways": (Way("", ("9",)),)}, "ways", "no row 9"),
        ({"ways": (Way("", ("lama",)),)}, "ways", "leads to lama"),
        ({"ways": (Way("", (END, "kirim")),)}, "ways", "while another goes on"),
    ],
)
def test_what_is_wrong_with_a_cell_is_told_at_its_row(changes: dict[str, Any], part: str, said: str) -> None:
    examined = examine(with_changed(small(), 2, **changes))
    found = [(each.row, each.part, str(each.text)) for each in examined.findings if each.grave]
    assert [(row, where) for row, where, _text in found] == [(2, part)]
    assert said in found[0][2]
    assert examined.drawn is not None


def test_an_exit_without_name_or_aim_and_a_lonely_exit_are_told() -> None:
    examined = examine(with_changed(small(), 1, ways=(Way("", ()),)))
    said = [str(each.text) for each in examined.findings if each.row == 1]
    assert len(said) == 3
    assert {each.part for each in examined.findings if each.row == 1} == {"ways"}


def test_an_unsound_flow_is_told_at_its_row_by_numbers_of_rows() -> None:
    examined = examine(with_changed(small(), 3, ways=(Way("", ("terima",)),)))
    [finding] = [each for each in examined.findings if each.grave]
    assert finding.row is not None
    assert "baris-" in str(finding.text)
    assert "terima" not in str(finding.text)


def test_advice_is_told_at_the_row_and_is_not_grave() -> None:
    examined = examine(with_changed(small(), 0, activity="Surat diterima"))
    assert examined.grave == 0
    assert [(each.row, each.part) for each in examined.findings if "R6" in str(each.text)] == [
        (0, "activity")
    ]


def test_a_removed_step_that_a_paper_needs_is_told_for_the_whole() -> None:
    data = small(documents=[{"id": "surat", "title": "Surat", "form": "surat", "at": "perbaiki"}])
    rows = [row for row in table_of(data).rows if row.id != "perbaiki"]
    found = examine(with_rows(data, rows)).findings
    assert any(each.row is None and each.where[:2] == ("documents", 0) for each in found)


def test_what_a_row_does_not_show_stays_with_it() -> None:
    data = small()
    data["steps"][0] |= {"asks": ["hal"]}
    data["steps"][1]["outcomes"]["Ya"] = {"then": ["kirim"], "allowed_if": "hal == 'a'"}
    moved = with_rows(data, reversed(table_of(data).rows))
    assert moved["steps"][3]["asks"] == ["hal"]
    assert moved["steps"][2]["outcomes"]["Ya"]["allowed_if"] == "hal == 'a'"


def test_a_condition_stays_with_its_exit_when_that_is_relabelled() -> None:
    data = small()
    data["steps"][1]["outcomes"]["Ya"] = {"then": ["kirim"], "allowed_if": "hal == 'a'"}
    renamed = with_changed(data, 1, ways=(Way("Layak", ("kirim",)), Way("Tidak", ("perbaiki",))))
    assert renamed["steps"][1]["outcomes"] == {
        "Layak": {"then": ["kirim"], "allowed_if": "hal == 'a'"},
        "Tidak": {"then": ["perbaiki"]},
    }


def test_a_row_that_comes_to_decide_leads_on_as_before_at_its_first_exit() -> None:
    row = table_of(small()).rows[2]
    assert row.as_decision().ways == (Way("Ya", ("periksa",)), Way("Tidak", ()))
    assert row.as_decision().as_plain() == row


def test_a_difference_tells_cells_in_words_with_rows_by_number_and_name() -> None:
    before = small()
    changed = with_changed(before, 2, time="2 jam", ways=(Way("", ("kirim",)),), by=("kasubag",))
    [change] = differences(before, changed).rows
    assert (change.kind, change.before, change.after, change.moved) == (Kind.CHANGED, 3, 3, False)
    told = {each.part: (each.before, each.after) for each in change.fields}
    assert told["ways"] == ("2. Memeriksa surat", "4. Mengirim surat")
    assert told["time"][1] == "2 jam"
    assert set(told) == {"ways", "time", "by"}


def test_a_moved_row_and_the_place_of_a_removed_one_are_told() -> None:
    before = small()
    first, second, third, fourth = table_of(before).rows
    moved = differences(before, with_rows(before, [second, first, third, fourth])).rows
    assert [change.moved for change in moved] == [True]
    gone = differences(before, with_rows(before, [first, second, fourth])).rows
    assert [(each.kind, each.before, each.after) for each in gone] == [(Kind.REMOVED, 3, None)]


def test_changed_performers_and_other_parts_are_told_and_the_identity_is_not() -> None:
    before = small()
    lanes = {**before["performers"], "baru": {"title": "Arsiparis", "is": "position arsiparis"}}
    after = {**before, "performers": lanes, "summary": "Lain.", "identity": {}}
    found = differences(before, after)
    assert [(lane.lane, lane.before, lane.after) for lane in found.lanes] == [("baru", None, lanes["baru"])]
    assert found.others == ("summary",)


def test_targets_are_written_as_numbers_and_read_back_whatever_they_are() -> None:
    ids = ["terima", "periksa"]
    to = ("periksa", END, "9", "hilang")
    assert targets_text(to, {"terima": 1, "periksa": 2}) == "2, selesai, 9, hilang"
    assert read_targets("2, Selesai ,9,, hilang", ids) == to


# -- as a spreadsheet --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", DEFINITIONS)
def test_the_rows_of_every_procedure_come_back_from_their_spreadsheet(name: str) -> None:
    table = table_of(DEFINITIONS[name])
    content = to_xlsx(table)
    assert from_xlsx(content, table) == table.rows
    assert from_xlsx(content, Table((), table.lanes)) == table.rows
    assert content == to_xlsx(table)


def edited(table: Table, **cells: Any) -> bytes:
    """Return the spreadsheet of a table in which these cells were typed anew."""
    book = openpyxl.load_workbook(BytesIO(to_xlsx(table)))
    for cell, value in cells.items():
        book.worksheets[0][cell] = value
    target = BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("cells", "cell", "said"),
    [
        ({"B1": "Langkah"}, "B1", "Kegiatan"),
        ({"A2": "2"}, "A3", "twice"),
        ({"C4": "syarat"}, "C4", "kegiatan or putusan"),
        ({"D2": "Tamu"}, "D2", "Tamu is no performer"),
        ({"F5": "3 harii"}, "F5", "30 menit"),
        ({"F5": 30}, "F5", "30 menit"),
        ({"G2": "=1+1"}, "G2", "formula"),
        ({"I4": "9"}, "I4", "number 9"),
        ({"I3": "4"}, "I3", "line of its own"),
        ({"I3": "Ya: 4\nYa: 3"}, "I3", "Ya stands here twice"),
        ({"I4": "Ya: 2"}, "I4", "Only a decision"),
        ({"I4": "2\n4"}, "I4", "commas"),
        ({"J2": "mungkin"}, "J2", "ya, or leave"),
        ({"K2": "Surat Masuk"}, "K2", "small letters"),
        ({"K3": "terima"}, "K3", "twice"),
    ],
)
def test_an_import_says_exactly_which_cell_is_wrong(cells: dict[str, Any], cell: str, said: str) -> None:
    table = table_of(small())
    with pytest.raises(WorkbookError) as refused:
        from_xlsx(edited(table, **cells), table)
    assert [fault.cell for fault in refused.value.faults] == [cell]
    assert said in str(refused.value.faults[0].text)


def test_every_wrong_cell_is_told_at_once_in_the_order_of_the_rows() -> None:
    table = table_of(small())
    with pytest.raises(WorkbookError) as refused:
        from_xlsx(edited(table, F5="x", D2="Tamu", I4="77"), table)
    assert [fault.cell for fault in refused.value.faults] == ["D2", "I4", "F5"]


def test_a_row_put_between_others_needs_no_number_and_no_code() -> None:
    table = table_of(small())
    first, *others = table.rows
    shifted = Table((first, replace(first, id="sela", activity="Mencatat surat"), *others), table.lanes)
    content = edited(shifted, A3=None, K3=None, A4="2", A5="3", A6="4", I4="Ya: 4\nTidak: 3", I5="2")
    rows = from_xlsx(content, table)
    assert [row.id for row in rows] == ["terima", "mencatat-surat", "periksa", "perbaiki", "kirim"]
    assert rows[2:] == table.rows[1:]


def test_a_text_that_looks_like_a_formula_is_written_as_text_and_comes_back() -> None:
    table = table_of(with_changed(small(), 0, activity="=HYPERLINK(1)", gives="+62", note="@a"))
    content = to_xlsx(table)
    sheet = openpyxl.load_workbook(BytesIO(content)).worksheets[0]
    assert {sheet[cell].data_type for cell in ("B2", "G2", "H2")} == {"s"}
    assert sheet["B2"].quotePrefix
    assert from_xlsx(content, table) == table.rows


@pytest.mark.parametrize("content", [b"", b"bukan zip", b"PK\x03\x04rusak"])
def test_a_file_that_is_no_spreadsheet_is_refused(content: bytes) -> None:
    with pytest.raises(WorkbookError, match="readable XLSX"):
        from_xlsx(content, Table())


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 3000), st.binary(min_size=1, max_size=40))
def test_a_damaged_spreadsheet_is_read_or_refused_and_never_a_fault(place: int, junk: bytes) -> None:
    table = table_of(small())
    content = to_xlsx(table)
    place %= len(content)
    with suppress(WorkbookError):
        from_xlsx(content[:place] + junk + content[place + len(junk) :], table)
