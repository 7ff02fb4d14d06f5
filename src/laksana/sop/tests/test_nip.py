"""The NIP taken apart."""

from datetime import date

import pytest

from laksana.sop.nip import Nip, NipError


def test_the_nip_of_a_pns_tells_birth_appointment_and_sex() -> None:
    nip = Nip.parse("19800817 200501 2 001")
    assert (nip.born, nip.appointed_year, nip.appointed_month, nip.female) == (
        date(1980, 8, 17),
        2005,
        1,
        True,
    )
    assert not nip.is_pppk
    assert str(nip) == "19800817 200501 2 001"


def test_the_nip_of_a_pppk_has_a_code_in_place_of_the_month() -> None:
    nip = Nip.parse("199008172023211007")
    assert nip.is_pppk
    assert nip.appointed_year == 2023
    assert not nip.female


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "18 digits"),
        ("1980081720050100", "18 digits"),
        ("19800817200501200A", "18 digits"),
        ("\u0661" * 18, "18 digits"),
        ("198013172005012001", "date of birth"),
        ("198002302005012001", "date of birth"),
        ("198008172005132001", "month of appointment"),
        ("198008172005002001", "month of appointment"),
        ("198008172005013001", "must be 1 or 2"),
        ("198008172005011000", "count from 001"),
        ("198008171990011001", "year of birth"),
    ],
)
def test_what_is_no_nip_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(NipError, match=reason):
        Nip.parse(text)
