"""In which capacity somebody does a step: his own, as Plt or Plh, or as the recorder for an outside party."""

from django.utils.translation import gettext as _

from laksana.cases.engine.run import Run
from laksana.cases.errors import Invalid
from laksana.cases.models import WorkItem
from laksana.cases.rights import above_the_office
from laksana.people.models import Holding, Person
from laksana.sop.performer import Kind

_OUTSIDE = (Kind.OUTSIDE, Kind.PUBLIC)
_LONGEST = 120


def capacity(run: Run, item: WorkItem, person: Person, evidence: str) -> str:
    """Return the capacity, "" for one's own.

    A step of an outside party, or decided above the office, is recorded with `evidence`: on what the record rests. Raises Invalid
    without it.
    """
    party = recorded_for(run, item)
    if party:
        if not evidence.strip():
            text = _("Say on what this record for %(party)s rests: a letter, a receipt, a call.")
            raise Invalid({"evidence": text % {"party": party}})
        return party[:_LONGEST]
    seat = run.office.acting(person.pk, item.desk)
    if seat is None:
        return ""
    return f"{Holding.Kind(seat.title).label} {run.office.posts[seat.post].title}"[:_LONGEST]


def recorded_for(run: Run, item: WorkItem) -> str:
    """Return for whom outside or above the office a step is only recorded here; "" for a step that the office does itself."""
    performer = run.procedure.performers[item.lane]
    return performer.title if performer.holder.kind in _OUTSIDE else above_the_office(run, item)


def note_evidence(run: Run, evidence: str) -> None:
    """Keep in the event of the step just done on what its record rests."""
    if evidence.strip():
        event = next(event for event in run.events if event.kind == "completed")
        event.data["evidence"] = evidence.strip()
