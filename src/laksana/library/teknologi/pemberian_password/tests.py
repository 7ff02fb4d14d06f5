"""The rules of official accounts, with the figures of the office's reference and at their limits."""

from datetime import date

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from laksana.library.teknologi.pemberian_password import rules
from laksana.library.teknologi.pemberian_password.passwords import faults
from laksana.worktime.services import calendar

BORN = date(1992, 4, 15)


@pytest.mark.reference("pemberian-password/nama-ganda")
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Dr. H. Ahmad Fauzi Rahman, S.Kom., M.T.", "ahmad.rahman3"),
        ("Sutrisno", "sutrisno"),
        ("Hj. Nur'aini", "nuraini"),
        ("M. Yusuf", "m.yusuf"),
        ("Moh. Yusuf", "moh.yusuf"),
        ("K.H. Abd. Rahman, M.A.", "abd.rahman"),
        ("Rina Sari K.", "rina.sari"),
        ("José Peña-Núñez", "jose.penanunez"),
    ],
)
def test_a_user_name_is_first_and_last_name_without_titles(name: str, expected: str) -> None:
    assert rules.user_name(name, {"ahmad.rahman", "ahmad.rahman2"}) == expected


@given(st.text(), st.sets(st.from_regex(r"[a-c]{1,2}", fullmatch=True)))
def test_a_user_name_is_never_that_of_another(name: str, taken: set[str]) -> None:
    made = rules.user_name(name, taken)
    assert made not in taken
    assert len(made) <= 30


@pytest.mark.reference("pemberian-password/kata-sandi-ditolak")
@pytest.mark.parametrize(
    ("password", "told"),
    [
        ("Dewi.Anggraini#1", "user name"),
        ("Kopi15041992!", "date of birth"),
        ("Kotaserang2026!", "serang"),
        ("Kotaserang2026!", "kota"),
        ("hujanbulanjunimembasahi", None),
        ("Teratai-Mekar-88", None),
        ("Teratai-88", "12 characters"),
        ("terataimekar88", "3 of the four"),
        ("X199204152015032004x", "NIP"),
    ],
)
def test_a_password_is_refused_with_what_is_wrong_with_it(password: str, told: str | None) -> None:
    with override("en"):
        found = [
            str(fault) for fault in faults(password, "pegawai", "dewi.anggraini", "199204152015032004", BORN)
        ]
    if told is None:
        assert found == []
    else:
        assert any(told in fault for fault in found)


def test_passwords_of_this_application_are_held_to_the_same_policy() -> None:
    validate_password("Teratai-Mekar-88")
    with pytest.raises(ValidationError, match="serang"):
        validate_password("Selamat-Serang-88")


@pytest.mark.django_db
@pytest.mark.usefixtures("office")
@pytest.mark.reference("pemberian-password/tinjauan-oktober")
def test_accounts_nobody_confirms_within_ten_working_days_are_suspended_and_then_closed() -> None:
    sent, last, suspended, closed = rules.quarterly_review(2026, 4, calendar())
    assert (sent, last) == (date(2026, 10, 1), date(2026, 10, 15))
    assert (suspended, closed) == (date(2026, 10, 16), date(2026, 11, 15))
    assert rules.unconfirmed(42, 39) == 3
