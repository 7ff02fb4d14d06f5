"""Two at once, forms sent twice, processes killed: every acknowledged action is there once, and nothing is half done."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from laksana.jobs.tests.office import Office, new_office

pytestmark = pytest.mark.fault
KILLS = 200
ROUNDS = 40


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A busy office on a database of its own, of the kind of DATABASE_URL."""
    with new_office(tmp_path_factory.mktemp("home"), LAKSANA_JOB_LEASE_SECONDS="1") as office:
        crowd(office, "set_up()")
        yield office


def crowd(office: Office, call: str, seconds: float = 200) -> list[Any]:
    """Call a function of `crowd` in a process of the office; return the lines of JSON that it printed."""
    printed = office.python(f"from laksana.cases.tests import crowd; crowd.{call}", seconds)
    return [json.loads(line) for line in printed.splitlines() if line.startswith("{")]


def report(office: Office, log: Path) -> dict[str, Any]:
    [found] = crowd(office, f"report({str(log)!r})")
    print(found)  # noqa: T201  (how much was done says how much was tried)
    return dict(found)


def test_of_two_who_do_one_step_at_once_one_wins_and_the_other_is_told_who(
    office: Office, tmp_path: Path
) -> None:
    rounds = crowd(office, f"race({ROUNDS}, same_key=False)")
    assert len(rounds) == ROUNDS
    for told in (sorted(round_["told"]) for round_ in rounds):
        assert told[0].startswith("done"), told
        assert told[1] == "late: Staf Contoh", told
    assert report(office, tmp_path / "none")["faults"] == []


def test_a_form_sent_twice_at_once_acts_once_and_both_are_answered_alike(
    office: Office, tmp_path: Path
) -> None:
    rounds = crowd(office, f"race({ROUNDS}, same_key=True)")
    assert len(rounds) == ROUNDS
    for told in (round_["told"] for round_ in rounds):
        assert told[0] == told[1]
        assert told[0].startswith(("done", "RAMAI/")), told
    assert report(office, tmp_path / "none")["faults"] == []


def test_nothing_acknowledged_is_lost_and_nothing_half_done_when_web_processes_are_killed(
    office: Office, tmp_path: Path
) -> None:
    log = tmp_path / "acknowledged"
    crowd(office, f"kill_often('form', {KILLS}, {str(log)!r}, 0.15)")
    found = report(office, log)
    assert found["faults"] == []
    assert found["acknowledged"] >= KILLS


def test_nothing_is_lost_done_twice_or_half_done_when_workers_are_killed(
    office: Office, tmp_path: Path
) -> None:
    none = tmp_path / "none"
    before = report(office, none)
    crowd(office, f"kill_often('worker', {KILLS}, {str(none)!r}, 0.15)")
    killed = report(office, none)
    assert killed["faults"] == []
    assert killed["done"] > before["done"] + KILLS
    assert killed["running"] > before["running"], "the last one killed had something to do"
    crowd(office, "finish_chains()")
    after = report(office, none)
    assert after["faults"] == []
    assert after["running"] == before["running"]
