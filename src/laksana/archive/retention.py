"""How long a berkas is kept: pure arithmetic on the words of a JRA, "2 tahun" or "2 tahun setelah pemeriksaan"."""

import re
from dataclasses import dataclass
from datetime import date

_PERIOD = re.compile(r"(?P<years>\d{1,3}) tahun(?: setelah (?P<condition>\S.*))?")


@dataclass(frozen=True)
class Period:
    """A number of years, counted from the closing of the berkas or, where there is one, from when a condition was met."""

    years: int
    condition: str = ""


@dataclass(frozen=True)
class Dates:
    """From which days on a berkas is inactive, and its final fate is due; None while that cannot be said."""

    inactive_on: date | None = None
    final_on: date | None = None


def period(text: str) -> Period | None:
    """Return what the words of a JRA say; None for no words. Raises ValueError for words that say no period."""
    words = " ".join(text.split())
    if not words:
        return None
    found = _PERIOD.fullmatch(words)
    if found is None:
        raise ValueError(f"write for example '2 tahun' or '2 tahun setelah pemeriksaan', not {text!r}")
    return Period(int(found["years"]), found["condition"] or "")


def dates(
    closed_on: date,
    active: Period | None,
    inactive: Period | None,
    *,
    condition_met_on: date | None = None,
    from_next_year: bool = False,
) -> Dates:
    """Return the days on which a berkas passes into its next state.

    Without an active period nothing is said. A condition that was met before the closing counts from the closing. Where the
    inactive period is left out, the fate is due as soon as the active one is over.
    """
    if active is None:
        return Dates()
    if active.condition and condition_met_on is None:
        return Dates()
    start = max(closed_on, condition_met_on or closed_on) if active.condition else closed_on
    if from_next_year:
        start = date(start.year + 1, 1, 1)
    inactive_on = years_after(start, active.years)
    return Dates(inactive_on, years_after(inactive_on, inactive.years if inactive else 0))


def years_after(day: date, years: int) -> date:
    """Return the same day so many years later; 29 February falls on 1 March where there is none, so that nothing is cut short."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
