"""Migrate: move a running case to another version of its procedure."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from laksana.cases.definitions import Parsed, parsed
from laksana.cases.engine.marking import path_of
from laksana.cases.engine.run import Run
from laksana.cases.engine.transaction import atomically
from laksana.cases.engine.writing import save
from laksana.cases.errors import Refused
from laksana.cases.models import Case, SopVersion
from laksana.people.models import Person


@dataclass(frozen=True)
class Preview:
    """What moving a case would do: where it stands now and then, and why it cannot, if it cannot."""

    case: str
    open_steps: tuple[str, ...]
    obstacles: tuple[str, ...]

    @property
    def possible(self) -> bool:
        """Return whether the case can move."""
        return not self.obstacles


@atomically
def preview_migration(case: Case, to: SopVersion) -> Preview:
    """Return what moving a case to another version would do, changing nothing."""
    run = Run.open(case.pk, case.opened_at, None)
    return _preview(run, parsed(to.pk), to)


@atomically
def migrate(case_id: int, to: SopVersion, person: Person, at: datetime, *, key: UUID | None = None) -> Case:
    """Move a running case to another version of its procedure; return it. Raises NotFound, Refused with every obstacle."""
    run = Run.open(case_id, at, person, key)
    target = parsed(to.pk)
    preview = _preview(run, target, to)
    if not preview.possible:
        raise Refused("; ".join(preview.obstacles))
    former = run.case.sop
    run.case.sop = to
    run.parsed = target
    for item in run.items:
        step = target.procedure.step(item.step)
        instance = path_of(item.instance)
        lane = item.lane if item.lane in step.by else step.by[0]
        if item.desk and not item.desk.startswith("person:"):
            item.desk = run.resolver(instance, run.values(instance)).desk(lane)
        item.lane = lane
        run.change(item)
    run.record("migrated", data={"from": former.version, "to": to.version})
    save(run)
    return run.case


def _preview(run: Run, target: Parsed, to: SopVersion) -> Preview:
    obstacles = []
    if to.procedure != run.case.procedure:
        obstacles.append(f"version of another procedure ({to.procedure})")
    if run.case.state != Case.State.RUNNING:
        obstacles.append("the case is no longer running")
    known = {step.id for step in target.procedure.steps}
    standing = sorted({item.step for item in run.items})
    for step in standing:
        if step not in known:
            obstacles.append(f"the case stands at step {step}, which the new version does not have")
        elif run.net.nodes[step].need != target.net.nodes[step].need:
            obstacles.append(f"step {step} joins other branches in the new version")
    makers = {row.made_by for row in run.instances.values() if row.state != "tutup"}
    for maker in sorted(makers):
        if maker not in known or not target.net.nodes[maker].spawns:
            obstacles.append(f"step {maker} runs for several, which the new version does not do")
    kept = set(run.case.data) - {"_outcomes"}
    for field in sorted(kept - set(target.procedure.fields)):
        obstacles.append(f"field {field} has a value and is not in the new version")
    return Preview(run.case.number, tuple(standing), tuple(obstacles))
