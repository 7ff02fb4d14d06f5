"""The rules of RABEG reports, with the figures of the office's reference and at their limits."""

from decimal import Decimal

import pytest

from laksana.library.aspirasi.rabeg import rules
from laksana.library.aspirasi.tickets import is_ticket, ticket_in, ticket_number


@pytest.mark.reference("rabeg/duplikat-jarak")
def test_a_likely_duplicate_is_near_and_recent() -> None:
    parent = (-6.11530, 106.15430)
    near, far = (rules.distance(*parent, *there) for there in ((-6.11580, 106.15490), (-6.11650, 106.15430)))
    assert (near, far) == (Decimal("86.6"), Decimal("133.4"))
    assert [rules.may_be_the_same(near, 7), rules.may_be_the_same(far, 7)] == [True, False]
    assert [rules.may_be_the_same(Decimal(0), days) for days in (14, 15)] == [True, False]
    assert rules.may_be_the_same(Decimal(100), 0)


@pytest.mark.parametrize(
    ("text", "public"),
    [
        ("NIP 199204152015032004.", "NIP [nomor identitas disamarkan]."),
        ("Rekening 12345678901234567 tetap", "Rekening 12345678901234567 tetap"),
        (
            "Telepon +62 812 3456 7890 atau 628123456789",
            "Telepon [nomor telepon disamarkan] atau [nomor telepon disamarkan]",
        ),
        ("Kantor 0254-200123 tetap", "Kantor 0254-200123 tetap"),
        ("a.b+c@d.co.id!", "[surel disamarkan]!"),
    ],
)
def test_the_public_text_names_nobody_by_number_or_address(text: str, public: str) -> None:
    assert rules.masked(text) == public
    assert rules.masked(public) == public


@pytest.mark.reference("rabeg/indikator-oktober")
def test_the_figures_of_october() -> None:
    found = rules.indicators(48, 5 + 3 + 2 + 1, 28, 4, 2)
    assert found == (37, Decimal("82.35"), Decimal("86.49"))
    assert rules.satisfaction([5, 4, 4, 2, 5, 3]) == (Decimal("3.83"), Decimal("66.67"))
    assert rules.satisfaction([]) is None
    assert rules.indicators(3, 3, 0, 0, 0) == (0, None, None)


@pytest.mark.reference("rabeg-email/luhn-salah")
def test_a_wrong_check_digit_is_no_ticket() -> None:
    assert ticket_number(2026, 321) == "RBG-2026-000321-3"
    assert ticket_in("Re: [RBG-2026-000321-3] Jalan") == "RBG-2026-000321-3"
    assert ticket_in("Re: [RBG-2026-000321-8] Jalan") is None
    assert ticket_in("RBG-2026-000321-3") is None
    assert [is_ticket(text) for text in ("RBG-2026-000123-3", "RBG-2026-000123-4", "RBG-1")] == [
        True,
        False,
        False,
    ]
