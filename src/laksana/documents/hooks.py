"""What `documents` adds to an action of `cases`."""

from laksana.cases.behaviour import Situation
from laksana.cases.models import WorkItem
from laksana.documents import papers
from laksana.documents.tasks import make_paper
from laksana.jobs.services import enqueue


def step_done(situation: Situation, item: WorkItem) -> None:
    """Order the papers that a finished step owes, and have them made after the commit."""
    for paper in papers.order(situation, item):
        enqueue(make_paper, paper_id=paper.pk)
