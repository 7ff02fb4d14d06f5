"""Moving a scenario in time, so that a demonstration at any date plays the same work as if it were of these weeks."""

import re
from datetime import date, datetime, timedelta
from typing import Any

from laksana.cases.play.script import Act, Expect, Scenario

_A_DAY = timedelta(days=1)
_MINUTE = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d")


def moved(scenario: Scenario, by: timedelta, until: datetime) -> Scenario:
    """Return the scenario moved `by` (whole days), its acts after `until` (local, without zone) left out.

    What it expects is left out too, with the acts that must be refused: a demonstration only works.
    """
    acts = [
        act.model_copy(update={"at": act.at + by, "data": _moved(act.data, by), "expect": Expect()})
        for act in scenario.acts
        if not act.expect.refuses and act.at + by <= until
    ]
    return scenario.model_copy(update={"acts": acts, "series": {}, "absences": [], "expect": Expect()})


def begins(scenario: Scenario) -> date:
    """Return the day of the first act."""
    first: Act = scenario.acts[0]
    return first.at.date()


def _moved(value: Any, by: timedelta) -> Any:
    if isinstance(value, date) and not isinstance(value, datetime):
        return _moved_day(value, by)
    if isinstance(value, datetime):
        return value + by
    if isinstance(value, str) and _MINUTE.fullmatch(
        value
    ):  # YAML takes an instant without seconds for a text
        return (datetime.fromisoformat(value) + by).isoformat(" ", "minutes")
    if isinstance(value, dict):
        return {key: _moved(item, by) for key, item in value.items()}
    if isinstance(value, list):
        return [_moved(item, by) for item in value]
    return value


def _moved_day(day: date, by: timedelta) -> date:
    """Return the day moved; the first of a month stays a first and the last a last, for they mean the month."""
    is_first, is_last = day.day == 1, (day + _A_DAY).day == 1
    if not (is_first or is_last):
        return day + by
    first = _nearest_first((day if is_first else day + _A_DAY) + by)
    return first if is_first else first - _A_DAY


def _nearest_first(day: date) -> date:
    """Return the first day of a month that lies nearest."""
    this = day.replace(day=1)
    following = (this + timedelta(days=31)).replace(day=1)
    return this if day - this < following - day else following
