"""YAML that is read with its lines, and refused with them."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laksana.sop.source import DefinitionError, read


def refused(text: str) -> list[str]:
    with pytest.raises(DefinitionError) as error:
        read(text, "sop.yaml")
    return [str(fault) for fault in error.value.faults]


def test_every_key_and_item_has_its_line() -> None:
    source = read("id: a\nsteps:\n  - id: b\n    needs:\n      - x\n      - y\n", "sop.yaml")
    assert source.line(("id",)) == 1
    assert source.line(("steps", 0, "id")) == 3
    assert source.line(("steps", 0, "needs", 1)) == 6


def test_what_is_not_in_the_file_has_the_line_of_what_it_is_part_of() -> None:
    source = read("id: a\nsteps:\n  - id: b\n", "sop.yaml")
    assert source.line(("steps", 0, "then")) == 3
    assert source.line(("data", "access")) == 1


def test_a_fault_writes_its_place_as_one_would() -> None:
    source = read("id: a\nsteps:\n  - id: b\n    then: c\n", "sop.yaml")
    assert str(source.fault(("steps", 0, "then"), "no")) == "sop.yaml:4: steps[0].then: no"


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("id: [", 1, "not readable as YAML"),
        ("id: a\n\tb: c", 2, "not readable as YAML"),
        ("id: a\nb: @c", 2, "not readable as YAML"),
        ("id: a\n---\nid: b", 2, "not readable as YAML"),
        ("id: !!python/object:os.system x", 1, "not readable as YAML"),
        ("id: a\nmade: 2026-13-45", 1, "not readable as YAML"),
        ("id: a\nother: *unknown", 2, "not readable as YAML"),
        ("id: a\nkind: b\nid: c", 3, "id: the key stands here a second time"),
        ("a:\n  b: 1\n  b: 2", 3, "a.b: the key stands here a second time"),
        ("- id", 1, "a definition is a mapping of keys"),
        ("", 1, "a definition is a mapping of keys"),
        ("just words", 1, "a definition is a mapping of keys"),
        ("[" * 5000, 1, "not readable as YAML"),
        ("a: &a [*a]", 1, "not readable as YAML"),
        ("a" * 1_000_001, 1, "longer than 1000000 characters"),
    ],
)
def test_broken_yaml_is_refused_with_its_line(text: str, line: int, reason: str) -> None:
    (fault,) = refused(text)
    assert fault.startswith(f"sop.yaml:{line}: {reason}")


@pytest.mark.parametrize("merge", [False, True])
def test_aliases_that_grow_without_end_are_refused_before_they_are_built(merge: bool) -> None:
    lines = ["a0: &a0 {x: 1}" if merge else "a0: &a0 [x, x]"]
    for number in range(1, 30):
        before = ", ".join([f"*a{number - 1}"] * 9)
        lines.append(f"a{number}: &a{number} " + (f"{{<<: [{before}]}}" if merge else f"[{before}]"))
    (fault,) = refused("\n".join(lines))
    assert "more than 100000 parts" in fault


def test_keys_may_be_merged_from_an_anchor() -> None:
    source = read("a: &a {x: 1, y: 2}\nb:\n  <<: *a\n  y: 3\n", "sop.yaml")
    assert source.data["b"] == {"x": 1, "y": 3}
    assert source.line(("b", "y")) == 4
    assert source.line(("b", "x")) == 2


@given(st.text(max_size=60))
def test_no_text_whatever_breaks_it(text: str) -> None:
    with suppress(DefinitionError):
        read(text, "sop.yaml")
