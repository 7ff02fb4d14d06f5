"""The day whose law is asked for.

Rules are pure functions that name no such day: what surrounds them says it, and the tables that they read give what held then.
A step is judged by the law of the day on which it is done; a pay increase by that of the day on which it takes effect.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date

_day: ContextVar[date | None] = ContextVar("law_day", default=None)


@contextmanager
def law_of(day: date) -> Iterator[None]:
    """Ask for the law of a day within."""
    token = _day.set(day)
    try:
        yield
    finally:
        _day.reset(token)


def law_day() -> date | None:
    """Return the day whose law is asked for; None where nobody said, which means today."""
    return _day.get()
