"""The door of `cases` for other applications: reading. Changing is `laksana.cases.actions`."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from laksana.cases import inbox as inbox_of
from laksana.cases.actions.recall import check_may_recall
from laksana.cases.actions.withdraw import check_may_withdraw
from laksana.cases.behaviour import Filling, Known, Situation, behaviour
from laksana.cases.chain import chained_text
from laksana.cases.definitions import in_force, parsed
from laksana.cases.engine.capacity import recorded_for as whom_recorded
from laksana.cases.engine.marking import path_of, text_of
from laksana.cases.engine.outcome import combine
from laksana.cases.engine.reading import instances
from laksana.cases.engine.rows import is_optional
from laksana.cases.engine.run import Run
from laksana.cases.engine.values import Values
from laksana.cases.errors import NotFound, Refused
from laksana.cases.history import Entry, history, net_states, steps_taken
from laksana.cases.inbox import Sift, WaitingStep
from laksana.cases.models import Attachment, Case, SopVersion, WorkItem
from laksana.cases.rights import check_may_do, check_may_place
from laksana.cases.search import search, search_files
from laksana.cases.sight import (
    content_seen,
    files_opened,
    hidden_fields,
    opens_file,
    opens_files,
    seen_values,
    sees_content,
)
from laksana.cases.uploads import upload
from laksana.people.models import Person
from laksana.people.services import desks_of, office_on
from laksana.sop.book import place_in_book
from laksana.sop.definition import Access, Procedure, Step
from laksana.sop.form import clean
from laksana.sop.performer import Kind
from laksana.worktime.services import calendar
from laksana.worktime.zone import local_day

__all__ = [
    "CaseView",
    "Entry",
    "Sift",
    "WaitingStep",
    "agreed",
    "attachments_for",
    "book_in_force",
    "case_view",
    "cases_seen_by",
    "chained_text",
    "definition",
    "definition_in_force",
    "definition_of_version",
    "definitions_by_procedure",
    "definitions_of",
    "files_found",
    "form_situation",
    "form_warnings",
    "history",
    "inbox",
    "inbox_counts",
    "instance_values",
    "instances",
    "is_optional",
    "may_complete",
    "may_open",
    "may_open_files",
    "may_start",
    "may_withdraw",
    "net_states",
    "opening_warnings",
    "path_of",
    "procedures_in_force",
    "readable_by",
    "search",
    "start_situation",
    "startable_by",
    "steps_taken",
    "text_of",
    "upload",
    "version_in_force",
    "waiting_steps",
]


def definition(case: Case) -> Procedure:
    """Return the definition that a case runs on."""
    return parsed(case.sop_id).procedure


def instance_values(case: Case, path: str) -> dict[str, Any]:
    """Return the typed values of a case as one of its instances sees them, by its path "2.1". Raises KeyError."""
    known = {path_of(each.path): each for each in instances(case)}
    return Values(case, definition(case), known).seen(path_of(path))


def definition_of_version(sop_id: int) -> Procedure:
    """Return the definition of a version of a procedure, by the key of the version."""
    return parsed(sop_id).procedure


def agreed(step: Step, answers: Sequence[str], total: int) -> str | None:
    """Return what a decision of several performers comes to by the answers of some of `total`; None while it is open."""
    return combine(step.agree, tuple(step.outcomes), answers, total)


def definitions_of(procedure_id: str) -> Iterator[Procedure]:
    """Yield every version of a procedure, the latest first: what earlier cases ran on is there as well."""
    for sop_id in (
        SopVersion.objects.filter(procedure=procedure_id).order_by("-version").values_list("pk", flat=True)
    ):
        yield parsed(sop_id).procedure


def definitions_by_procedure() -> dict[str, list[Procedure]]:
    """Return every version of every procedure, the latest of each first; one query."""
    found: dict[str, list[Procedure]] = {}
    for name, sop_id in SopVersion.objects.order_by("-version").values_list("procedure", "pk"):
        found.setdefault(name, []).append(parsed(sop_id).procedure)
    return found


def version_in_force(procedure_id: str, at: datetime) -> SopVersion:
    """Return the version of a procedure in force at an instant. Raises NotFound."""
    return in_force(procedure_id, local_day(at))


def definition_in_force(procedure_id: str, at: datetime) -> Procedure:
    """Return the definition of a procedure in force at an instant. Raises NotFound."""
    return parsed(version_in_force(procedure_id, at).pk).procedure


def procedures_in_force(at: datetime) -> list[SopVersion]:
    """Return the version in force of every procedure, in the order of the book."""
    newest: dict[str, SopVersion] = {}
    for version in (
        SopVersion.objects.filter(effective__lte=local_day(at)).defer("definition").order_by("version")
    ):
        newest[version.procedure] = version
    return sorted(newest.values(), key=lambda version: place_in_book(version.code))


def book_in_force(at: datetime) -> dict[str, Procedure]:
    """Return the definitions in force by their id, in the order of the book; one query."""
    return {version.procedure: parsed(version.pk).procedure for version in procedures_in_force(at)}


def readable_by(person: Person, at: datetime) -> "QuerySet[Case]":
    """Return the cases a person may know of."""
    return Case.objects.readable_by(person, desks_of(person, at))


def inbox(
    person: Person,
    at: datetime,
    *,
    procedure: str = "",
    late: bool = False,
    steps: Collection[tuple[int, str]] | None = None,
    offset: int = 0,
    limit: int = 50,
) -> list[WorkItem]:
    """Return the work that waits for a person, the most urgent first, with its cases; `steps` keeps those of these steps."""
    return inbox_of.inbox(
        person,
        desks_of(person, at),
        procedure=procedure,
        late_at=at if late else None,
        steps=steps,
        offset=offset,
        limit=limit,
    )


def sifted_inbox(
    person: Person, at: datetime, sift: Sift, *, offset: int = 0, limit: int = 50
) -> list[WorkItem]:
    """Return what is left of the work that waits for a person, the most urgent first, with its cases."""
    office = office_on(at)
    desks = {desk: len(office.holders(desk)) > 1 for desk in office.desks_of(person.pk)}
    return inbox_of.sifted(person, desks, sift, offset=offset, limit=limit)


def inbox_counts(person: Person, at: datetime) -> dict[str, int]:
    """Return how much waits for a person ("waiting") and how much of it is late ("late")."""
    return inbox_of.counts(person, desks_of(person, at), at)


def waiting_steps(person: Person, at: datetime) -> list[WaitingStep]:
    """Return what waits for a person, counted by step."""
    return inbox_of.waiting_steps(person, desks_of(person, at), at)


def may_complete(person: Person, item: WorkItem, at: datetime) -> bool:
    """Return whether a person may do an open step now."""
    run = Run.read(item.case, at, person)
    try:
        check_may_do(run, item, person, desks_of(person, at))
    except Refused:
        return False
    return item.state == WorkItem.State.OPEN


def may_withdraw(person: Person, done: WorkItem, at: datetime) -> bool:
    """Return whether a person may take back a step that he did."""
    try:
        check_may_withdraw(Run.read(done.case, at, person), done, person)
    except Refused:
        return False
    return True


def may_start(person: Person, procedure: Procedure, at: datetime) -> bool:
    """Return whether a person may start a case: he may do its first step."""
    return _first_step_is_his(procedure, desks_of(person, at))


def startable_by(person: Person, at: datetime) -> list[Procedure]:
    """Return the procedures in force that a person may start, in the order of the book."""
    desks = desks_of(person, at)
    return [each for each in book_in_force(at).values() if _first_step_is_his(each, desks)]


def _first_step_is_his(procedure: Procedure, desks: Collection[str]) -> bool:
    for lane in procedure.steps[0].by:
        performer = procedure.performers[lane]
        binding = performer.recorded_by or performer.holder
        if binding.kind in (Kind.INITIATOR, Kind.SYSTEM):
            return True
        if f"{binding.kind.value}:{binding.of}" in desks:
            return True
    return False


def cases_seen_by(person: Person, at: datetime, keys: Collection[int]) -> set[int]:
    """Return those of the cases `keys` that a person may know of and whose content he may see, in few queries."""
    desks = desks_of(person, at)
    cases = Case.objects.readable_by(person, desks).filter(pk__in=keys)
    return content_seen(cases, person, desks, _readers_of)


def attachments_for(person: Person, at: datetime, case: Case) -> "QuerySet[Attachment]":
    """Return the files and papers of a case that a person may open: those in fields kept from him left out."""
    if not may_open_files(person, at, case.pk):
        return Attachment.objects.none()
    hidden = hidden_fields(case, definition(case), person, desks_of(person, at))
    return (
        Attachment.objects.filter(case=case)
        .exclude(Q(field__in=hidden) & ~Q(by=person))
        .select_related("stored", "by")
    )


def files_found(person: Person, at: datetime, text: str, limit: int) -> list[Attachment]:
    """Return the newest files and papers that a person may open and whose names hold every word of `text` in any form."""
    desks = desks_of(person, at)
    readable = Case.objects.readable_by(person, desks)
    found = search_files(
        readable, text, lambda found: files_opened(found, person, desks, _access_of), limit=limit
    )
    return [each for each in found if each.case and _opens(each, each.case, person, desks)]


def may_open_files(person: Person, at: datetime, case_id: int) -> bool:
    """Return whether a person may open the files of a case; false too for one that he may not know of."""
    desks = desks_of(person, at)
    case = Case.objects.readable_by(person, desks).filter(pk=case_id).first()
    return case is not None and opens_files(case, definition(case), person, desks)


def may_open(person: Person, at: datetime, file: Attachment) -> bool:
    """Return whether a person may open a file of a case; false too where he may not know of the case."""
    desks = desks_of(person, at)
    case = Case.objects.readable_by(person, desks).filter(attachments=file).first()
    return case is not None and _opens(file, case, person, desks)


def _opens(file: Attachment, case: Case, person: Person, desks: Collection[str]) -> bool:
    return opens_file(file, case, definition(case), person, desks)


def _access_of(sop_id: int) -> Access | None:
    return parsed(sop_id).procedure.data.access


def _readers_of(sop_id: int) -> Collection[str] | None:
    access = _access_of(sop_id)
    return None if access is None else access.readers


@dataclass(frozen=True)
class CaseView:
    """A case as one person may see it."""

    case: Case
    procedure: Procedure
    content: bool
    """Whether he sees the content; of a sealed case perhaps only the cover."""
    files: bool
    """Whether he may open its files."""
    hidden: frozenset[str]
    """Fields that are kept from him, though he sees the rest."""
    values: dict[str, Any]
    mine: list[WorkItem]
    """Open items that he may do now."""
    open_items: list[WorkItem]
    placeable: list[WorkItem]
    """Open items that he may put on another's desk."""
    recallable: list[WorkItem]
    """Open items that he gave and may take back."""
    takes_part: bool
    """Whether a step that is open or waits lies on one of his desks: he may change the case's time limits."""

    def may_cancel(self, person: Person) -> bool:
        """Return whether a person whose view this is may cancel the case."""
        running = self.case.state == Case.State.RUNNING
        return running and (self.takes_part or self.case.initiator_id == person.pk)


