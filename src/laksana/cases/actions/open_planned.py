"""Open planned: the system opens a case whose day has come, with what is known of it; its first step waits at its desk."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from laksana.cases.engine.settling import new_case, settle
from laksana.cases.engine.transaction import atomically
from laksana.cases.models import Case


@atomically
def open_planned(procedure: str, values: Mapping[str, Any], at: datetime) -> Case:
    """Open a case that nobody has to ask for, prefilled with `values`, and return it. Raises NotFound."""
    run = new_case(procedure, at, initiator=None, data=values)
    settle(run)
    return run.case
