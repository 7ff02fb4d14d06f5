"""Targets of indicators over the five years of a plan, as the Renstra and the IKU both have them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

from laksana.sop.rules import rule

TARGETS = ("t1", "t2", "t3", "t4", "t5")
"""Columns of the yearly targets."""


@rule("perencanaan.target-akhir", title="Target akhir masa Renstra", source="pilihan sistem")
def end_target(targets: Sequence[Decimal], aggregation: str) -> Decimal:
    """Return the target at the end: the sum of the years for cumulative indicators, otherwise that of the last year."""
    return sum(targets, Decimal()) if aggregation == "kumulatif" else targets[-1]


@rule("perencanaan.target-arah", title="Arah target tahunan", source="praktik SAKIP")
def step_back(baseline: Decimal | None, targets: Sequence[Decimal], polarity: str) -> int | None:
    """Return the number (from 1) of the first yearly target that goes against the polarity, or None."""
    sign = {"maksimum": 1, "minimum": -1}.get(polarity, 0)
    values = targets if baseline is None else [baseline, *targets]
    first = 2 if baseline is None else 1
    steps = enumerate(pairwise(values), first)
    return next((year for year, (before, after) in steps if sign * (after - before) < 0), None)


def yearly(row: Mapping[str, Any]) -> list[Decimal]:
    """Return the yearly targets that a row has."""
    return [row[name] for name in TARGETS if row.get(name) is not None]
