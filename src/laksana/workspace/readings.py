"""What is kept to some lanes and shown to somebody is written down as read."""

from laksana.cases.services import CaseView
from laksana.disclosure import services as disclosure
from laksana.web.visits import Visit


def note_personal(view: CaseView, visit: Visit) -> None:
    """Note that a person saw, on the page of a case, values that only some lanes may see."""
    kept = {name for name, spec in view.procedure.fields.items() if spec.seen_by}
    shown = {name for name in kept & view.values.keys() if view.values[name] not in (None, "", [])}
    if shown:
        disclosure.note_reading(view.case, visit.person, shown, visit.at)
