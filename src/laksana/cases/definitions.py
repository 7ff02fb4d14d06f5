"""The frozen definitions that cases run on, parsed once per process."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from django.db.models import Max

from laksana.cases.errors import NotFound
from laksana.cases.models import SopVersion
from laksana.cases.subject import told_by
from laksana.sop.definition import Level, Procedure, load
from laksana.sop.expression import Expression
from laksana.sop.flow import Net
from laksana.sop.performer import Kind
from laksana.sop.source import DefinitionError


@dataclass(frozen=True)
class Parsed:
    """A definition ready for use, with what every action asks of it."""

    procedure: Procedure
    net: Net
    looks_back: bool
    """Whether its steps look back at who did or decided what."""
    has_instances: bool
    told: frozenset[str]
    """The fields that a case's subject, level and words are made of."""


@lru_cache(maxsize=512)
def parsed(sop_id: int) -> Parsed:
    """Return the definition kept in a row of SopVersion. A row never changes, so that this never goes stale."""
    text = SopVersion.objects.values_list("definition", flat=True).get(pk=sop_id)
    try:
        return _read(text)
    except DefinitionError as error:
        raise DefinitionError([replace(fault, file=f"sop:{sop_id}") for fault in error.faults]) from None


@lru_cache(maxsize=512)
def _read(text: str) -> Parsed:
    """Return what a text defines: the same text is read once, whichever rows keep it."""
    procedure = load(text)
    return Parsed(
        procedure=procedure,
        net=Net.of(procedure),
        looks_back=_looks_back(procedure),
        has_instances=any(step.for_each for step in procedure.steps),
        told=told_by(procedure),
    )


def known_to(desks: Collection[str]) -> set[tuple[int, Level]]:
    """Return the versions and levels whose cases are known to whoever sits at one of these desks, work in them or not."""
    latest = SopVersion.objects.aggregate(latest=Max("pk"))["latest"]
    return {key for key, named in _known_to(latest or 0) if not named.isdisjoint(desks)}


@lru_cache(maxsize=4)
def _known_to(_latest: int) -> list[tuple[tuple[int, Level], frozenset[str]]]:
    """Return every level of a version with the desks that know of its cases. Rows only come: the latest says whether any did."""
    keys = SopVersion.objects.filter(definition__contains="known_to:").order_by("pk")
    return [
        ((key, level), frozenset(f"{binding.kind}:{binding.of}" for binding in bindings))
        for key in keys.values_list("pk", flat=True)
        if (access := parsed(key).procedure.data.access) is not None
        for level, bindings in access.known_to.items()
    ]


def forget() -> None:
    """Forget what was read: for tests, whose rows are rolled back and whose keys are given anew."""
    parsed.cache_clear()
    _known_to.cache_clear()


def in_force(procedure_id: str, on: date) -> SopVersion:
    """Return the version of a procedure in force on a day. Raises NotFound when there is none."""
    version = (
        SopVersion.objects.filter(procedure=procedure_id, effective__lte=on).order_by("-version").first()
    )
    if version is None:
        raise NotFound(f"no version of procedure {procedure_id} is in force on {on.isoformat()}")
    return version


def _looks_back(procedure: Procedure) -> bool:
    if any(step.not_by for step in procedure.steps):
        return True
    bindings = [
        binding
        for performer in procedure.performers.values()
        for binding in (performer.holder, performer.recorded_by)
        if binding
    ]
    if any(binding.kind in (Kind.DOER, Kind.SUPERIOR, Kind.HEAD) for binding in bindings):
        return True
    decisions = {step.id.replace("-", "_") for step in procedure.steps if step.is_decision}
    return any(expression.names & decisions for expression in _expressions(procedure))


def _expressions(procedure: Procedure) -> list[Expression]:
    found: list[Expression | None] = []
    for spec in procedure.fields.values():
        found += [spec.required_if, spec.shown_if]
    for step in procedure.steps:
        found += [exit_.allowed_if for exit_ in step.outcomes.values()]
        found += [step.skip_if.when if step.skip_if else None]
        found += [step.for_each.where if step.for_each else None]
        found += list(step.starts.hand_over.values()) if step.starts else []
    found += [clock.if_ for clock in procedure.clocks]
    found += [document.when for document in procedure.documents]
    found += [register.when for register in procedure.registers]
    return [expression for expression in found if expression is not None]
