"""Jobs of `documents`."""

from datetime import datetime

from laksana.documents import papers
from laksana.jobs.services import job


@job()
def make_paper(*, paper_id: int, at: datetime) -> None:
    """Set an ordered paper and attach it to its case."""
    papers.make(paper_id, at)
