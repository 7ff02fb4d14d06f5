"""Migrate: move a running case to another version of its procedure."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from laksana.cases.definitions import parsed
from laksana.cases.engine.access import open_case
from laksana.cases.engine.run import Run
from laksana.cases.engine.settling import settle
from laksana.cases.engine.transaction import atomically
from laksana.cases.engine.versions import move, obstacles
from laksana.cases.errors import NotYours, Refused
from laksana.cases.models import Case, SopVersion
from laksana.cases.rights import is_administrator
from laksana.people.models import Person


@dataclass(frozen=True)
class Preview:
    """What moving a case would do: where it stands, and why it cannot move, if it cannot."""

    case: str
    open_steps: tuple[str, ...]
    obstacles: tuple[str, ...]

    @property
    def possible(self) -> bool:
        """Return whether the case can move."""
        return not self.obstacles


def preview_migration(case: Case, to: SopVersion) -> Preview:
    """Return what moving a case to another version would do, changing nothing."""
    run = Run.read(case, case.opened_at, None)
    found = tuple(obstacles(run, parsed(to.pk), to))
    return Preview(case.number, tuple(sorted({item.step for item in run.items})), found)


@atomically
def migrate(case_id: int, to: SopVersion, person: Person, at: datetime, *, key: UUID | None = None) -> Case:
    """Move a running case to another version of its procedure; return it. An administrator may.

    Steps that are open keep who claimed them and to whom they were delegated; lanes, desks and times are the new
    version's. Raises NotFound, NotYours, Refused with every obstacle.
    """
    if not is_administrator(person):
        raise NotYours(_("Only an administrator moves cases to another version."))
    run = open_case(case_id, at, person, key, "migrated")
    target, former = parsed(to.pk), run.case.sop.version
    if found := list(obstacles(run, target, to)):
        raise Refused(" ".join(found))
    move(run, target, to)
    run.record("migrated", data={"from": former, "to": to.version})
    settle(run)
    return run.case
