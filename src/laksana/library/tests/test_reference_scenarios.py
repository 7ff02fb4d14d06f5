"""That every worked example of the office's reference is held: played as a case, or tested as a rule with its figures."""

import ast
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

import laksana.library
from laksana.cases.play import read_script
from laksana.library.catalogue import entries
from laksana.library.tables import Row, Table

LIBRARY = Path(laksana.library.__file__).parent
PLAYED = "scenarios.yaml"


class Held(Row):
    """One example of the reference: of which procedure, its name there, and the file that holds it."""

    prosedur: str
    contoh: str
    dipegang_oleh: str
    """`scenarios.yaml` of the procedure, or a module of tests below the library."""


EXAMPLES = Table(__file__, "reference-scenarios.csv", Held)


@cache
def examples_played(procedure: str) -> frozenset[str]:
    """Return the names of the cases that a procedure's script plays."""
    script = entries()[procedure].folder / PLAYED
    return frozenset(each.id for each in read_script(script.read_text(encoding="utf-8"), str(script)))


@cache
def examples_tested(module: str) -> frozenset[str]:
    """Return PROCEDURE/EXAMPLE of all that tests of a module hold: those marked so that also assert something."""
    tree = ast.parse((LIBRARY / module).read_text(encoding="utf-8"))
    tests = [
        node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]
    return frozenset(
        str(argument.value)
        for test in tests
        if any(isinstance(node, ast.Assert) for node in ast.walk(test))
        for mark in test.decorator_list
        if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.reference"
        for argument in mark.args
        if isinstance(argument, ast.Constant)
    )


def test_the_list_names_examples_of_all_66_procedures_each_once() -> None:
    rows = EXAMPLES.rows()
    assert {row.prosedur for row in rows} == set(entries())
    assert [name for name, times in Counter((r.prosedur, r.contoh) for r in rows).items() if times > 1] == []
    assert len(rows) == 402


@pytest.mark.parametrize("procedure", sorted(entries()))
def test_every_example_of_the_reference_is_where_the_list_says(procedure: str) -> None:
    missing = [
        f"{row.contoh} ({row.dipegang_oleh})"
        for row in EXAMPLES.rows()
        if row.prosedur == procedure
        and (
            row.contoh not in examples_played(procedure)
            if row.dipegang_oleh == PLAYED
            else f"{procedure}/{row.contoh}" not in examples_tested(row.dipegang_oleh)
        )
    ]
    assert missing == []
