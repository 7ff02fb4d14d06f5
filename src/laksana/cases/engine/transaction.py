"""One action is one transaction, tried again when the database itself asks for it."""

import re
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar, cast

from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils.translation import gettext as _

from laksana.cases.errors import Refused, Repeated
from laksana.people.services import holding

P = ParamSpec("P")
R = TypeVar("R")
_TRIES = 4
_DEADLOCK_OR_SERIALIZATION = {"40P01", "40001"}
_KEY_OF_AN_EVENT = re.compile(r"cases_event[._]key")


def atomically(action: Callable[P, R]) -> Callable[P, R]:
    """Run an action in a transaction; what was sent before with the same key is answered as it was then.

    When PostgreSQL sacrifices it to end a deadlock, or the same key arrives in two processes at once, it is run again from the
    start: it then finds what the other did.
    """

    @wraps(action)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        for attempt in range(1, _TRIES + 1):
            try:
                with transaction.atomic(), holding():
                    return action(*args, **kwargs)
            except Repeated as repeated:
                return cast("R", repeated.answer)
            except (IntegrityError, OperationalError) as error:
                if attempt == _TRIES or not _may_succeed(error):
                    _explain(error)
                    raise
        raise AssertionError  # the loop returns or raises

    return run


def _may_succeed(error: Exception) -> bool:
    if _is_key_taken(error):
        return True
    code = getattr(error.__cause__, "sqlstate", "")
    return code in _DEADLOCK_OR_SERIALIZATION and not connection.in_atomic_block


def _is_key_taken(error: Exception) -> bool:
    return isinstance(error, IntegrityError) and _KEY_OF_AN_EVENT.search(str(error)) is not None


def _explain(error: Exception) -> None:
    if _is_key_taken(error):
        raise Refused(
            _("This form was sent before, for something else. Open the page anew and send it again.")
        ) from error
