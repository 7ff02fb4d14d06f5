"""Who signs a paper when its procedure does not say: whoever did the step, in the capacity in which he did it."""

from datetime import date, datetime, time

from django.db.models import Q, QuerySet

from laksana.cases.models import WorkItem
from laksana.documents.signature import Signatory
from laksana.people import services as people
from laksana.people.desks import Seat
from laksana.people.models import Holding, Person, Position
from laksana.sop.definition import Document, Procedure
from laksana.sop.performer import Binding, Kind
from laksana.worktime.zone import OFFICE_ZONE, local_day

_ACTING = ("Plt.", "Plh.")


def signatory_of(item: WorkItem, procedure: Procedure) -> Signatory:
    """Return who signs for a done work item; a step done by the system, or for an outside party, names nobody."""
    person, lane = item.done_by, procedure.performers[item.lane]
    if person is None or lane.holder.kind in (Kind.OUTSIDE, Kind.PUBLIC, Kind.SYSTEM):
        return Signatory(title=lane.title)
    acting, title = _capacity(item.done_as)
    if lane.above_recorded_by and item.done_as and not acting:
        return Signatory(title=item.done_as)  # decided above the office, and only recorded here
    on = local_day(item.done_at or item.opened_at)
    return Signatory(
        title=title or post_of(person, on, item.desk),
        name=person.name,
        rank=person.rank,
        nip=person.nip,
        acting=acting,
    )


def signatory_for(document: Document, item: WorkItem, procedure: Procedure) -> Signatory:
    """Return who signs a document that a done work item owes.

    That is who did the last of the steps it is signed at; where none of them is done yet, who sits at the desk of the first.
    """
    if not document.signed_at:
        return signatory_of(item, procedure)
    done = WorkItem.objects.filter(
        case=item.case_id,
        step__in=document.signed_at,
        state=WorkItem.State.DONE,
        instance__in=("", item.instance),
    )
    if last := done.order_by("done_at", "pk").last():
        return signatory_of(last, procedure)
    return signatory_expected(document, procedure, item.done_at or item.opened_at)


def signatory_expected(document: Document, procedure: Procedure, at: datetime) -> Signatory:
    """Return who would sign a document at `at`, as far as its definition alone tells: its desk, else only the title."""
    lane = procedure.performers[procedure.step((document.signed_at or (document.at,))[0]).by[0]]
    if lane.holder.kind is Kind.POSITION:
        return signatory_at(f"position:{lane.holder.of}", at)
    return Signatory(title=lane.title)


def signatory_at(desk: str, at: datetime) -> Signatory:
    """Return who signs at a desk now, its Plt. or Plh. included; at a desk where nobody sits, only its title."""
    title = people.desk_title(desk)
    sitting = people.holders(desk, at)
    if not sitting:
        return Signatory(title=title)
    person = sitting[0]
    acting, post = _capacity(people.capacity(person, desk, at))
    return Signatory(post or title, person.name, person.rank, person.nip, acting)


def holder_of(binding: Binding, on: date) -> Signatory:
    """Return who has a position on a day, as a signatory: its definitive holder, else who acts for him (Plt, Plh)."""
    position = Position.objects.filter(code=binding.of).first()
    if position is None:
        return Signatory(title=binding.of)
    held = _in_force(Holding.objects.filter(position=position), on).select_related("person")
    by_kind = {holding.kind: holding.person for holding in held}
    for kind, acting in (
        (Holding.Kind.DEFINITIVE, ""),
        (Holding.Kind.PLT, "Plt."),
        (Holding.Kind.PLH, "Plh."),
    ):
        if person := by_kind.get(kind):
            return Signatory(position.title, person.name, person.rank, person.nip, acting)
    return Signatory(title=position.title)


def post_of(person: Person, on: date, desk: str = "") -> str:
    """Return the title of the position that a person holds: that of the desk if it is one of his, else his first."""
    post = desk.removeprefix("position:")
    office = people.office_on(datetime.combine(on, time(), OFFICE_ZONE))
    if Seat(person.pk, post) in office.seats:
        return office.posts[post].title
    titles = dict(
        _in_force(Holding.objects.filter(person=person, kind=Holding.Kind.DEFINITIVE), on)
        .order_by("position__order", "position_id")
        .values_list("position__code", "position__title")
    )
    return titles.get(post) or next(iter(titles.values()), "")


def _capacity(done_as: str) -> tuple[str, str]:
    """Return "Plh." and the post from "Plh. Kepala Dinas"; two blanks for one's own office."""
    acting, _, title = done_as.partition(" ")
    return (acting, title) if acting in _ACTING else ("", "")


def _in_force(holdings: "QuerySet[Holding]", on: date) -> "QuerySet[Holding]":
    return holdings.filter(Q(until=None) | Q(until__gte=on), since__lte=on)