def case_view(number: str, person: Person, at: datetime) -> CaseView:
    """Return a case as a person may see it. Raises NotFound when he may not know of it."""
    desks = desks_of(person, at)
    case = (
        Case.objects.readable_by(person, desks)
        .select_related("sop", "initiator")
        .filter(number=number)
        .first()
    )
    if case is None:
        raise NotFound("there is no such case, or you may not see it")
    run = Run.read(case, at, person)
    content = sees_content(case, run.procedure, person, desks)
    files_too = opens_files(case, run.procedure, person, desks)
    hidden = hidden_fields(case, run.procedure, person, desks)
    open_items = [item for item in run.items if item.state == WorkItem.State.OPEN]
    mine = [item for item in open_items if _may(run, item, person, desks)]
    return CaseView(
        case,
        run.procedure,
        content,
        files_too,
        hidden,
        seen_values(run.procedure, run.values(), content=content, files=files_too, hidden=hidden),
        mine,
        open_items,
        [item for item in open_items if _may_place(run, item, person)],
        [item for item in open_items if _may_recall(run, item, person)],
        any(item.desk in desks for item in run.items),
    )


def _may(run: Run, item: WorkItem, person: Person, desks: frozenset[str]) -> bool:
    try:
        check_may_do(run, item, person, desks)
    except Refused:
        return False
    return True


