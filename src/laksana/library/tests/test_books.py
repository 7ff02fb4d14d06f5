"""Every book that a procedure declares is kept: its own step writes it, in the worked examples or on a walk through the flow."""

from datetime import datetime
from pathlib import Path

import pytest
from django.db import transaction

from laksana.cases import behaviour
from laksana.cases.play import Scenario, play, read_script
from laksana.library.catalogue import entries, entry
from laksana.library.tests.generated import Data, Files
from laksana.library.tests.walking import Walk
from laksana.registers.models import Entry
from laksana.sop.definition import Procedure
from laksana.worktime.zone import OFFICE_ZONE

MONDAY = datetime(2026, 11, 2, 8, tzinfo=OFFICE_ZONE)
MOST_CASES = 40
PAPER = Path(__file__).parents[1] / "demo" / "berkas.pdf"
KEEPING = sorted(each.procedure.id for each in entries().values() if each.procedure.registers)
BOOKS_OF_THE_OFFICE = 191


def examples(procedure_id: str) -> tuple[list[Scenario], Path]:
    script = entry(procedure_id).folder / "scenarios.yaml"
    return read_script(script.read_text(encoding="utf-8"), str(script)), script.parent


def note(procedure: Procedure, found: dict[str, set[str]]) -> bool:
    """Note which steps wrote rows of each book; return whether every book has some."""
    rows = Entry.objects.filter(procedure=procedure.id, kind=Entry.Kind.ROW)
    for register, step in rows.values_list("register", "work_item__step").distinct():
        found.setdefault(register, set()).add(step)
    return len(found) == len(procedure.registers)


def written_in_examples(procedure: Procedure, found: dict[str, set[str]]) -> bool:
    """Play examples one by one until no book is left unwritten."""
    scenarios, folder = examples(procedure.id)
    for scenario in scenarios:
        with transaction.atomic():
            for _event in play(scenario, folder):
                pass
            whole = note(procedure, found)
            transaction.set_rollback(True)
        if whole:
            return True
    return False


def written_on_a_walk(procedure: Procedure, found: dict[str, set[str]]) -> bool:
    """Carry cases through the arcs that no example takes, until no book is left unwritten."""
    walk = Walk(procedure, Data(7, Files(PAPER.read_bytes())), MONDAY)
    walk.bare_behaviour()
    for _ in range(MOST_CASES):
        walk.carry_one()
        if note(procedure, found):
            return True
        if not walk.left:
            break
    return False


@pytest.mark.django_db
@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("procedure_id", KEEPING)
def test_no_book_stays_empty_and_its_own_step_writes_it(
    procedure_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    procedure = entry(procedure_id).procedure
    found: dict[str, set[str]] = {}
    if not written_in_examples(procedure, found):
        monkeypatch.setattr(behaviour, "_behaviours", dict(behaviour._behaviours))
        written_on_a_walk(procedure, found)
    assert found == {register.id: {register.at} for register in procedure.registers}


def test_all_procedures_keep_their_books() -> None:
    assert len(KEEPING) == len(entries())
    assert sum(len(each.procedure.registers) for each in entries().values()) == BOOKS_OF_THE_OFFICE
