"""The figures of the GRDP against published ones, and at their edges."""

from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from laksana.library.statistik.pdrb import rules
from laksana.library.statistik.pdrb.indicators import derived, findings, published, quarters
from laksana.library.statistik.pdrb.reconciling import balance, comparison, label_faults

BANTEN_2023 = (
    ("46608.45", "5.72"), ("3504.21", "0.43"), ("246265.69", "30.25"), ("12785.13", "1.57"), ("652.28", "0.08"),
    ("95666.94", "11.75"), ("101006.64", "12.41"), ("90542.70", "11.12"), ("19150.09", "2.35"), ("30601.82", "3.76"),
    ("25724.53", "3.16"), ("64183.34", "7.88"), ("8820.02", "1.08"), ("16117.88", "1.98"), ("26680.99", "3.28"),
    ("11841.83", "1.45"), ("13971.78", "1.72"),
)  # fmt: skip
"""GRDP of Banten 2023 of the 17 categories in billion rupiah and its published shares (lumbung data Provinsi Banten)."""
QUARTERS_2024 = [Decimal(each) for each in ("6970.11", "7052.36", "7121.90", "7192.11")]
QUARTERS_2025 = [Decimal(each) for each in ("7312.40", "7418.95", "7501.33", "7583.84")]


def table(**values: tuple[Any, Any]) -> list[dict[str, Any]]:
    """Return rows of category, value and last year's value."""
    return [
        {"kategori": name, "nilai": Decimal(str(now)), "nilai_lalu": Decimal(str(before))}
        for name, (now, before) in values.items()
    ]


def test_the_published_shares_of_banten_come_out_and_are_not_forced_to_100() -> None:
    values = [Decimal(value) for value, _share in BANTEN_2023]
    shares = [rules.share(value, rules.total(values)) for value in values]
    assert shares == [Decimal(share) for _value, share in BANTEN_2023]
    assert sum(share or 0 for share in shares) == Decimal("99.99")
    assert rules.total(values) == Decimal("814124.32")


def test_growth_and_implicit_index_of_indonesia_come_out() -> None:
    current, constant = (Decimal("20892.4"), Decimal("19588.1")), (Decimal("12301.4"), Decimal("11710.2"))
    assert rules.growth(*constant) == Decimal("5.05")
    assert [rules.implicit(b, k) for b, k in zip(current, constant, strict=True)] == [
        Decimal("169.84"),
        Decimal("167.27"),
    ]
    assert rules.implicit_growth(current[0], constant[0], current[1], constant[1]) == Decimal("1.53")


@pytest.mark.reference("pdrb/data-nyata-kota")
def test_the_constant_prices_of_the_city_follow_from_its_growth() -> None:
    base, growths = Decimal("12549.6"), [Decimal(each) for each in ("8.34", "7.42", "7.30", "7.07", "6.43")]
    series = [rules.chained(base, growths[:years]) for years in range(6)]
    assert [str(each) for each in series] == [
        "12549.6",
        "13596.2",
        "14605.1",
        "15671.2",
        "16779.2",
        "17858.1",
    ]
    assert [rules.growth(now, before) for before, now in pairwise(series)] == growths
    assert rules.implicit(Decimal("21866.6"), series[-1]) == Decimal("122.45")
    assert rules.implicit(base, base) == 100


@pytest.mark.reference("pdrb/per-kapita")
def test_people_and_per_capita_tell_of_each_other() -> None:
    assert rules.implied_people(Decimal("21866.6"), Decimal("34.0")) == 643135
    assert rules.per_capita(Decimal("21866.6"), Decimal(643135)) == Decimal("34.00")
    assert rules.per_capita(Decimal("48654.75"), Decimal(771204), per=1000) == Decimal("63089.34")
    assert rules.per_capita(Decimal("48654750"), Decimal(771204), "juta") == Decimal("63.09")


def test_a_quarter_has_three_growths() -> None:
    assert rules.quarterly(QUARTERS_2025, QUARTERS_2024, 4) == (
        Decimal("1.10"),
        Decimal("5.45"),
        Decimal("5.22"),
    )
    assert rules.quarterly(QUARTERS_2025, QUARTERS_2024, 1)[0] == rules.growth(
        QUARTERS_2025[0], QUARTERS_2024[3]
    )
    assert (rules.total(QUARTERS_2024), rules.total(QUARTERS_2025)) == (
        Decimal("28336.48"),
        Decimal("29816.52"),
    )


def test_a_quarter_without_the_year_before_has_no_growth() -> None:
    series: list[dict[str, Any]] = [
        {"tahun_seri": Decimal(2025), "triwulan": Decimal(n), "adhk": v}
        for n, v in enumerate(QUARTERS_2025, 1)
    ]
    assert quarters(series) == []


def test_a_figure_without_a_base_has_no_growth_and_nothing_is_minus_zero() -> None:
    assert rules.growth(Decimal(5), Decimal(0)) is None
    assert str(rules.growth(Decimal("99.999"), Decimal(100))) == "0.00"
    assert rules.growth(Decimal("98.995"), Decimal(100)) == Decimal("-1.01")
    assert rules.implicit(Decimal(5), Decimal(0)) is None


def test_a_category_is_basis_above_one_before_rounding() -> None:
    city, constant = table(A=(10, 10), B=(90, 90)), table(A=(10, 10), B=(90, 90))
    around = [{"kategori": "A", "adhb": Decimal(100)}, {"kategori": "PDRB", "adhb": Decimal(1001)}]
    first, second, last = derived(city, constant, around)
    assert (first["lq"], first["basis"]) == (Decimal("1.00"), "basis")
    assert (second["lq"], second["basis"], last["lq"]) == (None, None, 1)
    around[1]["adhb"] = Decimal(1000)
    assert derived(city, constant, around)[0]["basis"] == "nonbasis"