def _may_place(run: Run, item: WorkItem, person: Person) -> bool:
    try:
        check_may_place(run, item, person)
    except Refused:
        return False
    return True


def _may_recall(run: Run, item: WorkItem, person: Person) -> bool:
    try:
        check_may_recall(run, item, person)
    except Refused:
        return False
    return True


def form_situation(item: WorkItem, person: Person | None, at: datetime) -> Situation:
    """Return what the form of an open step knows: its step, instance, and the values so far."""
    run = Run.read(item.case, at, person)
    return run.situation_of(item)


def recorded_for(item: WorkItem, person: Person, at: datetime) -> str:
    """Return for whom outside or above the office a step is only recorded here; "" for a step that the office does itself."""
    return whom_recorded(Run.read(item.case, at, person), item)


def start_situation(procedure: Procedure, person: Person | None, at: datetime) -> Situation:
    """Return what the form of a case's first step knows before the case exists."""
    case = Case(procedure=procedure.id, initiator=person, level=procedure.data.classification, opened_at=at)
    return Situation(case, procedure, procedure.steps[0], (), {}, at, person, calendar())


def opening_warnings(situation: Situation) -> dict[str, str]:
    """Return what the procedure warns of before anything is typed into a form: field -> warning."""
    found: dict[str, str] = {}
    for check in behaviour(situation.procedure.id).opening.get(situation.step.id, ()):
        found |= check(situation)
    return found


