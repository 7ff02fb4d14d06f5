"""Open a case by the system: what is known already stands in the form of whoever does its first step."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from laksana.cases.engine.settling import new_case, settle
from laksana.cases.engine.transaction import atomically
from laksana.cases.models import Case
from laksana.people.models import Person


@atomically
def open_known(
    procedure: str, at: datetime, known: Mapping[str, Any], *, initiator: Person | None = None
) -> Case:
    """Open a case that nobody has asked for, with values that its first step may still change; return it.

    `initiator` is whose case it is where the definition gives the first step to the one who asks. Raises NotFound for a procedure
    not in force, KeyError for a value that is no field of it.
    """
    run = new_case(procedure, at, initiator=initiator, data=known, by_system=True)
    for name in known:
        run.procedure.fields[name]
    settle(run)
    return run.case
