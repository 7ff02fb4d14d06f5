"""The indicators derived from locked figures, what looks wrong in them, and the table that may be shown to everybody."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from laksana.library.statistik.pdrb import rules
from laksana.sop.values import number_text

TOTAL = "PDRB"
HARD, WARNING = "keras", "peringatan"
Rows = Sequence[Mapping[str, Any]]
Values = Mapping[str, Any]


def amounts(rows: Rows, column: str = "nilai") -> dict[str, Decimal]:
    """Return category -> value."""
    return {row["kategori"]: row[column] for row in rows if row.get(column) is not None}


def whole(values: Mapping[str, Decimal]) -> Decimal | None:
    """Return the total of a table: its own row of it, else the sum; None for an empty table."""
    parts = [value for name, value in values.items() if name != TOTAL]
    return values.get(TOTAL, rules.total(parts) if parts else None)


def derived(adhb: Rows, adhk: Rows, province: Rows) -> list[dict[str, Any]]:
    """Return the indicators of every category, and of the GRDP in the last row."""
    current, constant = amounts(adhb), amounts(adhk)
    names = [*current, TOTAL]
    before = (_with_total(amounts(adhb, "nilai_lalu")), _with_total(amounts(adhk, "nilai_lalu")))
    current, constant = _with_total(current), _with_total(constant)
    around = amounts(province, "adhb")
    around_whole = whole(around)
    found = []
    for name in names:
        b, k, b0, k0 = current[name], constant[name], before[0][name], before[1][name]
        there = around_whole if name == TOTAL else around.get(name)
        quotient = rules.location_quotient(b, current[TOTAL], there, around_whole)
        found.append({
            "kategori": name, "adhb": b, "adhk": k, "distribusi": rules.share(b, current[TOTAL]), "laju": rules.growth(k, k0),
            "indeks_implisit": rules.implicit(b, k), "laju_implisit": rules.implicit_growth(b, k, b0, k0),
            "sumber_pertumbuhan": rules.contribution(k, k0, before[1][TOTAL]), "lq": rules.rounded(quotient),
            "basis": None if quotient is None or name == TOTAL else "basis" if quotient > 1 else "nonbasis",
        })  # fmt: skip
    return found


def _with_total(values: Mapping[str, Decimal]) -> dict[str, Decimal]:
    return {**values, TOTAL: rules.total(values.values())}


def quarters(series: Rows) -> list[dict[str, Any]]:
    """Return the growth of every quarter whose own year and the year before are complete up to it."""
    known = {(int(row["tahun_seri"]), int(row["triwulan"])): row["adhk"] for row in series}
    found = []
    for year, quarter in sorted(known):
        now = [known[year, q] for q in rules.QUARTERS if q <= quarter and (year, q) in known]
        before = [known[year - 1, q] for q in rules.QUARTERS if (year - 1, q) in known]
        if len(now) == quarter and len(before) == len(rules.QUARTERS):
            q_to_q, y_on_y, c_to_c = rules.quarterly(now, before, quarter)
            told = {
                "tahun_seri": year,
                "triwulan": quarter,
                "q_to_q": q_to_q,
                "y_on_y": y_on_y,
                "c_to_c": c_to_c,
            }
            found.append(told)
    return found


def findings(values: Values, table: Rows) -> list[dict[str, str]]:
    """Return what looks wrong: indicators that moved too far, and people that the per capita figures cannot stand for."""
    return [*_moved(table), *_people(values)]


def _moved(table: Rows) -> Iterator[dict[str, str]]:
    limits = (
        ("laju", "kewajaran-pertumbuhan", "ambang_laju"),
        ("laju_implisit", "kewajaran-implisit", "ambang_laju_implisit"),
    )
    for row in table:
        for column, name, setting in limits:
            limit, moved = rules.figure(setting), row[column]
            if moved is not None and abs(moved) > limit:
                told = f"paling banyak {number_text(limit)} persen"
                yield _finding(name, row["kategori"], WARNING, f"{number_text(moved)} persen", told)


def _people(values: Values) -> Iterator[dict[str, str]]:
    unit, tolerance = values["satuan"], rules.figure("toleransi_penduduk")
    series = sorted(values.get("seri_per_kapita") or (), key=lambda row: row["tahun_seri"])
    years = [
        (row["tahun_seri"], rules.implied_people(row["adhb"], row["per_kapita"], unit)) for row in series
    ]
    for (before, one), (year, people), (after, other) in zip(years, years[1:], years[2:], strict=False):
        if one and people and other and after - before == 2 and people < one and people < other:
            around = f"antara {number_text(one)} dan {number_text(other)}"
            yield _finding("kewajaran-per-kapita", str(year), HARD, f"{number_text(people)} jiwa", around)
    used = values["penduduk_pertengahan"]
    for year, people in years:
        apart = rules.ratio(people, used) if year == values["tahun"] else None
        if people is not None and apart is not None and abs(apart - 1) * 100 > tolerance:
            told = f"{number_text(used)} jiwa"
            yield _finding("kewajaran-per-kapita", str(year), HARD, f"{number_text(people)} jiwa", told)


def _finding(name: str, place: str, severity: str, seen: str, expected: str) -> dict[str, str]:
    return {"aturan": name, "kategori": place, "tingkat": severity, "nilai": seen, "harapan": expected}


def macro(values: Values, last: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the indicators that planning uses, from the row of the GRDP."""
    unit = f"{values['satuan']} rupiah"
    return [
        {"indikator": name, "nilai": value, "satuan_indikator": of}
        for name, value, of in (
            ("PDRB ADHB", last["adhb"], unit), ("PDRB ADHK", last["adhk"], unit), ("Laju pertumbuhan", last["laju"], "persen"),
            ("Indeks implisit", last["indeks_implisit"], "indeks"), ("Laju indeks implisit", last["laju_implisit"], "persen"),
            ("PDRB per kapita ADHB", values["per_kapita_adhb"], "juta rupiah"),
            ("PDRB per kapita ADHK", values["per_kapita_adhk"], "juta rupiah"),
        )
    ]  # fmt: skip


def published(values: Values) -> list[dict[str, Any]]:
    """Return the open table: a category of one or two establishments only together with its neighbour."""
    current, constant = amounts(values["adhb"]), amounts(values["adhk"])
    before = amounts(values["adhk"], "nilai_lalu")
    everything = rules.total(current.values())
    found = []
    for group in [*_groups(list(current), _few(values["nilai_output"])), list(current)]:
        b, k, k0 = (rules.total(each[name] for name in group) for each in (current, constant, before))
        name = TOTAL if len(group) == len(current) else " + ".join(group)
        found.append({"kategori": name, "adhb": b, "adhk": k, "distribusi": rules.share(b, everything),
                      "laju": rules.growth(k, k0), "implisit": rules.implicit(b, k), "status": values["status_angka"],
                      "versi": values["versi"]})  # fmt: skip
    return found


def _few(worksheet: Rows) -> set[str]:
    return {
        row["kategori"]
        for row in worksheet
        if 0 < (row.get("jumlah_usaha") or 0) < rules.figure("usaha_terendah")
    }


def _groups(names: Sequence[str], few: set[str]) -> list[list[str]]:
    """Return the categories in order, each of `few` with the one after it, the last with the one before."""
    groups: list[list[str]] = []
    open_group = False
    for name in names:
        if open_group:
            groups[-1].append(name)
        else:
            groups.append([name])
        open_group = name in few
    if open_group and len(groups) > 1:
        last = groups.pop()
        groups[-1] += last
    return groups
