"""What was done in a case so far, for steps that look back: four eyes, superiors, `doer of`."""

from collections.abc import Callable
from dataclasses import dataclass

from laksana.cases.engine.marking import path_of
from laksana.sop.flow import Instance


@dataclass(frozen=True)
class Past:
    """A finished work item."""

    step: str
    lane: str
    instance: str
    done_by: int | None

    def is_before(self, instance: Instance) -> bool:
        """Return whether it was done for an instance or for one that it came from."""
        path = path_of(self.instance)
        return instance[: len(path)] == path


Wanted = Callable[[Past], bool]
