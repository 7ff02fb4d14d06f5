"""What a drafter is warned of."""

from typing import Any

from laksana.sop.advice import warnings
from laksana.sop.tests.examples import decision, procedure, step


def warned(*steps: dict[str, Any], **changes: Any) -> list[tuple[str, str]]:
    """Return place and rule of every warning."""
    made = procedure(steps=list(steps), **changes)
    return [(".".join(map(str, path)), str(text)[-4:-2].strip("(")) for path, text in warnings(made)]


GOOD = [step("ajukan"), step("proses", by="kasubag"), step("arsip")]


def test_a_good_sop_is_not_warned_of() -> None:
    assert warned(*GOOD) == []


def test_an_activity_begins_with_an_active_verb() -> None:
    assert warned(step("ajukan", does="Pengajuan surat"), *GOOD[1:]) == [("steps.0.does", "R6")]


def test_an_activity_does_not_begin_with_its_performer() -> None:
    assert ("steps.0.does", "R6") in warned(step("ajukan", does="Staf mengisi formulir"), *GOOD[1:])


def test_other_exits_than_yes_and_no_are_looked_at() -> None:
    chain = [step("ajukan"), decision("periksa", {"Lengkap": "arsip", "Kurang": "ajukan"}), step("arsip")]
    assert warned(*chain) == [("steps.1.outcomes", "11")]


def test_a_long_way_back_says_what_is_mended() -> None:
    chain = [
        step("ajukan"),
        step("satu"),
        step("dua"),
        decision("periksa", {"Ya": "arsip", "Tidak": "ajukan"}),
        step("arsip"),
    ]
    assert warned(*chain) == [("steps.3.outcomes.Tidak", "12")]
    chain[3]["note"] = "Formulir diperbaiki"
    assert warned(*chain) == []


def test_every_performer_has_a_symbol() -> None:
    only = [step("ajukan"), step("proses"), step("arsip")]
    assert warned(*only) == [("performers.kasubag", "14")]


def test_a_performer_does_not_wait_until_row_thirty() -> None:
    chain = [step(f"langkah-{n}") for n in range(30)] + [step("akhir", by="kasubag")]
    assert warned(*chain) == [("performers.kasubag", "14")]


def test_what_a_step_gives_is_needed_later() -> None:
    assert warned(step("ajukan", gives="Formulir terisi"), *GOOD[1:]) == [("steps.0.gives", "15")]
    assert (
        warned(
            step("ajukan", gives="Formulir terisi"), step("proses", needs=["Formulir"], by="kasubag"), GOOD[2]
        )
        == []
    )
