"""What an indicator reached up to a quarter: its value to date, two achievements, deviation, and whether it counts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from laksana.library.perencanaan.achievement import achievement, of_range
from laksana.library.perencanaan.quarters import accumulated
from laksana.library.tables import Settings
from laksana.sop.rules import rule
from laksana.worktime.calendar import months_later

figure = Settings(__file__, "../ketentuan-capaian.csv")
QUARTERS = ("I", "II", "III", "IV")
LAST = len(QUARTERS)
Entry = Mapping[str, Any]


@rule("capaian-kinerja.akhir-triwulan", title="Akhir triwulan", source="PP 39/2006")
def quarter_end(year: int, quarter: int) -> date:
    """Return the last day of a quarter, counted from 1."""
    return months_later(date(year, 1, 1), 3 * quarter) - timedelta(days=1)


@rule("capaian-kinerja.rasio", title="Nilai rasio s.d. triwulan", source="manual indikator")
def ratio(entries: Iterable[Entry]) -> tuple[Decimal, Decimal]:
    """Return the sum of the numerators and that of the denominators; the mean of the quarters' percentages is not the ratio."""
    rows = list(entries)
    sums = [sum((row[part] for row in rows), Decimal()) for part in ("pembilang", "penyebut")]
    return sums[0], sums[1]


def claims(entry: Entry | None, aggregation: str) -> bool:
    """Return whether an entry says a realisation: a value, or for a ratio both its parts."""
    parts = ("pembilang", "penyebut") if aggregation == "rasio" else ("nilai",)
    return entry is not None and all(entry.get(part) is not None for part in parts)


@rule("capaian-kinerja.bukti", title="Realisasi diakui", source="PermenPANRB 88/2021")
def is_proven(entry: Entry | None, aggregation: str) -> bool:
    """Return whether an entry counts as reported: it says a realisation and names its evidence."""
    return claims(entry, aggregation) and bool(entry and entry.get("bukti"))


def is_due(indicator: Entry, quarter: int) -> bool:
    """Return whether an indicator is measured in a quarter: it has a target then, or is a range, or the year ends."""
    return indicator["polaritas"] == "rentang" or quarter == LAST or indicator.get(f"tw{quarter}") is not None


def measured(indicator: Entry, entries: Sequence[Entry | None]) -> dict[str, Any]:
    """Return an indicator's line up to the quarter of the last entry; figures are not rounded, None where there are none.

    `entries` hold what was reported quarter by quarter; earlier quarters were proven when they were reported.
    """
    quarter, kind = len(entries), indicator["agregasi"]
    told = [entry for entry in entries if entry is not None and claims(entry, kind)]
    goal = accumulated([indicator.get(f"tw{number}") for number in range(1, quarter + 1)], kind)
    line: dict[str, Any] = {
        "kode": indicator["kode"], "sasaran": indicator["sasaran"], "indikator": indicator["indikator"], "target_tw": goal,
        "target_tahun": indicator.get("target_tahun"), "pembilang": None, "penyebut": None, "realisasi": None,
        "terhadap_tw": None, "terhadap_tahun": None, "capaian": None, "deviasi": None, "status": "diukur",
    }  # fmt: skip
    if not is_due(indicator, quarter):
        return {**line, "status": "belum_diukur"}
    if not is_proven(entries[-1], kind):
        return {**line, "status": "belum_dilaporkan"}
    if kind == "rasio":
        line["pembilang"], line["penyebut"] = ratio(told)
        if not line["penyebut"]:
            return {**line, "status": "tanpa_populasi"}
        value = line["pembilang"] / line["penyebut"] * 100
    else:
        value = accumulated([entry["nilai"] for entry in told], kind) or Decimal()
    return line | {"realisasi": value} | _against(indicator, quarter, goal, value)


def _against(indicator: Entry, quarter: int, goal: Decimal | None, value: Decimal) -> dict[str, Any]:
    yearly = indicator.get("target_tahun")
    by_quarter, by_year = (_achieved(indicator, target, value) for target in (goal, yearly))
    return {
        "terhadap_tw": by_quarter, "terhadap_tahun": by_year, "capaian": by_year if quarter == LAST else by_quarter,
        "deviasi": deviation(goal, yearly, value, indicator["polaritas"]) if goal is not None and yearly else None,
    }  # fmt: skip


def _achieved(indicator: Entry, target: Decimal | None, value: Decimal) -> Decimal | None:
    if indicator["polaritas"] == "rentang":
        return of_range(indicator["bawah"], indicator["atas"], value)
    if target is None:
        return None
    return achievement(target, value, indicator["polaritas"], indicator.get("bentuk_minimum") or "selisih")


@rule("capaian-kinerja.deviasi", title="Penyimpangan terhadap target triwulan", source="pilihan sistem")
def deviation(goal: Decimal, yearly: Decimal, value: Decimal, polarity: str) -> Decimal:
    """Return by how many percentage points of the year's target the quarter's was passed; negative is worse."""
    points = (value - goal) / yearly * 100
    return -points if polarity == "minimum" else points


@rule("capaian-kinerja.penjelasan", title="Capaian yang harus dijelaskan", source="PermenPANRB 88/2021")
def must_be_explained(line: Entry) -> bool:
    """Return whether an achievement is under or over the thresholds, or the deviation demands action."""
    value = line["capaian"]
    outside = value is not None and not figure("ambang_bawah") <= value <= figure("ambang_atas")
    return outside or demands_action(line["deviasi"])


def demands_action(points: Decimal | None) -> bool:
    """Return whether a deviation is worse than the threshold."""
    return points is not None and -points > figure("ambang_penyimpangan")


@rule("capaian-kinerja.rata", title="Rata-rata capaian per sasaran", source="pilihan sistem")
def means(lines: Iterable[Entry]) -> dict[str, Decimal]:
    """Return of each sasaran the plain mean of its measured indicators, each capped, in percent and not rounded."""
    most = figure("capaian_tertinggi")
    by_goal: defaultdict[str, list[Decimal]] = defaultdict(list)
    for line in lines:
        if line["capaian"] is not None:
            by_goal[line["sasaran"]].append(min(line["capaian"], most))
    return {goal: sum(values, Decimal()) / len(values) for goal, values in by_goal.items()}


@rule("capaian-kinerja.fisik", title="Realisasi fisik perangkat daerah", source="praktik")
def weighted(parts: Iterable[tuple[Decimal, Decimal]]) -> Decimal | None:
    """Return the physical progress in percent, weighted by the ceilings; None without money."""
    rows = list(parts)
    money = sum((ceiling for _, ceiling in rows), Decimal())
    return sum((progress * ceiling for progress, ceiling in rows), Decimal()) / money if money else None
