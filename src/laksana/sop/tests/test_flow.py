"""What is enabled, and what follows from doing it."""

# ruff: noqa: S311  (chance here is for trying, not for secrets)

from random import Random
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from laksana.sop.definition import Procedure
from laksana.sop.flow import Change, FlowError, Instance, Net, begin, fire
from laksana.sop.tests.examples import decision, definition, step
from laksana.sop.tests.random_flows import ROWS, sound_flow


class Case:
    """A case that is led through a flow by hand."""

    def __init__(self, *steps: dict[str, Any], rows: int = 0) -> None:
        data = definition(fields={"baris": ROWS}, steps=list(steps))
        self.net = Net.of(Procedure.model_validate(data))
        self.count = rows
        self.marking, self.change = begin(self.net, self.rows)

    def rows(self, _step: str, _instance: Instance) -> int:
        return self.count

    def do(
        self, name: str, *instance: int, by: str | None = None, rows: int = 0, conclude: bool = False
    ) -> Change:
        self.count = rows
        node = self.net.nodes[name]
        targets = node.timeout if by == "timeout" else node.exits[by]
        self.change = fire(self.net, self.marking, name, instance, targets, self.rows, conclude=conclude)
        return self.change

    @property
    def open(self) -> set[tuple[str, Instance]]:
        return set(self.marking.enabled(self.net))


def test_a_case_begins_at_the_first_step_and_ends_after_the_last() -> None:
    case = Case(step("a"), step("b"))
    assert case.open == {("a", ())}
    assert case.do("a").opened == [("b", ())]
    assert not case.marking.ended
    case.do("b")
    assert case.marking.ended


def test_an_outcome_leads_where_it_says() -> None:
    case = Case(step("a"), decision("b", {"Ya": "c", "Tidak": "a"}), step("c"))
    case.do("a")
    case.do("b", by="Tidak")
    assert case.open == {("a", ())}


def test_a_join_waits_for_every_step_that_leads_to_it() -> None:
    case = Case(step("a", then=["b", "c"]), step("b", then="d"), step("c"), step("d", joins=True))
    case.do("a")
    assert case.open == {("b", ()), ("c", ())}
    assert case.do("b").waiting == [("d", ())]
    assert case.do("c").opened == [("d", ())]
    assert case.open == {("d", ())}


def test_a_time_out_leads_where_it_says() -> None:
    case = Case(step("a", timeout={"after": "3 hari", "then": "c"}), step("b"), step("c"))
    case.do("a", by="timeout")
    assert case.open == {("c", ())}


def test_a_step_that_is_not_open_cannot_be_done() -> None:
    with pytest.raises(FlowError, match="step b is not enabled"):
        Case(step("a"), step("b")).do("b")


def test_a_step_never_runs_twice_at_once() -> None:
    case = Case(
        step("a", then=["b", "c"]),
        step("b", then="d"),
        step("c"),
        decision("d", {"Ya": "selesai", "Tidak": "d"}),
    )
    case.do("a")
    case.do("b")
    with pytest.raises(FlowError, match="step d would run twice at once"):
        case.do("c")


