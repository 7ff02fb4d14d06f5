"""Which flows are sound, and how it is told which are not."""

# ruff: noqa: S311  (chance here is for trying, not for secrets)

import time
from random import Random
from typing import Any
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from laksana.sop import petri
from laksana.sop.definition import Procedure
from laksana.sop.flow import Marking, Net, begin, fire
from laksana.sop.soundness import Flaw, Move, check, faults
from laksana.sop.source import read
from laksana.sop.tests import brute_force
from laksana.sop.tests.examples import as_text, decision, definition, step
from laksana.sop.tests.random_flows import ROWS, any_flow, sound_flow

YES_NO = ("Ya", "Tidak")


def flow(*steps: dict[str, Any]) -> Procedure:
    return Procedure.model_validate(definition(fields={"baris": ROWS}, steps=list(steps)))


def choice(step_id: str, yes: Any, no: Any, **keys: Any) -> dict[str, Any]:
    return decision(step_id, {"Ya": yes, "Tidak": no}, **keys)


def flaws(*steps: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(u.flaw.value, u.step, str(u.message)) for u in check(flow(*steps))]


def test_steps_in_a_row_are_sound() -> None:
    assert flaws(step("a"), step("b"), step("c")) == []


def test_a_loop_that_can_be_left_is_sound() -> None:
    assert flaws(step("a"), choice("b", "c", "a"), step("c")) == []


def test_branches_that_meet_are_sound() -> None:
    assert flaws(step("a", then=["b", "c"]), step("b", then="d"), step("c"), step("d", joins=True)) == []


def test_a_branch_that_chooses_before_it_meets_the_other_is_sound() -> None:
    assert not flaws(
        step("a", then=["b", "c"]),
        choice("b", "b-ya", "b-tidak"),
        step("b-ya", then="b-akhir"),
        step("b-tidak", then="b-akhir"),
        step("b-akhir", then="d"),
        step("c"),
        step("d", joins=True),
    )


def test_a_join_that_waits_for_a_branch_not_taken_is_stuck() -> None:
    found = flaws(step("a"), choice("b", "c", "d"), step("c", then="e"), step("d"), step("e", joins=True))
    assert found == [("stuck", "e", "After a, b (Ya), c nothing can go on: e still waits for d.")]


def test_branches_that_do_not_meet_run_the_next_step_twice() -> None:
    found = flaws(
        step("a", then=["b", "c"]),
        choice("b", "d", "b"),
        step("c", then="d"),
        choice("d", "selesai", "d"),
    )
    assert found[0] == ("twice at once", "d", "After a, c, b (Ya), d runs twice at once.")


def test_the_end_is_not_reached_while_something_is_open() -> None:
    found = flaws(step("a", then=["b", "c"]), step("b", then="selesai"), choice("c", "selesai", "c"))
    assert found[0] == ("left open", "c", "After a, b the end is reached while c is still open.")


def test_the_end_is_not_reached_twice() -> None:
    found = flaws(step("a"), step("b", for_each="baris", then=["c", "selesai"]), step("c", gathers="b"))
    assert ("left open", "b", "For one row of b: After b the end is reached a second time.") in found


def test_a_circle_without_a_way_out_is_endless() -> None:
    found = flaws(step("a"), choice("b", "c", "selesai"), step("c"), step("d", then="c"))
    assert found == [("endless", "d", "After a, b (Ya), c the end can never be reached from d.")]


def test_a_circle_of_choices_without_a_way_out_is_endless() -> None:
    found = flaws(step("a"), choice("b", "c", "selesai"), choice("c", "d", "c"), step("d", then="c"))
    assert found == [("endless", "c", "After a, b (Ya) the end can never be reached from c.")]


def test_a_step_that_no_way_leads_to_is_dead() -> None:
    found = flaws(step("a", then="c"), step("b"), step("c"))
    assert found == [("dead", "b", "No case can ever come to this step.")]


def test_a_step_cut_off_is_told_beside_other_flaws() -> None:
    found = flaws(
        step("a", then=["b", "c"]),
        step("b", then="selesai"),
        step("c", then="selesai"),
        step("d", then="selesai"),
    )
    assert [flaw for flaw, *_rest in found] == ["left open", "dead"]


def test_a_branch_that_loops_back_out_of_its_fork_is_not_sound() -> None:
    found = flaws(
        step("a", then=["b", "c"]), choice("b", "d", "a"), step("c", then="d"), step("d", joins=True)
    )
    assert found
    assert found[0][:2] == ("twice at once", "d")
    assert found[0][2].endswith("c reaches d a second time while it still waits for others.")


