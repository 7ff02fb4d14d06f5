"""Whatever a file holds, it is taken as a draft that can be shown, or refused with its reasons."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from laksana.library.drafts.importing import NotTaken, exported_yaml, taken_from
from laksana.library.tatalaksana.penyusunan_sop.from_draft import fields_of
from laksana.sop.bpmn import to_bpmn
from laksana.sop.definition import as_data, load
from laksana.sop.revising import differences, examine, table_of
from laksana.sop.revising.workbook import to_xlsx

FILE = Path(__file__).parents[1] / "persuratan" / "surat_masuk" / "sop.yaml"
PROCEDURE = load(FILE.read_text(encoding="utf-8"))
DATA = as_data(PROCEDURE)
STRANGE = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=6), st.dates(), st.binary(max_size=4),
    st.lists(st.text(max_size=3), max_size=2), st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
)  # fmt: skip


def with_something_strange(data: Any, draw: Any) -> Any:
    """Return data in which one value, somewhere, is another."""
    if isinstance(data, dict) and data and draw(st.integers(0, 5)):
        key = draw(st.sampled_from(sorted(data)))
        return {**data, key: with_something_strange(data[key], draw)}
    if isinstance(data, list) and data and draw(st.integers(0, 5)):
        place = draw(st.integers(0, len(data) - 1))
        return [*data[:place], with_something_strange(data[place], draw), *data[place + 1 :]]
    return draw(STRANGE)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_definition_with_anything_in_it_is_shown_as_a_draft_or_refused(data: Any) -> None:
    changed = with_something_strange(DATA, data.draw)
    text = yaml.safe_dump(changed, allow_unicode=True)
    try:
        taken = taken_from("x.yaml", text.encode("utf-8", "replace"), DATA).data
    except NotTaken:
        return
    examine(taken)
    differences(DATA, taken)
    to_xlsx(table_of(taken))
    fields_of(taken)
    assert taken["identity"] == DATA["identity"]


def test_dates_of_a_draft_that_is_no_definition_yet_stay_dates_in_words() -> None:
    text = (
        exported_yaml({**DATA, "summary": "", "since": "x"}).decode().replace("since: x", "since: 2026-01-05")
    )
    assert taken_from("x.yaml", text.encode(), DATA).data["since"] == date(2026, 1, 5).isoformat()


def test_our_own_bpmn_gives_the_whole_definition_back() -> None:
    taken = taken_from("x.bpmn", to_bpmn(PROCEDURE).encode(), {**DATA, "steps": []})
    assert (taken.data, taken.left_out) == (DATA, ())


def test_bpmn_of_another_program_gives_rows_and_performers_and_leaves_the_rest() -> None:
    foreign = b"""<?xml version="1.0"?><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
    <process id="p" name="Lain"><startEvent id="s"/><task id="a" name="Menerima"/><task id="b" name="Menjawab"/><endEvent id="e"/>
    <sequenceFlow id="1" sourceRef="s" targetRef="a"/><sequenceFlow id="2" sourceRef="a" targetRef="b"/>
    <sequenceFlow id="3" sourceRef="b" targetRef="e"/></process></definitions>"""
    taken = taken_from("lain.bpmn", foreign, DATA).data
    assert [row.activity for row in table_of(taken).rows] == ["Menerima", "Menjawab"]
    assert (taken["id"], taken["fields"]) == (DATA["id"], DATA["fields"])


def test_a_file_larger_than_any_sop_is_refused_unread() -> None:
    with pytest.raises(NotTaken, match="2 MB"):
        taken_from("x.yaml", b" " * 2_000_001, DATA)


def test_more_rows_than_any_sop_has_are_refused() -> None:
    steps = [{**DATA["steps"][0], "id": f"langkah-{place}"} for place in range(101)]
    with pytest.raises(NotTaken, match="100"):
        taken_from("x.yaml", exported_yaml({**DATA, "steps": steps}), DATA)