def form_filling(situation: Situation, raw: Mapping[str, Any] | None = None) -> Filling:
    """Return what is known elsewhere for the fields of a form as typed so far, of its fields that nobody computes."""
    found = behaviour(situation.procedure.id).prefilled.get(situation.step.id)
    if found is None:
        return Filling()
    if raw:
        cleaned = clean(situation.procedure, situation.step, raw, situation.values)
        situation = replace(situation, values={**situation.values, **cleaned.values})
    filling = found(situation)
    asked = {name for name in situation.step.asks if not situation.procedure.fields[name].computed}
    return replace(filling, known={name: known for name, known in filling.known.items() if name in asked})


def known_elsewhere(view: "CaseView", person: Person, at: datetime) -> dict[str, Known]:
    """Return what a person may know from elsewhere of the fields of a case that runs, to hold against what was typed."""
    prefilled = behaviour(view.procedure.id).prefilled
    if not prefilled or not view.content or view.case.state != Case.State.RUNNING:
        return {}
    found: dict[str, Known] = {}
    for step, fill in prefilled.items():
        at_step = view.procedure.step(step)
        situation = Situation(view.case, view.procedure, at_step, (), view.values, at, person, calendar())
        found |= {name: known for name, known in fill(situation).known.items() if name in at_step.asks}
    return found


def form_warnings(
    situation: Situation, raw: Mapping[str, Any], *, outcome: str | None = None
) -> dict[str, str]:
    """Return what the procedure warns of for a form as typed so far: field -> warning. It refuses nothing."""
    step: Step = situation.step
    warned = behaviour(situation.procedure.id).warnings.get(step.id, ())
    if not warned:
        return {}
    cleaned = clean(situation.procedure, step, raw, situation.values, outcome=outcome)
    seen = replace(situation, values={**situation.values, **cleaned.values}, outcome=outcome)
    found: dict[str, str] = {}
    for check in warned:
        found |= check(seen)
    return found