def test_a_time_out_is_a_way_like_any_other() -> None:
    late = step("b", timeout={"after": "3 hari kerja", "then": "d"}, then="c")
    assert flaws(step("a"), late, step("c"), step("d")) == []
    found = flaws(
        step("a", then=["b", "c"]),
        late | {"then": ["d"]},
        step("c", then="d"),
        step("d", joins=True, then="selesai"),
    )
    assert found == []
    found = flaws(
        step("a", then=["b", "c"]),
        late | {"timeout": {"after": "3 hari", "then": "selesai"}, "then": ["d"]},
        step("c", then="d"),
        step("d", joins=True, then="selesai"),
    )
    text = "After a, c, b (timeout) the end is reached while d is still open."
    assert found == [("left open", "d", text)]


def test_the_first_step_may_be_come_back_to() -> None:
    assert flaws(step("a"), step("b"), choice("c", "selesai", "a")) == []


def test_a_long_way_is_told_without_its_middle() -> None:
    row = [step(f"s{n}") for n in range(20)]
    found = flaws(*row, choice("x", "y", "z"), step("y", then="w"), step("z"), step("w", joins=True))
    assert "After s0, s1, s2, s3, s4, s5, ..., s16, s17, s18, s19, x (Ya), y nothing" in found[0][2]


def test_a_fault_stands_at_the_line_of_its_step() -> None:
    text = as_text(definition(steps=[step("a", then="c"), step("b"), step("c")]))
    (fault,) = faults(Procedure.model_validate(read(text, "sop.yaml").data), read(text, "sop.yaml"))
    assert fault.line == 1 + text.splitlines().index("- id: b")
    assert str(fault) == f"sop.yaml:{fault.line}: steps[1]: No case can ever come to this step."


def test_the_way_is_told_to_programs_too() -> None:
    (unsound,) = check(
        flow(step("a"), choice("b", "c", "d"), step("c", then="e"), step("d"), step("e", joins=True))
    )
    assert unsound.way == (Move("a"), Move("b", "Ya"), Move("c"))
    assert (unsound.flaw, unsound.row_of) == (Flaw.STUCK, None)


class TestRows:
    def test_rows_that_are_gathered_are_sound(self) -> None:
        assert flaws(step("a"), step("b", for_each="baris"), step("c"), step("d", gathers="b")) == []

    def test_rows_that_nobody_gathers_wait_for_each_other(self) -> None:
        assert flaws(step("a"), step("b", for_each="baris"), step("c")) == []

    def test_a_row_may_end_by_itself(self) -> None:
        assert not flaws(step("a"), choice("b", "c", "selesai", for_each="baris"), step("c", gathers="b"))

    def test_a_row_may_go_round_before_it_is_gathered(self) -> None:
        assert not flaws(
            step("a"), step("b", for_each="baris"), choice("c", "d", "b"), step("d", gathers="b")
        )

    def test_a_row_that_leaves_work_behind_is_not_sound(self) -> None:
        found = flaws(
            step("a"),
            step("b", for_each="baris", then=["c", "d"]),
            choice("c", "e", "c"),
            choice("d", "e", "d"),
            step("e", gathers="b"),
        )
        assert (
            "left open",
            "d",
            "For one row of b: After b, c (Ya) the row is done while d is still open.",
        ) in found

    def test_a_row_that_waits_for_what_is_outside_is_stuck(self) -> None:
        found = flaws(
            step("a", then=["b", "x"]),
            step("b", for_each="baris"),
            step("c", joins=True, then="d"),
            step("d", gathers="b"),
            step("x", then="c"),
        )
        assert ("stuck", "c", "For one row of b: After b nothing can go on: c still waits for x.") in found

    def test_rows_are_not_made_a_second_time_while_some_are_under_way(self) -> None:
        found = flaws(
            step("a", then=["b", "x"]),
            step("b", for_each="baris", then="c"),
            step("x", then="b"),
            step("c", gathers="b"),
        )
        assert found
        assert found[0][0] in ("twice at once", "left open")

    def nested(self, *outcomes: Any, each_level: bool = True) -> list[tuple[str, str, str]]:
        """Dispositions that are disposed further, each level checked by whoever gave them."""
        return flaws(
            step("a"),
            step("terima", for_each="baris"),
            choice("kerja", "periksa", "kerja", for_each="baris"),
            decision(
                "periksa",
                dict(zip(("naik", "selesai"), outcomes, strict=True)),
                gathers={"of": "kerja", "each_level": each_level},
            ),
            step("arsip", gathers="terima"),
        )

    def test_levels_that_leave_past_the_one_above_are_not_sound(self) -> None:
        found = self.nested("periksa", "arsip")
        text = (
            "For one row of kerja: After kerja (Tidak), kerja (rows), periksa (selesai) "
            "a row of kerja leaves past periksa, which gathers them."
        )
        assert ("past its gathering", "periksa", text) in found

    def test_a_condition_is_trusted_to_keep_levels_apart(self) -> None:
        assert self.nested("periksa", {"then": "arsip", "allowed_if": "instance_depth == 1"}) == []

    def test_gathered_at_the_outermost_level_nothing_can_leave(self) -> None:
        assert not flaws(
            step("a"),
            step("terima", for_each="baris"),
            choice("kerja", "periksa", "kerja", for_each="baris"),
            step("periksa", gathers="kerja"),
            step("arsip", gathers="terima"),
        )

    def test_rows_that_can_only_make_more_rows_still_end_without_rows(self) -> None:
        assert not flaws(
            step("a"), step("b", for_each="baris", then=["c"]), step("c", gathers="b"), step("d")
        )


