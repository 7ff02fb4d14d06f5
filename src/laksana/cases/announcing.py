"""Telling people that work came to their desk, and that a time limit has passed.

An action only orders the telling, with one row; who sits at the desks is looked up by the job, which may run twice.
"""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from laksana.cases.definitions import parsed
from laksana.cases.engine.desk import NOBODY, SYSTEM
from laksana.cases.models import Case, Clock, Event, WorkItem
from laksana.cases.subject import SEALED
from laksana.jobs.services import enqueue
from laksana.notices.models import Notice
from laksana.notices.services import notify_many
from laksana.people.desks import Office
from laksana.people.models import Person
from laksana.people.services import office_on

WORK, LIMIT, RECALLED = "tugas", "batas-waktu", "ditarik"
"""The kinds of these notices."""


def order_for_items(case: Case, opened: list[WorkItem], at: datetime) -> None:  # noqa: ARG001  (as every such hook)
    """Order that those are told at whose desks work has come."""
    from laksana.cases.tasks import announce_items

    if keys := [item.pk for item in opened if item.desk != SYSTEM]:
        enqueue(announce_items, items=keys)


def order_for_recalled(case: Case, item: WorkItem, at: datetime) -> None:  # noqa: ARG001
    """Order that those are told from whose desk work was taken back."""
    from laksana.cases.tasks import announce_recalled

    enqueue(announce_recalled, item=item.pk)


def order_for_clock(case: Case, clock: Clock, open_items: list[WorkItem], at: datetime) -> None:  # noqa: ARG001
    """Order that those are told who are concerned by a time limit that has passed."""
    from laksana.cases.tasks import announce_clock

    enqueue(announce_clock, clock=clock.pk)


def tell_of_items(keys: Iterable[int], at: datetime) -> None:
    """Tell those at whose desks these items lie, while they are open, but not whom just opened them himself."""
    for item in WorkItem.objects.filter(pk__in=keys, state=WorkItem.State.OPEN).select_related("case"):
        activity = parsed(item.case.sop_id).procedure.step(item.step).activity
        if item.case.level in SEALED:
            text = _("There is something for you to do in case %(number)s.") % {"number": item.case.number}
        else:
            told = {"subject": item.case.subject, "activity": activity, "number": item.case.number}
            text = _("%(subject)s: %(activity)s (%(number)s)") % told
        _tell(
            _at_desk(item, at) - _openers(item), WORK, text, item.case.get_absolute_url(), item.opened_at, at
        )


def tell_of_recalled(key: int, at: datetime) -> None:
    """Tell those from whose desk an item was taken back, by whom and why; of a sealed case only that it was."""
    item = WorkItem.objects.select_related("case").get(pk=key)
    event = Event.objects.select_related("actor").get(work_item=item, kind="recalled")
    told = {"number": item.case.number, "who": event.actor, "reason": event.data["reason"]}
    if item.case.level in SEALED:
        text = (
            _("Case %(number)s was taken back by %(who)s. There is nothing left for you to do in it.") % told
        )
    else:
        text = _("Case %(number)s was taken back by %(who)s: %(reason)s") % told
    _tell(_at_desk(item, at), RECALLED, text, reverse("workspace:inbox"), event.at, at)


def tell_of_clock(key: int, at: datetime) -> None:
    """Tell those who have an open step of the case, and their superiors, that a time limit has passed."""
    clock = Clock.objects.select_related("case").get(pk=key)
    if clock.breached_at is None or clock.stopped_at is not None:
        return
    office, people = office_on(at), set[int]()
    for item in WorkItem.objects.filter(case=clock.case, state=WorkItem.State.OPEN):
        holders = _at_desk(item, at)
        people |= holders | {superior for p in holders if (superior := office.superior_of(p)) is not None}
    told = {"limit": clock.clock.replace("-", " "), "number": clock.case.number}
    text = _("A time limit of case %(number)s has passed: %(limit)s.") % told
    _tell(people, LIMIT, text, clock.case.get_absolute_url(), clock.breached_at, at)


def _at_desk(item: WorkItem, at: datetime) -> set[int]:
    """Return who sits at an item's desk; for a desk at which nobody sits, those who can place it elsewhere."""
    office: Office = office_on(at)
    holders = set() if item.desk in (NOBODY, SYSTEM) else set(office.holders(item.desk))
    administrators = Person.objects.filter(active=True, account__is_active=True, account__is_staff=True)
    return holders or set(administrators.values_list("pk", flat=True))


def _openers(item: WorkItem) -> set[int]:
    actors = Event.objects.filter(case=item.case, number=item.cause, actor__isnull=False)
    return {actor for actor in actors.values_list("actor_id", flat=True) if actor is not None}


def _tell(people: set[int], kind: str, text: str, url: str, since: datetime, at: datetime) -> None:
    """Tell people once, also when the job runs again after it was killed."""
    told = Notice.objects.filter(person__in=people, kind=kind, url=url, text=text, at__gte=since)
    notify_many(people - set(told.values_list("person_id", flat=True)), kind, text, url, at)
