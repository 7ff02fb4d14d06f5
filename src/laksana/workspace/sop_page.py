"""What the page of a procedure shows: the definition in force, its relations, its cases and how it does."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from laksana.cases import services as cases
from laksana.cases.models import Case, SopVersion
from laksana.library.drafts.rights import may_revise
from laksana.library.openings.services import lines_of
from laksana.measurement.services import measure
from laksana.sop.book import relations_of
from laksana.sop.definition import Procedure
from laksana.web.chart import chart_of
from laksana.web.visits import Visit
from laksana.workspace.views.measurement import SPANS, USUAL, figures_of

_SHOWN = 5
"""How many of the newest cases are shown by state."""


@dataclass(frozen=True)
class CaseList:
    """The newest cases of a state that a person may know of, and how many there are."""

    state: str
    count: int
    newest: list[Case]


def sop_context(procedure_id: str, visit: Visit) -> dict[str, Any]:
    """Return what the page of a procedure shows to a person. Raises cases.errors.NotFound when no version is in force."""
    procedure = cases.definition_in_force(procedure_id, visit.at)
    versions = {version.procedure: version for version in cases.procedures_in_force(visit.at)}
    titles = {name: version.title for name, version in versions.items()}
    span = SPANS[USUAL]
    return {
        "procedure": procedure,
        "chart": chart_of(procedure, versions[procedure_id].digest, titles),
        "may_start": cases.may_start(visit.person, procedure, visit.at),
        "may_revise": may_revise(visit.person, visit.at),
        "may_move": visit.is_administrator and _left_behind(versions[procedure_id]),
        "unchecked": sum(not basis.checked for basis in procedure.legal_basis),
        **_relations(procedure, versions, visit),
        **_cases(cases.readable_by(visit.person, visit.at).filter(procedure=procedure_id)),
        "figures": figures_of(measure(procedure_id, visit.at - span if span else None, visit.at)),
        "versions": _versions(procedure),
        "openings": lines_of(procedure, visit.at, shown=1),
    }


def _relations(
    procedure: Procedure, versions: dict[str, SopVersion], visit: Visit
) -> dict[str, list[SopVersion]]:
    """Return the versions in force of what this starts, of what starts it, and of what else it is related to."""
    relations = relations_of(procedure, cases.book_in_force(visit.at))

    def named(names: Iterable[str]) -> list[SopVersion]:
        return [versions[name] for name in names]

    return {
        "starts": named(relations.starts),
        "started_by": named(relations.started_by),
        "related": named(relations.related),
    }


def _cases(readable: "QuerySet[Case]") -> dict[str, CaseList]:
    return {
        "running": _list(readable, Case.State.RUNNING, "-opened_at"),
        "ended": _list(readable, Case.State.ENDED, "-ended_at"),
    }


def _left_behind(version: SopVersion) -> bool:
    """Return whether cases run on another version than the one in force."""
    running = Case.objects.filter(procedure=version.procedure, state=Case.State.RUNNING)
    return running.exclude(sop=version).exists()


def _list(readable: "QuerySet[Case]", state: Case.State, order: str) -> CaseList:
    found = readable.filter(state=state)
    return CaseList(state.value, found.count(), list(found.order_by(order)[:_SHOWN]))


def _versions(procedure: Procedure) -> "QuerySet[SopVersion]":
    return SopVersion.objects.filter(procedure=procedure.id).defer("definition").order_by("-version")
