"""Who may do a step: computed from the definition, the organisation and the date, never stored."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from laksana.cases.engine.desk import NOBODY, SYSTEM
from laksana.cases.engine.marking import path_of
from laksana.cases.engine.run import Run
from laksana.cases.errors import NotYours
from laksana.cases.models import WorkItem
from laksana.people.desks import Kind as DeskKind
from laksana.people.desks import Office, split
from laksana.people.models import Person
from laksana.sop.definition import Step


def check_may_do(run: Run, item: WorkItem, person: Person, desks: Collection[str]) -> None:
    """Raise NotYours unless the person may do this work item now.

    A colleague who took it keeps it only while he sits at its desk: not when he is away, or works elsewhere.
    """
    if item.desk not in desks:
        raise NotYours(_("This step lies on another desk."))
    if item.claimed_by_id not in (None, person.pk) and item.claimed_by_id in run.office.holders(item.desk):
        text = _("%(who)s has taken this step, and can give it back.")
        raise NotYours(text % {"who": item.claimed_by})
    if person.pk in excluded(run, run.procedure.step(item.step), item):
        raise NotYours(
            _("Four eyes: whoever did the earlier step, or asks for himself, may not do this one.")
        )


def check_may_place(run: Run, item: WorkItem, person: Person) -> None:
    """Raise NotYours unless the person may put this work item on another's desk."""
    if item.desk in (NOBODY, SYSTEM) or not run.office.holders(item.desk):
        if not is_administrator(person):
            raise NotYours(
                _("Only an administrator can place a step that lies on a desk at which nobody sits.")
            )
        return
    desks = run.office.desks_of(person.pk)
    if item.desk.startswith("person:") and item.desk.replace("person:", "superior:") in desks:
        return
    check_may_do(run, item, person, desks)


def is_administrator(person: Person) -> bool:
    """Return whether a person looks after the system itself."""
    return bool(person.account and person.account.is_active and person.account.is_staff)


def excluded(run: Run, step: Step, item: WorkItem) -> set[int]:
    """Return those who may not do a step because of what they did or are in this case (`not_by`)."""
    people_out: set[int] = set()
    path = path_of(item.instance)
    for lane in step.not_by:
        if lane == item.lane and len(step.by) > 1:
            continue  # several do it together: each must be another than the others, not than he was before
        named = run.resolver(path, run.values(path)).desk(lane)
        # Whose case it is may not do the step either where he has not done anything in it: he is asked, or named, in it.
        if named.startswith("person:") and run.procedure.performers[lane].recorded_by is None:
            people_out.add(int(named.removeprefix("person:")))
        if (doer := run.doer_of_lane(lane, path)) is not None:
            people_out.add(doer)
    return people_out


def escalate(run: Run, step: Step, item: WorkItem) -> None:
    """Move an item up to the superior's desk while nobody left on its own desk may do it because of four eyes."""
    if not step.not_by or item.desk in (SYSTEM, NOBODY):
        return
    out = excluded(run, step, item)
    seen: set[str] = set()
    while item.desk not in seen and (holders := run.office.holders(item.desk)):
        if any(holder not in out for holder in holders):
            return
        seen.add(item.desk)
        item.desk = _desk_above(run.office, item.desk, holders[0])
    if above_the_office(run, item):
        item.desk = run.resolver(path_of(item.instance), run.values(path_of(item.instance))).recorder_above(
            item.lane
        )


def above_the_office(run: Run, item: WorkItem) -> str:
    """Return the title of the position above the office to which four eyes lead a step; "" where somebody of it may do it.

    So it is with what the head of the office asks for himself: it is decided above, and recorded here with evidence.
    """
    step, path = run.procedure.step(item.step), path_of(item.instance)
    if run.procedure.performers[item.lane].above_recorded_by is None or not step.not_by:
        return ""
    out, desk = excluded(run, step, item), run.resolver(path, run.values(path)).desk(item.lane)
    if desk in (SYSTEM, NOBODY):
        return ""
    posts, seats = run.office.posts, {seat.person: seat.post for seat in reversed(run.office.seats)}
    if any(holder not in out for holder in run.office.holders(desk)):
        return ""
    kind, of = split(desk)
    if kind is DeskKind.POSITION:
        post = of if run.office.holders(desk) else None
    else:
        post = seats.get(int(of)) if kind in (DeskKind.SUPERIOR, DeskKind.PERSON) and int(of) in out else None
    while post is not None and (post := posts[post].superior) is not None:
        holders = run.office.holders(f"position:{post}")
        if not holders:
            return posts[post].title
        if any(holder not in out for holder in holders):
            return ""
    return ""


def _desk_above(office: Office, desk: str, holder: int) -> str:
    if desk.startswith("position:"):
        above = office.posts[desk.removeprefix("position:")].superior
        return f"position:{above}" if above else desk
    superior = office.superior_of(holder)
    return f"person:{superior}" if superior else desk
