"""What citizens write that others may come to read: at which steps of which procedures it is decided, as data."""

from dataclasses import dataclass
from datetime import datetime

from laksana.cases import services as cases
from laksana.cases.models import WorkItem
from laksana.library.tables import Row, Table
from laksana.people.models import Person
from laksana.sop.definition import Step


class TextRow(Row):
    """A step that decides about a citizen's text, and what text that is."""

    prosedur: str
    langkah: str
    tulisan: str


TEXTS = Table(__file__, "naskah-warga.csv", TextRow)


@dataclass(frozen=True)
class Waiting:
    """A text that waits for somebody's decision."""

    item: WorkItem
    step: Step
    what: str
    may_do: bool


def waiting(person: Person, at: datetime) -> list[Waiting]:
    """Return the texts that wait in cases which a person may read, those with the nearest end first."""
    what = {(row.prosedur, row.langkah): row.tulisan for row in TEXTS.rows()}
    open_items = WorkItem.objects.filter(
        state=WorkItem.State.OPEN,
        case__in=cases.readable_by(person, at),
        case__procedure__in={procedure for procedure, _step in what},
        step__in={step for _procedure, step in what},
    ).select_related("case__sop")
    found = []
    for item in open_items.order_by("due_at", "pk"):
        if (told := what.get((item.case.procedure, item.step))) is not None:
            step = cases.definition(item.case).step(item.step)
            found.append(Waiting(item, step, told, cases.may_complete(person, item, at)))
    return found