@pytest.mark.parametrize(
    ("districts", "province", "apart", "too_far"),
    [
        ("481358.6", "477936", "0.72", 0),
        ("481358.6", "455000", "5.79", 1),
        ("271465.3", "271465.3", "0.00", 0),
    ],
)
def test_the_districts_may_lie_a_little_apart_from_the_province(
    districts: str, province: str, apart: str, too_far: int
) -> None:
    told = comparison({
        "adhb": table(A=(1, 1)), "nilai_provinsi": [{"kategori": "PDRB", "adhb": Decimal(province)}],
        "jumlah_kabkota": [{"kategori": "PDRB", "adhb": Decimal(districts)}],
    })  # fmt: skip
    assert (told["selisih_provinsi"], told["lewat_toleransi"]) == (Decimal(apart), too_far)


def test_in_the_base_year_both_prices_are_the_same() -> None:
    rows = [{"kategori": "PDRB", "adhb": Decimal(5), "adhk": Decimal(5)}]
    values = {"tahun_dasar": 2010, "nilai_provinsi": rows, "jumlah_kabkota": rows}
    assert label_faults({**values, "tahun": 2010}) == {}
    assert "labelnya salah" in label_faults({**values, "tahun": 2011})["nilai_provinsi"]


def test_what_moved_further_than_the_thresholds_is_told() -> None:
    seen = findings(
        {"satuan": "miliar", "penduduk_pertengahan": Decimal(1), "tahun": 2025},
        derived(table(A=(120, 100), B=(121, 100)), table(A=(120, 100), B=(121, 100)), []),
    )
    assert [(row["aturan"], row["kategori"]) for row in seen] == [
        ("kewajaran-pertumbuhan", "B"),
        ("kewajaran-pertumbuhan", "PDRB"),
    ]


@pytest.mark.parametrize(
    ("few", "groups"),
    [("", ["A", "B", "C"]), ("A", ["A + B", "C"]), ("B", ["A", "B + C"]), ("C", ["A", "B + C"])],
)
def test_one_or_two_establishments_are_shown_with_their_neighbour(few: str, groups: list[str]) -> None:
    rows = table(A=(1, 1), B=(2, 1), C=(3, 1))
    worksheet = [{"kategori": name, "jumlah_usaha": Decimal(2 if name in few else 3)} for name in "ABC"]
    shown = published(
        {"adhb": rows, "adhk": rows, "nilai_output": worksheet, "status_angka": "x", "versi": 1}
    )
    assert [row["kategori"] for row in shown] == [*groups, "PDRB"]
    assert sum(row["adhb"] for row in shown[:-1]) == shown[-1]["adhb"] == 6


@pytest.mark.reference("pdrb/pengeluaran-diskrepansi")
def test_expenditure_of_2025_is_in_balance_with_industry() -> None:
    spent = {
        "PKRT": "28410.22", "PKLNPRT": "702.31", "PKP": "4905.64", "PMTB": "17933.10", "PI": "512.45",
        "ekspor": "24180.90", rules.IMPORTS: "28004.37",
    }  # fmt: skip
    rows = [{"komponen": name, "nilai": Decimal(value)} for name, value in spent.items()]
    industry = [{"kategori": "A", "nilai": Decimal("48654.75")}]
    found = balance({"adhb": industry, "adhk": industry, "pengeluaran_adhb": rows, "pengeluaran_adhk": rows})
    assert found["pdrb_adhb"] - found["nilai_diskrepansi"] == Decimal("48640.25")
    assert (found["nilai_diskrepansi"], found["diskrepansi"]) == (Decimal("14.50"), Decimal("0.03"))


@pytest.mark.reference("pdrb/label-salah")
def test_a_column_of_current_prices_cannot_be_called_constant() -> None:
    rows: list[dict[str, Any]] = [
        {"kategori": f"{place}", "adhb": Decimal(value), "adhk": Decimal(value)}
        for place, (value, _share) in enumerate(BANTEN_2023)
    ]
    fault = label_faults(
        {"tahun_dasar": 2010, "tahun": 2023, "nilai_provinsi": rows, "jumlah_kabkota": rows}
    )["nilai_provinsi"]
    assert "814.124,32" in fault
    assert "kolom itu harga berlaku" in fault
    whole = rules.total(row["adhb"] for row in rows)
    shares = [rules.share(row["adhk"], whole) for row in rows]
    assert sum(mine == Decimal(told) for mine, (_v, told) in zip(shares, BANTEN_2023, strict=True)) == 17
    assert whole != Decimal("511804653.01") / 1000


@pytest.mark.reference("pdrb/per-kapita-ganjil")
def test_people_that_fall_below_both_neighbours_were_copied_by_mistake() -> None:
    series: list[dict[str, Any]] = [
        {"tahun_seri": year, "adhb": Decimal(value), "per_kapita": Decimal(each)}
        for year, value, each in (
            (2013, "44346.7", "30.7"),
            (2014, "50214.6", "36.6"),
            (2015, "56044.4", "36.3"),
        )
    ]
    people = [rules.implied_people(row["adhb"], row["per_kapita"]) for row in series]
    assert people == [1_444_518, 1_371_984, 1_543_923]
    values = {
        "satuan": "miliar",
        "seri_per_kapita": series,
        "penduduk_pertengahan": Decimal(1),
        "tahun": 2025,
    }
    assert [(row["aturan"], row["kategori"], row["tingkat"]) for row in findings(values, [])] == [
        ("kewajaran-per-kapita", "2014", "keras")
    ]
