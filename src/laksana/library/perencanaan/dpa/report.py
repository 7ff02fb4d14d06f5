"""The tables of the DPA and of its cash plan: the summary, and every line with its months."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from laksana.cases.behaviour import Situation
from laksana.library.perencanaan.budget_kinds import summary
from laksana.sop.values import number_text

_MONTHS = tuple(f"b{number}" for number in range(1, 13))


def budget(situation: Situation) -> Mapping[str, Any]:
    """Return income and spending by kind."""
    lines = situation.values.get("rincian_dpa") or ()
    return {"ringkasan": summary([(row["kode_rekening"], _amount(row, "jumlah")) for row in lines])}


def cash_plan(situation: Situation) -> Mapping[str, Any]:
    """Return what each line needs in each month, with the sums of the office, half a year in a table."""
    lines = situation.values.get("anggaran_kas") or ()
    return {"semester_1": _months(lines, _MONTHS[:6]), "semester_2": _months(lines, (*_MONTHS[6:], "jumlah"))}


def _months(lines: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> list[list[str]]:
    rows = [
        [
            row.get("sub_kegiatan") or "",
            row["kode_rekening"],
            *(number_text(_amount(row, name)) for name in columns),
        ]
        for row in lines
    ]
    sums = [sum((_amount(row, name) for row in lines), Decimal()) for name in columns]
    return [*rows, ["Jumlah", "", *map(number_text, sums)]] if rows else []


def _amount(row: Mapping[str, Any], name: str) -> Decimal:
    return Decimal(row.get(name) or 0)
