"""The NIP as the tables take it."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from laksana.people.validators import check_nip
from laksana.sop.nip import Nip

BORN = st.dates(date(1950, 1, 1), date(2005, 12, 31))
SEX = st.sampled_from("12")
SERIAL = st.integers(1, 999)


@given(BORN, st.integers(18, 35), st.integers(1, 12), SEX, SERIAL)
def test_every_number_made_by_the_rule_of_a_pns_is_taken(
    born: date, age: int, month: int, sex: str, serial: int
) -> None:
    number = f"{born:%Y%m%d}{born.year + age}{month:02d}{sex}{serial:03d}"
    check_nip(number)
    assert Nip.parse(number).born == born
    assert not Nip.parse(number).is_pppk


@given(BORN, st.integers(18, 50), st.integers(21, 29), SEX, SERIAL)
def test_every_number_made_by_the_rule_of_a_pppk_is_taken(
    born: date, age: int, code: int, sex: str, serial: int
) -> None:
    number = f"{born:%Y%m%d}{born.year + age}{code}{sex}{serial:03d}"
    check_nip(number)
    assert Nip.parse(number).is_pppk


@given(st.text(alphabet="0123456789", min_size=18, max_size=18))
def test_what_is_taken_has_a_real_date_a_month_or_contract_and_a_sex(number: str) -> None:
    try:
        check_nip(number)
    except ValidationError:
        return
    date(int(number[:4]), int(number[4:6]), int(number[6:8]))
    assert 1 <= int(number[12:14]) <= 12 or int(number[12:14]) >= 21
    assert number[14] in "12"
    assert number[15:] != "000"


@pytest.mark.parametrize(
    "number",
    ["", "19900817201503100", "1990081720150310010", "19900230 201503 1 001", "19900817 201503 1 001"],
)
def test_what_is_no_nip_or_not_in_digits_only_is_refused(number: str) -> None:
    with pytest.raises(ValidationError):
        check_nip(number)
