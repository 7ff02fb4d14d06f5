"""Which signatures a paper waits for, and at whose desk: written down with the paper, in the transaction of its step."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.conf import settings

from laksana.cases.behaviour import Situation
from laksana.cases.models import WorkItem
from laksana.documents.services import Paper
from laksana.people.models import Person
from laksana.signing.blocks import Block, blocks, prints_a_signature
from laksana.signing.models import Method, Signature
from laksana.sop.definition import Procedure
from laksana.sop.performer import Kind


def electronic() -> bool:
    """Return whether the office signs electronically."""
    return settings.SIGNATURE in (Method.LOCAL, Method.BSRE) and not _by_hand.get()


@contextmanager
def by_hand() -> Iterator[None]:
    """Let papers of steps done inside wait for no electronic signature: work of the past was signed on paper."""
    token = _by_hand.set(True)
    try:
        yield
    finally:
        _by_hand.reset(token)


_by_hand: ContextVar[bool] = ContextVar("by_hand", default=False)


def ask_for(situation: Situation, item: WorkItem) -> list[Signature]:
    """Let the papers that a finished step owed wait for their signatures, where the office signs electronically."""
    if not electronic() or not any(
        document.at == situation.step.id for document in situation.procedure.documents
    ):
        return []
    papers = [
        paper
        for paper in Paper.objects.filter(work_item=item, signatures=None)
        if prints_a_signature(paper.template)
    ]
    return [each for paper in papers for each in ask(paper, item, situation.procedure, situation.at)]


def ask(paper: Paper, item: WorkItem, procedure: Procedure, at: datetime) -> list[Signature]:
    """Write down the signatures that one paper waits for: one for each of its blocks that is somebody's of the office."""
    found = blocks(paper.data)
    people = _people(found)
    waited = []
    for place, block in enumerate(found):
        person = people.get(block.nip)
        desk = _desk(paper, item, procedure, person) if place == 0 else _own(person)
        if desk:
            waited.append(_row(paper, place, block, desk, at))
    return Signature.objects.bulk_create(waited)


def desk_of(paper: Paper, item: WorkItem, procedure: Procedure) -> str:
    """Return the desk at which the first signature of a paper waits; "" where it is nobody's of the office."""
    found = blocks(paper.data)[:1]
    return _desk(paper, item, procedure, _people(found).get(found[0].nip)) if found else ""


def _people(found: list[Block]) -> dict[str, Person]:
    return {person.nip: person for person in Person.objects.filter(nip__in=[each.nip for each in found])}


def _row(paper: Paper, place: int, block: Block, desk: str, at: datetime) -> Signature:
    return Signature(
        paper=paper, place=place, desk=desk, name=block.name[:200], title=block.title[:300], asked_at=at
    )


def _own(person: Person | None) -> str:
    return f"person:{person.pk}" if person else ""


def _desk(paper: Paper, item: WorkItem, procedure: Procedure, person: Person | None) -> str:
    """Return the desk of the step at which the paper is signed; an outside party's papers wait at no desk of ours."""
    document = {each.id: each for each in procedure.documents}[paper.document]
    steps = document.signed_at or (item.step,)
    done = WorkItem.objects.filter(
        case=item.case_id, step__in=steps, state=WorkItem.State.DONE, instance__in=("", item.instance)
    )
    last = done.order_by("done_at", "pk").last()
    lane = procedure.performers[last.lane if last else procedure.step(steps[0]).by[0]]
    if lane.holder.kind in (Kind.OUTSIDE, Kind.PUBLIC, Kind.SYSTEM):
        return _own(person)
    if last is not None:
        signer = person or last.done_by
        named = person is None or last.done_by_id == person.pk
        return last.desk if named and ":" in last.desk else _own(signer)
    return f"position:{lane.holder.of}" if lane.holder.kind is Kind.POSITION else _own(person)
