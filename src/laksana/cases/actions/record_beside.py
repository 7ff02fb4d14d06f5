"""Record beside: what another application did with a case, the archive for one, becomes part of its chain of events."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from laksana.cases.engine.run import Run
from laksana.cases.engine.transaction import atomically
from laksana.cases.engine.writing import save_beside_flow
from laksana.cases.models import Case
from laksana.people.models import Person


@atomically
def record_beside(case_id: int, kind: str, person: Person, data: Mapping[str, Any], at: datetime) -> Case:
    """Add an event beside its flow to a case; the right to do what it tells is the caller's to check. Raises NotFound."""
    run = Run.open(case_id, at, person)
    run.record(kind, data=data)
    save_beside_flow(run)
    return run.case
