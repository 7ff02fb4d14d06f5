"""Who did earlier steps of a case, as the boxes of a form name him."""

from laksana.cases.behaviour import Situation
from laksana.cases.models import WorkItem
from laksana.people.models import Person

Named = dict[str, str | None]


def named(person: Person | None, title: str = "") -> Named:
    """Return how a box of a form names somebody; blanks where nobody is known yet."""
    return {
        "jabatan": title or None,
        "nama": person.name if person else None,
        "nip": person.nip if person else None,
        "pangkat": person.rank if person else None,
    }


def doer(situation: Situation, *steps: str, title: str = "") -> Named:
    """Return who last did one of these steps; for one decided above the office its title alone, without the recorder's name."""
    done = WorkItem.objects.filter(case=situation.case, step__in=steps, state=WorkItem.State.DONE)
    item = done.select_related("done_by").order_by("-done_at", "-pk").first()
    if item is None:
        return named(None, title)
    above = item.done_as and not item.done_as.startswith(("Plt.", "Plh."))
    return named(None if above else item.done_by, item.done_as or title)
