"""When a performance agreement is due, and what keeps its levels, its money and the plans above it in line."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from laksana.sop.rules import rule
from laksana.worktime.calendar import months_later

Rows = Sequence[Mapping[str, Any]]


@rule(
    "perjanjian-kinerja.jatuh-tempo",
    title="Batas penandatanganan",
    source="PermenPANRB 53/2014",
    checked=True,
)
def due(start: date, months: int) -> date:
    """Return the last day to sign: so many months after the DPA or the taking of office; days off do not move it."""
    return months_later(start, months)


@rule("perjanjian-kinerja.anggaran", title="Anggaran PK sama dengan DPA", source="PermenPANRB 53/2014")
def differences(agreed: Rows, approved: Rows, column: str = "program") -> dict[str, Decimal]:
    """Return of each programme that differs how many rupiah were agreed more (or less, negative) than the DPA has.

    `column` is where the code stands that begins with that of the programme.
    """
    found: defaultdict[str, Decimal] = defaultdict(Decimal)
    for row in agreed:
        found[programme(row[column])] += row["jumlah"]
    for row in approved:
        found[row["program"]] -= row["jumlah"]
    return {code: amount for code, amount in sorted(found.items()) if amount}


def programme(code: str) -> str:
    """Return the code of the programme in which a kegiatan or sub kegiatan lies."""
    return ".".join(code.split(".")[:3])


@rule("perjanjian-kinerja.yatim", title="Indikator tanpa atasan", source="PermenPANRB 89/2021")
def orphans(rows: Rows, superiors: Collection[str]) -> list[str]:
    """Return the codes of the indicators that link to none of the superior's."""
    return list(dict.fromkeys(row["kode"] for row in rows if row.get("kode_atasan") not in superiors))


@rule("perjanjian-kinerja.tanpa-bawahan", title="Indikator tanpa bawahan", source="PermenPANRB 89/2021")
def unsupported(superiors: Rows, links: Collection[str]) -> list[str]:
    """Return the codes of the superior's indicators that nobody below serves and that he does not carry out himself."""
    return [row["kode"] for row in superiors if row["kode"] not in links and not row.get("sendiri")]


@rule("perjanjian-kinerja.satu-atasan", title="Tepat satu indikator atasan", source="PermenPANRB 89/2021")
def torn(rows: Rows) -> list[str]:
    """Return the codes of the indicators that link to more than one of the superior's."""
    links: defaultdict[str, set[Any]] = defaultdict(set)
    for row in rows:
        links[row["kode"]].add(row.get("kode_atasan"))
    return [code for code, found in links.items() if len(found) > 1]


@rule("perjanjian-kinerja.target-sama", title="Target PK sama dengan Renja", source="PermenPANRB 88/2021")
def needs_reason(target: Decimal, iku: Mapping[str, Any]) -> bool:
    """Return whether a target differs from the Renja's of the year, or is worse than the Renstra's."""
    sign = {"maksimum": 1, "minimum": -1}.get(iku["polaritas"], 0)
    worse = sign * (target - iku["target_renstra"]) < 0
    return bool(target != iku["target_renja"] or worse)


def codes(rows: Iterable[Mapping[str, Any]], column: str = "kode") -> set[str]:
    """Return the codes that stand in a column."""
    return {row[column] for row in rows if row.get(column)}
