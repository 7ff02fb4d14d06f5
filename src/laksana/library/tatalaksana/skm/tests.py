"""The arithmetic of the satisfaction survey, with the figures of the office's reference."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laksana.library.rounding import half_up
from laksana.library.tatalaksana.skm.rules import allocate, grade, index, lowest, mean, sample_size

TOTALS = [512, 498, 505, 589, 503, 521, 534, 496, 541]


@pytest.mark.reference("skm/hasil-150")
def test_an_index_of_150_questionnaires() -> None:
    means = [half_up(mean(total, 150), 4) for total in TOTALS]
    assert [str(each) for each in means] == [
        "3.4133", "3.3200", "3.3667", "3.9267", "3.3533", "3.4733", "3.5600", "3.3067", "3.6067",
    ]  # fmt: skip
    assert (index(TOTALS, [150] * 9), grade(index(TOTALS, [150] * 9))) == (Decimal("87.02"), "B")
    values = {f"u{place}": half_up(mean(total, 150) * 25) for place, total in enumerate(TOTALS, 1)}
    assert [(name, str(values[name])) for name in lowest(values)] == [
        ("u8", "82.67"),
        ("u2", "83.00"),
        ("u5", "83.83"),
    ]


@pytest.mark.reference("skm/jawaban-kosong")
def test_unanswered_questions_leave_the_denominator() -> None:
    totals, answers = [*TOTALS[:3], 572, *TOTALS[4:]], [150, 150, 150, 146, 150, 150, 150, 150, 150]
    assert half_up(mean(572, 146), 4) == Decimal("3.9178")
    assert index(totals, answers) == Decimal("86.99")


@pytest.mark.reference("skm/batas-b-a")
@pytest.mark.parametrize(
    ("total", "expected", "letter"), [(4600, "88.73", "A"), (4577, "88.29", "B"), (4578, "88.31", "A")]
)
def test_each_element_weighs_exactly_a_ninth(total: int, expected: str, letter: str) -> None:
    totals = [total // 9 + (place < total % 9) for place in range(9)]
    value = index(totals, [144] * 9)
    assert (value, grade(value)) == (Decimal(expected), letter)


@pytest.mark.reference("skm/bobot-011")
def test_a_weight_cut_to_two_digits_would_give_another_grade() -> None:
    cut = half_up(Fraction(4600, 144) * Fraction("0.11") * 25)
    assert (cut, grade(cut)) == (Decimal("87.85"), "B")
    assert index([4600 // 9 + (place < 4600 % 9) for place in range(9)], [144] * 9) != cut


@pytest.mark.reference("skm/sampel-412")
def test_a_sample_is_spread_over_the_services() -> None:
    assert (sample_size(412), allocate(199, [240, 112, 60])) == (199, [116, 54, 29])


@pytest.mark.reference("skm/gabungan-layanan")
def test_the_index_of_the_office_is_pooled() -> None:
    services = [(120, Fraction("85.40")), (45, Fraction("79.10")), (30, Fraction("91.25"))]
    pooled = sum((count * value for count, value in services), Fraction(0)) / sum(
        count for count, _value in services
    )
    assert (half_up(pooled), grade(half_up(pooled))) == (Decimal("84.85"), "B")


def test_elements_that_tie_for_the_last_place_are_all_followed() -> None:
    values = {"u1": Decimal(80), "u2": Decimal(81), "u3": Decimal(82), "u4": Decimal(82), "u5": Decimal(90)}
    assert lowest(values) == ["u1", "u2", "u3", "u4"]


@given(st.lists(st.integers(1, 5000), min_size=1, max_size=12))
def test_every_service_is_asked_and_no_sample_is_larger_than_its_users(users: list[int]) -> None:
    shares = allocate(sample_size(sum(users)), users)
    assert all(1 <= share <= count for share, count in zip(shares, users, strict=True))
    assert sum(shares) >= sample_size(sum(users))


@given(st.lists(st.integers(1, 4), min_size=9, max_size=9))
def test_an_index_lies_between_25_and_100_and_has_a_grade(answers: list[int]) -> None:
    value = index(answers, [1] * 9)
    assert Decimal(25) <= value <= Decimal(100)
    assert grade(value) in "ABCD"