class TestRows:
    GATHERED = (step("a"), step("b", for_each="baris"), step("c"), step("d", gathers="b"), step("e"))

    def test_every_row_goes_its_own_way_until_all_are_gathered(self) -> None:
        case = Case(*self.GATHERED)
        assert case.do("a", rows=2).made == [((1,), "b"), ((2,), "b")]
        assert case.open == {("b", (1,)), ("b", (2,))}
        case.do("b", 1)
        case.do("c", 1)
        assert case.open == {("b", (2,))}
        case.do("b", 2)
        change = case.do("c", 2)
        assert change.finished == [(1,), (2,)]
        assert case.open == {("d", ())}

    def test_without_rows_the_step_runs_once_for_the_case(self) -> None:
        case = Case(*self.GATHERED)
        case.do("a", rows=0)
        case.do("b")
        case.do("c")
        assert case.open == {("d", ())}

    def test_without_a_gathering_step_it_waits_for_its_rows_itself(self) -> None:
        case = Case(step("a"), step("b", for_each="baris"), step("c"))
        case.do("a", rows=2)
        assert not case.do("b", 2).opened
        assert case.do("b", 1).opened == [("c", ())]

    def test_it_may_go_on_before_all_are_back_when_it_is_told_to(self) -> None:
        case = Case(step("a"), step("b", for_each="baris"), step("c"))
        case.do("a", rows=3)
        change = case.do("b", 2, conclude=True)
        assert set(change.closed) == {("b", (1,)), ("b", (3,))}
        assert case.open == {("c", ())}

    def test_a_quorum_closes_the_rest(self) -> None:
        case = Case(
            step("a"), step("b", for_each={"field": "baris", "quorum": 2}), step("c"), step("d", gathers="b")
        )
        case.do("a", rows=3)
        for row in (1, 3):
            case.do("b", row)
            case.do("c", row)
        assert case.change.closed == [("b", (2,))]
        assert case.open == {("d", ())}

    def test_a_row_that_need_not_come_back_is_closed_with_the_others(self) -> None:
        case = Case(*self.GATHERED)
        case.do("a", rows=2)
        case.marking.optional.add((2,))
        case.do("b", 1)
        assert case.do("c", 1).closed == [("b", (2,))]
        assert case.open == {("d", ())}

    def test_a_row_that_ends_counts_as_back(self) -> None:
        case = Case(
            step("a"),
            decision("b", {"Ya": "c", "Tidak": "selesai"}, for_each="baris"),
            step("c", gathers="b"),
        )
        case.do("a", rows=2)
        case.do("b", 1, by="Tidak")
        case.do("b", 2, by="Tidak")
        assert case.open == {("c", ())}

    def test_rows_are_numbered_on_when_the_step_comes_round_again(self) -> None:
        case = Case(
            step("a"),
            step("b", for_each="baris"),
            decision("c", {"Ya": "selesai", "Tidak": "b"}, gathers="b"),
        )
        case.do("a", rows=2)
        case.do("b", 1)
        case.do("b", 2)
        assert case.do("c", by="Tidak", rows=1).made == [((3,), "b")]

    def nested(self, *, each_level: bool) -> Case:
        case = Case(
            step("a"),
            decision("b", {"kerja": "c", "bagi": "b"}, for_each="baris"),
            step("c", gathers={"of": "b", "each_level": each_level}),
            decision("d", {"naik": "c", "tutup": "selesai"}),
        )
        case.do("a", rows=2)
        case.do("b", 1, by="bagi", rows=2)
        assert case.open == {("b", (1, 1)), ("b", (1, 2)), ("b", (2,))}
        return case

    def test_rows_within_rows_are_gathered_at_the_outermost_level(self) -> None:
        case = self.nested(each_level=False)
        for row in [(1, 1), (1, 2), (2,)]:
            assert not case.change.opened or case.open
            case.do("b", *row, by="kerja")
        assert case.open == {("c", ())}

    def test_or_at_each_level_by_the_row_whose_rows_came_back(self) -> None:
        case = self.nested(each_level=True)
        case.do("b", 1, 1, by="kerja")
        case.do("b", 1, 2, by="kerja")
        assert case.open == {("c", (1,)), ("b", (2,))}
        case.do("c", 1)
        case.do("d", 1, by="naik")
        case.do("b", 2, by="kerja")
        assert case.open == {("c", ())}

    def test_a_row_cannot_be_done_while_something_of_it_is_open(self) -> None:
        case = Case(
            step("a"),
            step("b", for_each="baris", then=["c", "d"]),
            step("c", then="e"),
            step("d"),
            step("e", gathers="b"),
        )
        case.do("a", rows=1)
        case.do("b", 1)
        with pytest.raises(FlowError, match="arrives at step e while d is still open"):
            case.do("c", 1)

    def test_nothing_is_opened_for_a_row_that_has_ended(self) -> None:
        case = Case(
            step("a"),
            step("b", for_each="baris", then=["d", "c"]),
            step("c", then="d"),
            step("d", gathers="b"),
        )
        case.do("a", rows=1)
        with pytest.raises(FlowError, match="which has just ended"):
            case.do("b", 1)

    @pytest.mark.parametrize("rows", [0, 2])
    def test_rows_are_not_made_while_others_of_the_step_are_under_way(self, rows: int) -> None:
        case = Case(
            step("a", then=["b", "x"]),
            step("b", for_each="baris", then="c"),
            step("x", then="b"),
            step("c", gathers="b"),
        )
        case.do("a", rows=2)
        with pytest.raises(FlowError, match="step b would run twice at once"):
            case.do("x", rows=rows)

    def test_nor_while_the_step_is_open_for_the_case_itself(self) -> None:
        case = Case(
            step("a", then=["b", "x"]),
            step("b", for_each="baris", then="c"),
            step("x", then="b"),
            step("c", gathers="b"),
        )
        case.do("a", rows=0)
        with pytest.raises(FlowError, match="step b would run twice at once"):
            case.do("x", rows=2)