SEEDS = st.integers(0, 10**9)


@settings(max_examples=150, deadline=None)
@given(SEEDS, st.integers(2, 25))
def test_a_flow_built_from_sound_blocks_is_sound(seed: int, size: int) -> None:
    assert check(sound_flow(Random(seed), size, rows=True).procedure()) == ()


@settings(max_examples=120, deadline=None)
@given(SEEDS, st.integers(2, 8), st.booleans())
def test_the_verdict_is_that_of_trying_everything(seed: int, size: int, rows: bool) -> None:
    procedure = any_flow(Random(seed), size, rows=rows).procedure()
    try:
        sound = brute_force.is_sound(procedure)
    except brute_force.TooLarge:
        return
    assert (check(procedure) == ()) == sound


@settings(max_examples=150, deadline=None)
@given(SEEDS, st.integers(2, 16), st.booleans())
def test_making_the_net_smaller_changes_no_verdict(seed: int, size: int, rows: bool) -> None:
    procedure = any_flow(Random(seed), size, rows=rows).procedure()
    with patch.object(petri.Net, "reduced", lambda net: net):
        whole = {unsound.flaw for unsound in check(procedure)}
    if Flaw.UNKNOWN not in whole:
        assert bool(check(procedure)) == bool(whole)


@settings(max_examples=150, deadline=None)
@given(SEEDS, st.integers(2, 30))
def test_a_sound_flow_never_fails_whatever_the_order(seed: int, size: int) -> None:
    rng = Random(seed)
    net = Net.of(sound_flow(rng, size, rows=True).procedure())
    marking, _change = begin(net, lambda _step, instance: rng.randint(0, max(0, 2 - len(instance))))
    turns = 0
    while not marking.ended and (turns := turns + 1) < 3_000:
        _carry_on(rng, net, marking)
    assert turns == 3_000 or not marking.made_by


def _carry_on(rng: Random, net: Net, marking: Marking) -> None:
    name, instance = rng.choice(list(marking.enabled(net)))
    node = net.nodes[name]
    targets = rng.choice([*node.exits.values(), *([node.timeout] if node.timeout else [])])
    fire(net, marking, name, instance, targets, lambda _step, at: rng.randint(0, max(0, 2 - len(at))))


@settings(max_examples=60, deadline=None)
@given(SEEDS, st.integers(3, 10))
def test_the_way_told_can_be_gone(seed: int, size: int) -> None:
    """The counter-example is real: the net can be led along it."""
    procedure = any_flow(Random(seed), size).procedure()
    net = Net.of(procedure)
    for unsound in check(procedure):
        if unsound.flaw in (Flaw.DEAD, Flaw.TWICE):
            continue
        marking, _change = begin(net, lambda _step, _instance: 0)
        for move in unsound.way:
            node = net.nodes[move.step]
            targets = node.timeout if move.how == "timeout" else node.exits[move.how]
            fire(net, marking, move.step, (), targets, lambda _step, _instance: 0)
        if unsound.flaw is Flaw.STUCK:
            assert not list(marking.enabled(net))
            assert not marking.ended


def test_sixty_steps_are_judged_at_once() -> None:
    branches = [f"b{n}" for n in range(8)]
    steps = [step("a", then=branches)]
    for branch in branches:
        steps += [step(branch), step(branch + "-1"), step(branch + "-2"), step(branch + "-3")]
        steps += [
            choice(branch + "-4", "z", branch),
        ]
    steps += [step("z", joins=True), *(step(f"z{n}") for n in range(18))]
    assert len(steps) == 60
    began = time.perf_counter()
    assert flaws(*steps) == []
    assert time.perf_counter() - began < 5


def test_many_branches_are_no_trouble() -> None:
    branches = [f"b{n}" for n in range(30)]
    steps = [
        step("a", then=branches),
        *(choice(branch, "z", branch) for branch in branches),
        step("z", joins=True),
    ]
    assert flaws(*steps) == []


def test_a_flow_too_large_to_check_is_refused() -> None:
    branches = [f"b{n}" for n in range(20)]
    steps = [step("a", then=branches), *(choice(branch, "y", "z") for branch in branches)]
    steps += [step("y", joins=True, then="selesai"), step("z", joins=True)]
    assert [flaw for flaw, *_rest in flaws(*steps)] == ["too large to check"]
