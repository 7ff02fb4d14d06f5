"""One action is one transaction, tried again when the database itself asks for it."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection, transaction

P = ParamSpec("P")
R = TypeVar("R")
_TRIES = 4
_DEADLOCK_OR_SERIALIZATION = {"40P01", "40001"}


def atomically(action: Callable[P, R]) -> Callable[P, R]:
    """Run an action in a transaction; when PostgreSQL sacrifices it to end a deadlock, run it again from the start."""

    @wraps(action)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if connection.in_atomic_block:
            with transaction.atomic():
                return action(*args, **kwargs)
        for attempt in range(_TRIES):
            try:
                with transaction.atomic():
                    return action(*args, **kwargs)
            except OperationalError as error:
                if attempt == _TRIES - 1 or _code(error) not in _DEADLOCK_OR_SERIALIZATION:
                    raise
        raise AssertionError  # the loop returns or raises

    return run


def _code(error: OperationalError) -> str:
    return str(getattr(error.__cause__, "sqlstate", ""))
