"""As whom a log tells a person: by position and unit, so that it can be given away; by name only where that is asked for."""

from dataclasses import dataclass
from datetime import datetime

from laksana.people.services import Tenures
from laksana.worktime.zone import local_day


@dataclass(frozen=True)
class Actors:
    """Tells people."""

    tenures: Tenures
    named: bool

    def resource(self, person: int | None, at: datetime) -> str:
        """Return whom to name for what a person did: his position on that day, or his name; "" for nobody."""
        if person is None:
            return ""
        if self.named:
            return self.tenures.names.get(person, "")
        return self.tenures.title(person, local_day(at)) or self.group(person)

    def group(self, person: int | None) -> str:
        """Return the unit of a person; "" for nobody."""
        return "" if person is None else self.tenures.units.get(person, "")
