"""What belongs together for an applicant: each case of his story with its days, what he may do, and what is asked of him."""

from dataclasses import dataclass
from datetime import date, datetime

from laksana.cases import services as cases
from laksana.cases.actions.submit import waits_for_applicant
from laksana.cases.models import Case, WorkItem
from laksana.library.told import CountedDay, Right, Told, chain_of, told_at
from laksana.portal.service import service_of
from laksana.portal.tokens import spaced, tracking_code
from laksana.sop.definition import Step
from laksana.worktime.zone import local_day


@dataclass(frozen=True)
class Counted:
    """A day that counts, and whether it is over."""

    told: CountedDay
    over: bool


@dataclass(frozen=True)
class Link:
    """One case of the story."""

    case: Case
    code: str
    service: str
    told: Told
    asked: list[tuple[WorkItem, Step]]
    here: bool
    today: date

    @property
    def days(self) -> list[Counted]:
        """Return the days that count, in their order."""
        return [Counted(each, each.day < self.today) for each in sorted(self.told.days, key=lambda d: d.day)]

    @property
    def rights(self) -> list[Right]:
        """Return what may be done now."""
        return [each for each in self.told.rights if each.holds_on(self.today)]

    @property
    def later(self) -> list[Right]:
        """Return what may be done from a day to come."""
        return [each for each in self.told.rights if self.today < each.since]

    @property
    def lapsed(self) -> list[Right]:
        """Return what could have been done until a day that is over."""
        return [each for each in self.told.rights if each.until is not None and each.until < self.today]


def links(case: Case, at: datetime) -> list[Link]:
    """Return the cases of an applicant's story in their order; only those that have a page for the public."""
    return [_link(each, each.pk == case.pk, at) for each in chain_of(case) if _has_page(each)]


def _has_page(case: Case) -> bool:
    return service_of(cases.definition(case)) is not None


def _link(case: Case, here: bool, at: datetime) -> Link:
    procedure = cases.definition(case)
    text = service_of(procedure)
    open_items = case.work_items.filter(state=WorkItem.State.OPEN).order_by("opened_at", "pk")
    return Link(
        case=case,
        code=spaced(tracking_code(case, at)),
        service=text.title if text else procedure.title,
        told=told_at(case, at),
        asked=[(i, procedure.step(i.step)) for i in open_items if waits_for_applicant(procedure, i)],
        here=here,
        today=local_day(at),
    )
