"""What is found on a draft in this office: beside its table, the procedures, positions and programs that it names."""

from collections.abc import Iterator
from datetime import datetime

from laksana.cases.behaviour import behaviour
from laksana.cases.services import definition_in_force, procedures_in_force
from laksana.library.models import SopDraft
from laksana.people.models import Group, Position, Unit
from laksana.sop.book import misfits
from laksana.sop.definition import Procedure, as_yaml, load
from laksana.sop.message import message as _
from laksana.sop.performer import Binding, Kind
from laksana.sop.revising import Data, Examination, Finding, examine


def examined(draft: SopDraft, data: Data, at: datetime) -> Examination:
    """Return what is found on data that a draft is to say, and what of them can be drawn."""
    alone = examine(data)
    if alone.grave:
        return alone
    procedure = load(as_yaml(dict(data)))
    return Examination((*_of_the_office(draft, procedure, at), *alone.findings), alone.drawn)


def _of_the_office(draft: SopDraft, procedure: Procedure, at: datetime) -> Iterator[Finding]:
    if procedure.id != draft.procedure:
        yield Finding(
            None,
            "",
            _(
                "This is the definition of %(other)s, not of %(own)s.",
                other=procedure.id,
                own=draft.procedure,
            ),
        )
        return
    yield from _holders(procedure)
    yield from _programs(procedure)
    book = {
        version.procedure: definition_in_force(version.procedure, at) for version in procedures_in_force(at)
    }
    for of, path, text in misfits({**book, procedure.id: procedure}):
        if of == procedure.id and path[0] != "related":
            row = path[1] if path[0] == "steps" and isinstance(path[1], int) else None
            yield Finding(row, "", text, where=path)


def _holders(procedure: Procedure) -> Iterator[Finding]:
    for lane, performer in procedure.performers.items():
        for binding in (performer.holder, performer.recorded_by):
            if binding is not None and not _exists(binding):
                text = _("%(holder)s, who is to do this, is not in the organisation.", holder=binding)
                yield Finding(None, "", text, where=("performers", lane))


def _exists(binding: Binding) -> bool:
    match binding.kind:
        case Kind.POSITION:
            return Position.objects.filter(code=binding.of).exists()
        case Kind.GROUP:
            return Group.objects.filter(code=binding.of).exists()
        case Kind.UNIT:
            return Unit.objects.filter(code=binding.of).exists()
    return True


def _programs(procedure: Procedure) -> Iterator[Finding]:
    known = behaviour(procedure.id).automatics
    for place, step in enumerate(procedure.steps):
        if step.auto and step.auto not in known:
            text = _(
                "The automatic action %(auto)s of this step is not among the programs of the procedure.",
                auto=step.auto,
            )
            yield Finding(place, "", text)