def test_a_copy_is_independent() -> None:
    case = Case(step("a"), step("b", for_each="baris"), step("c"))
    kept = case.marking.copy()
    case.do("a", rows=2)
    assert set(kept.enabled(case.net)) == {("a", ())}
    assert not kept.made_by
    assert not kept.last_child


class WorkItems(RuleBasedStateMachine):
    """A sound flow is carried out in any order; the work items follow what each firing says and nothing else."""

    @initialize(seed=st.integers(0, 10**9), size=st.integers(2, 25))
    def start(self, seed: int, size: int) -> None:
        self.net = Net.of(sound_flow(Random(seed), size, rows=True).procedure())
        self.begin()

    def begin(self) -> None:
        self.items: set[tuple[str, Instance]] = set()
        self.waiting: set[tuple[str, Instance]] = set()
        self.alive: set[Instance] = set()
        self.marking, change = begin(self.net, lambda _step, _instance: 0)
        self.write(change)

    def write(self, change: Change) -> None:
        """Keep work items as the engine does, from the change alone."""
        self.alive |= {instance for instance, _maker in change.made}
        for item in change.closed:
            assert item in self.items | self.waiting, "only what is there is closed"
            self.items.discard(item)
            self.waiting.discard(item)
        for item in change.opened:
            assert item not in self.items, "no work item twice"
            assert not item[1] or item[1] in self.alive, "no work for a row that is gone"
            self.items.add(item)
            self.waiting.discard(item)
        self.waiting |= set(change.waiting)
        for instance in change.finished:
            assert instance in self.alive, "a row ends once"
            self.alive.discard(instance)

    @precondition(lambda self: not self.items)
    @rule()
    def begin_the_next_case(self) -> None:
        assert self.marking.ended
        self.begin()

    @precondition(lambda self: bool(self.items))
    @rule(data=st.data())
    def do(self, data: st.DataObject) -> None:
        item = data.draw(st.sampled_from(sorted(self.items)))
        node = self.net.nodes[item[0]]
        ways = [*node.exits.values(), *([node.timeout] if node.timeout else [])]
        self.fire(item, data.draw(st.sampled_from(ways)), data.draw(st.integers(0, 3)))

    def fire(self, item: tuple[str, Instance], targets: tuple[str, ...], rows: int) -> None:
        self.items.remove(item)
        change = fire(self.net, self.marking, *item, targets, lambda _step, at: rows if len(at) < 3 else 0)
        self.write(change)

    @invariant()
    def nothing_is_lost_or_doubled(self) -> None:
        if hasattr(self, "marking"):
            assert self.items == set(self.marking.enabled(self.net))
            assert self.waiting == set(self.marking.arrived) - self.items
            assert self.alive == set(self.marking.made_by)
            assert self.marking.ended == (not self.items), "while it goes on, somebody has something to do"

    def teardown(self) -> None:
        """Lead it to its end by the ways that lead out of circles."""
        if not hasattr(self, "marking"):
            return
        rng = Random(1)
        for _turn in range(20_000):
            if not self.items:
                break
            item = rng.choice(sorted(self.items))
            self.fire(item, rng.choice(list(self.net.nodes[item[0]].exits.values())), 0)
        assert self.marking.ended
        assert not self.alive
        assert not self.waiting


WorkItems.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
TestWorkItems = WorkItems.TestCase
