"""What a drafter is warned of."""

from typing import Any

import pytest

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


def exits(*labels: str) -> list[tuple[str, str]]:
    """Return what is warned of the exits of a decision."""
    ways = dict.fromkeys(labels, "arsip") | {labels[-1]: "ajukan"}
    return warned(step("ajukan"), decision("periksa", ways), step("arsip", by="kasubag"))


@pytest.mark.parametrize(
    "labels",
    [
        ("Ya", "Tidak"),
        ("Lengkap", "Kurang"),
        ("Setuju", "Perbaiki", "Tolak"),
        ("Ya", "Perbaiki", "Tidak memenuhi syarat"),
        ("Lelang", "Hibah", "Musnahkan", "Hapus sebab lain"),
    ],
)
def test_exits_that_tell_what_was_found_are_good(labels: tuple[str, ...]) -> None:
    assert exits(*labels) == []


@pytest.mark.parametrize("label", ["Lanjut", "Opsi A", "Lain-lain", "2"])
def test_an_exit_tells_what_was_found(label: str) -> None:
    assert exits("Lengkap", label) == [(f"steps.1.outcomes.{label}", "11")]


def test_an_exit_is_short_enough_for_a_diamond() -> None:
    assert exits("Lengkap", "x" * 40) == []
    assert exits("Lengkap", "x" * 41) == [(f"steps.1.outcomes.{'x' * 41}", "11")]


def test_exits_do_not_look_alike() -> None:
    assert exits("Rusak/garansi", "Rusak, garansi") == [("steps.1.outcomes.Rusak, garansi", "11")]


def test_where_one_exit_says_yes_another_says_no() -> None:
    assert exits("Ya", "Perbaiki") == [("steps.1.outcomes", "11")]


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


def test_a_performer_that_only_tells_who_may_act_needs_no_symbol() -> None:
    titles = {
        "pemilik": {"title": "Pemilik", "is": "initiator"},
        "staf": {"title": "Staf", "is": "position arsiparis"},
        "kasubag": {"title": "Kepala Subbagian", "is": "superior of pemilik"},
    }
    chain = [step("ajukan"), step("proses", by="kasubag"), step("arsip")]
    assert warned(*chain, performers=titles) == []
    titles["kasubag"]["is"] = "position kasubag-umpeg"
    assert warned(*chain, performers=titles) == [("performers.pemilik", "14")]
    assert warned(step("ajukan", not_by="pemilik"), *chain[1:], performers=titles) == []


def test_a_performer_does_not_wait_until_row_thirty() -> None:
    chain = [step(f"langkah-{n}") for n in range(30)] + [step("akhir", by="kasubag")]
    assert warned(*chain) == [("performers.kasubag", "14")]


def test_what_a_step_gives_is_needed_later() -> None:
    assert warned(step("ajukan", gives="Formulir terisi"), *GOOD[1:]) == [("steps.0.gives", "15")]
    later = step("proses", needs=["Formulir"], by="kasubag")
    assert warned(step("ajukan", gives="Formulir terisi"), later, GOOD[2]) == []


def test_an_abbreviation_tells_what_is_needed() -> None:
    later = step("proses", needs=["SPM dan STS"], by="kasubag")
    assert warned(step("ajukan", gives="SPM"), later, GOOD[2]) == []
    assert warned(step("ajukan", gives="SPD"), later, GOOD[2]) == [("steps.0.gives", "15")]


def test_what_is_mended_is_needed_by_the_row_gone_back_to() -> None:
    way = [
        step("ajukan", needs=["Bahan lengkap"]),
        decision("periksa", {"Ya": "arsip", "Tidak": "perbaiki"}),
        step("perbaiki", gives="Semua lengkap", then="ajukan"),
        step("arsip"),
    ]
    assert warned(*way) == []
    way[2]["then"] = "arsip"
    assert warned(*way) == [("steps.2.gives", "15")]


def test_a_late_way_leads_on_too() -> None:
    late = {"after": "3 hari kerja", "then": "arsip"}
    way = [step("ajukan", gives="Teguran", timeout=late), step("proses", then="ajukan", by="kasubag")]
    assert warned(*way, step("arsip", needs=["Teguran"])) == []


def test_a_paper_or_book_that_the_office_keeps_needs_no_later_row() -> None:
    chain = [step("ajukan", gives="Teguran tertulis"), *GOOD[1:]]
    paper = {"id": "teguran", "title": "Surat Teguran", "form": "surat", "at": "ajukan"}
    book = {"id": "buku", "title": "Buku Teguran", "at": "ajukan", "columns": {"hal": "judul"}}
    assert warned(*chain, documents=[paper]) == []
    assert warned(*chain, registers=[book]) == []
    assert warned(*chain, documents=[paper | {"at": "arsip"}]) == [("steps.0.gives", "15")]
    assert warned(*chain, documents=[paper | {"title": "Berita Acara"}]) == [("steps.0.gives", "15")]


def test_what_goes_to_another_procedure_needs_no_later_row() -> None:
    assert warned(step("ajukan", gives="Teguran", starts="surat-keluar"), *GOOD[1:]) == []
