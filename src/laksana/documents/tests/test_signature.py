"""Signature blocks by capacity, and names as Permendagri 1/2023 pasal 44 has them written."""

from dataclasses import replace

import pytest

from laksana.documents.signature import Naming, Signatory, block, capacity_lines, without_degrees

HEAD = "Kepala Dinas"
RINA = Signatory(HEAD, "Rina Maheswari, S.Kom., M.T.", "Pembina Utama Muda (IV/c)", "197505052000032001")


def test_in_his_own_office() -> None:
    assert capacity_lines(RINA) == ["Kepala Dinas,"]


def test_on_behalf_of_another() -> None:
    assert capacity_lines(replace(RINA, title="Sekretaris", for_title=HEAD)) == [
        "a.n. Kepala Dinas",
        "Sekretaris,",
    ]


def test_two_levels_below() -> None:
    signatory = replace(RINA, title="Kepala Subbagian Umum", for_title=HEAD, through="Sekretaris")
    assert capacity_lines(signatory) == ["a.n. Kepala Dinas", "Sekretaris", "u.b.", "Kepala Subbagian Umum,"]


@pytest.mark.parametrize("acting", ["Plt.", "Plh."])
def test_acting_for_a_post(acting: str) -> None:
    assert capacity_lines(replace(RINA, acting=acting)) == [f"{acting} Kepala Dinas,"]


def test_a_letter_prints_name_with_degrees_rank_and_nip() -> None:
    printed = block(RINA)
    assert (printed["name"], printed["rank"], printed["nip"]) == (RINA.name, RINA.rank, RINA.nip)


def test_a_decision_prints_the_name_in_capitals_without_degrees() -> None:
    printed = block(RINA, Naming.PLAIN)
    assert (printed["name"], printed["rank"], printed["nip"]) == ("RINA MAHESWARI", "", "")


def test_a_regional_head_prints_neither_rank_nor_nip() -> None:
    printed = block(RINA, Naming.UNRANKED)
    assert (printed["name"], printed["rank"], printed["nip"]) == (RINA.name, "", "")


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Dr. Ir. Budi Contoh, M.Si.", "Budi Contoh"),
        ("Prof. Dr. H. Budi Contoh", "Budi Contoh"),
        ("dr. Siti Contoh, Sp.A.", "Siti Contoh"),
        ("Drs. Harun Contoh", "Harun Contoh"),
        ("Irma Contoh", "Irma Contoh"),
        ("Hj. Siti Contoh, S.E.", "Siti Contoh"),
    ],
)
def test_titles_before_and_behind_a_name_fall_away(name: str, bare: str) -> None:
    assert without_degrees(name) == bare
