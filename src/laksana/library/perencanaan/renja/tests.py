"""The rules of the Renja by themselves: codes, weeks, sums, forward estimates, progress of the Renstra."""

from datetime import date, time
from decimal import Decimal

import pytest

from laksana.library.perencanaan.renja.rules import (
    NOMENCLATURE,
    forward,
    milestone,
    progress,
    sub_activity,
    successor,
    summed,
    week_end,
)
from laksana.worktime.calendar import WorkCalendar
from laksana.worktime.hours import Hours

CALENDAR = WorkCalendar(
    tuple(Hours(day, time(7, 30), time(16), time(12), time(13)) for day in range(5)),
    {date(2026, 5, 1): "Hari Buruh"},
)


def test_a_superseded_code_names_its_successor() -> None:
    old = "2.16.02.2.01.0020"
    found = successor(old)
    assert sub_activity(old) is None
    assert found is not None
    assert (found.kode_sub_kegiatan, found.satuan) == ("2.16.02.2.01.0026", "Orang")
    assert successor("2.16.02.2.01.9999") is None


def test_the_support_programme_takes_the_bidang_urusan_of_the_dinas_only() -> None:
    found = sub_activity("2.16.01.2.01.0001")
    assert found is not None
    assert found.kode_sub_kegiatan == "X.XX.01.2.01.0001"
    assert sub_activity("2.20.01.2.01.0001") is None
    assert sub_activity("2.16.02.2.01.0026") is not None


def test_the_codes_of_the_nomenclature_nest() -> None:
    for row in NOMENCLATURE.rows():
        assert row.kode_sub_kegiatan.startswith(f"{row.kode_kegiatan}.")
        assert row.kode_kegiatan.startswith(f"{row.kode_program}.2.")


def test_money_sums_upward() -> None:
    rows = [
        {"sub_kegiatan": code, "pagu": Decimal(amount)}
        for code, amount in (("2.16.03.2.02.0042", 5), ("2.16.02.2.01.0026", 3), ("2.16.03.2.01.0004", 2))
    ]
    assert [(row["kode"], row["jumlah"]) for row in summed(rows)] == [
        ("2.16.02", 3), ("2.16.02.2.01", 3), ("2.16.03", 7), ("2.16.03.2.01", 2), ("2.16.03.2.02", 5),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("ceiling", "proposed"), [(2_895_000_000, 2_895_000_000), (1_499, 1_000), (1_500, 2_000)]
)
def test_the_forward_estimate_is_rounded_to_thousands(ceiling: int, proposed: int) -> None:
    assert forward(Decimal(ceiling)) == proposed


@pytest.mark.parametrize(
    ("kind", "years", "reached"),
    [
        ("kumulatif", (46, 54, None), 40),
        ("posisi_akhir", (46, 54, None), Decimal("21.6")),
        ("kumulatif", (None, None), None),
    ],
)
def test_progress_of_the_renstra(kind: str, years: tuple[int | None, ...], reached: Decimal | None) -> None:
    values = [None if year is None else Decimal(year) for year in years]
    assert progress(values, Decimal(250), kind) == reached


@pytest.mark.parametrize(
    ("month", "week", "last"),
    [
        (2, 1, date(2026, 2, 6)),
        (2, 4, date(2026, 2, 27)),
        (4, 4, date(2026, 4, 30)),
        (6, 4, date(2026, 6, 26)),
    ],
)
def test_a_week_of_a_month_begins_in_it_and_ends_on_its_last_working_day(
    month: int, week: int, last: date
) -> None:
    assert week_end(CALENDAR, 2026, month, week) == last


def test_the_schedule_counts_from_the_year_planned() -> None:
    stages = {stage: milestone(CALENDAR, 2027, stage) for stage in ("mulai", "edaran", "forum", "rkpd")}
    assert stages == {
        "mulai": date(2025, 12, 5), "edaran": date(2026, 2, 6), "forum": date(2026, 2, 27), "rkpd": date(2026, 6, 26),
    }  # fmt: skip
