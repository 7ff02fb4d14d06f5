"""The arithmetic of the performance report, with the figures of the office's reference."""

from decimal import Decimal

import pytest

from laksana.library.perencanaan.lkjip.actions import efficiency, figure, predicate, sakip, trend
from laksana.library.tables import Settings


@pytest.mark.reference("lkjip/efisiensi-program")
def test_efficiency_of_a_programme() -> None:
    found = efficiency(Decimal("104.50"), Decimal(2_895_000_000), Decimal(2_714_500_000))
    assert found is not None
    assert round(found, 2) == Decimal("10.27")


@pytest.mark.reference("lkjip/efisiensi-program")
def test_an_office_may_reckon_efficiency_in_points(monkeypatch: pytest.MonkeyPatch) -> None:
    given = figure.__call__
    monkeypatch.setattr(
        Settings, "__call__", lambda _own, name: 1 if name == "efisiensi_dalam_poin" else given(name)
    )
    found = efficiency(Decimal("104.50"), Decimal(2_895_000_000), Decimal(2_714_500_000))
    assert found is not None
    assert round(found, 2) == Decimal("10.73")


@pytest.mark.reference("lkjip/tak-dihitung")
def test_efficiency_is_not_reckoned_below_the_target() -> None:
    assert efficiency(Decimal("92.40"), Decimal(100), Decimal(88)) is None


@pytest.mark.reference("lkjip/sakip-batas")
@pytest.mark.parametrize(("internal", "score", "letters"), [("79", "80.05", "A"), ("78.80", "80.00", "BB")])
def test_a_lower_bound_does_not_belong_to_its_predicate(internal: str, score: str, letters: str) -> None:
    scores = {"perencanaan": "81", "pengukuran": "78", "pelaporan": "84", "evaluasi": internal}
    total = sakip({name: Decimal(value) for name, value in scores.items()})
    assert (total, predicate(total)) == (Decimal(score), letters)


def test_a_trend_is_the_change_of_last_years_figure() -> None:
    assert [
        round(trend(Decimal(now), Decimal(before)) or 0, 2)
        for now, before in (("3.26", "3.10"), ("86.90", "82.00"))
    ] == [
        Decimal("5.16"),
        Decimal("5.98"),
    ]
