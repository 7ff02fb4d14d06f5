"""Ink: papers of a case whose scan somebody who signs them can put in, where nothing asked for their signature before."""

from datetime import datetime

from laksana.cases import services as cases
from laksana.cases.errors import NotFound
from laksana.documents.services import Paper
from laksana.people.models import Person
from laksana.people.services import desks_of
from laksana.signing.asking import ask, desk_of
from laksana.signing.blocks import prints_a_signature
from laksana.signing.models import Signature


def inkable(case_id: int, person: Person, at: datetime) -> list[Paper]:
    """Return the made papers of a case that wait for no signature yet, and which a person signs."""
    papers = (
        Paper.objects.filter(case=case_id, signatures=None)
        .exclude(attachment=None)
        .select_related("work_item", "case__sop")
    )
    desks = desks_of(person, at)
    return [
        paper
        for paper in papers
        if prints_a_signature(paper.template)
        and desk_of(paper, paper.work_item, cases.definition(paper.case)) in desks
    ]


def ask_for_ink(case_id: int, paper_id: int, person: Person, at: datetime) -> Signature:
    """Let a paper that this person signs wait for his signature. Raises NotFound for one that is not his."""
    mine = {paper.pk: paper for paper in inkable(case_id, person, at)}
    if paper_id not in mine:
        raise NotFound("there is no such paper that waits for your signature")
    paper = mine[paper_id]
    return ask(paper, paper.work_item, cases.definition(paper.case), at)[0]
