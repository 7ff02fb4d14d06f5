"""What a periodic report counts: the cases of its month or quarter, by a field and in figures, as tables of words."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

from laksana.cases.behaviour import Situation
from laksana.cases.models import Case, Clock, WorkItem
from laksana.documents.services import OfficeNames, worded
from laksana.library.others import other_cases
from laksana.library.rounding import half_up, percent
from laksana.sop.values import from_json, number_text
from laksana.worktime.zone import local, local_day

Rows = list[list[str]]
"""The rows of a table as it is printed."""
_OPEN = "Belum ditetapkan"


def cases_since(situation: Situation, first: date, moment: str) -> list[Case]:
    """Return the cases whose day of `moment` lies between `first` and the day of the paper, this one among them."""
    others = other_cases(situation, **{f"{moment}__isnull": False}).filter(opened_at__lte=situation.at)
    found = [*others, situation.case]
    return [
        case for case in found if (day := day_of(case, moment)) and first <= day <= local_day(situation.at)
    ]


def day_of(case: Case, moment: str) -> date | None:
    """Return the day in the office's zone of a date or time that a case keeps."""
    kept = case.data.get(moment)
    if not kept:
        return None
    at = datetime.fromisoformat(kept)
    return local_day(at) if at.tzinfo else at.date()


def hour_of(case: Case, moment: str) -> int:
    """Return the hour of the day of a time that a case keeps."""
    return local(datetime.fromisoformat(case.data[moment])).hour


def first_of_month(situation: Situation) -> date:
    """Return the first day of the month of a paper."""
    return local_day(situation.at).replace(day=1)


def first_of_quarter(situation: Situation) -> date:
    """Return the first day of the quarter of a paper."""
    day = local_day(situation.at)
    return day.replace(month=day.month - (day.month - 1) % 3, day=1)


def by_field(situation: Situation, cases: Iterable[Case], name: str) -> Rows:
    """Return how many cases there are by the value of a field, the most first, with their sum."""
    spec, names = situation.procedure.fields[name], OfficeNames()
    kept = (from_json(spec, case.data.get(name)) for case in cases)
    return counted(worded(spec, value, names) or _OPEN for value in kept)


def told(situation: Situation, case: Case, *names: str) -> list[str]:
    """Return fields of a case in words; "-" for what it does not know."""
    office, fields = OfficeNames(), situation.procedure.fields
    return [
        worded(fields[name], from_json(fields[name], case.data.get(name)), office) or "-" for name in names
    ]


def counted(labels: Iterable[str]) -> Rows:
    """Return how often each label comes, the most first and then in the order of the letters, with the sum."""
    found = Counter(labels)
    if not found:
        return []
    ordered = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    return [[label, grouped(count)] for label, count in ordered] + [["Jumlah", grouped(found.total())]]


def grouped(number: int) -> str:
    """Return a count as papers write it: 1.234."""
    return number_text(Decimal(number))


def decimal(number: Decimal) -> str:
    """Return a number as papers write it: 8,00."""
    return number_text(number)


def share(part: int, whole: int) -> str:
    """Return a share as papers write it, "87,50%"; "-" of nothing."""
    found = percent(Decimal(part), Decimal(whole))
    return "-" if found is None else f"{number_text(found)}%"


def mean(numbers: Sequence[Decimal | int], decimals: int = 1) -> str:
    """Return a mean as papers write it; "-" of nothing."""
    if not numbers:
        return "-"
    exact = sum((Decimal(each) for each in numbers), Decimal()) / len(numbers)
    return number_text(half_up(exact, decimals))


def in_time(cases: Iterable[Case], clock: str) -> tuple[int, int]:
    """Return how many of the stopped clocks of a name were met, and how many there are."""
    states = Clock.objects.filter(case__in=list(cases), clock=clock).values_list("state", flat=True)
    found = Counter(states)
    met = found[Clock.State.MET]
    return met, met + found[Clock.State.LATE]


def done(cases: Iterable[Case], step: str, outcome: str | None = None) -> int:
    """Return in how many cases a step was done; with `outcome` only those so decided."""
    items = WorkItem.objects.filter(case__in=list(cases), step=step, state=WorkItem.State.DONE)
    if outcome is not None:
        items = items.filter(outcome=outcome)
    return items.values("case").distinct().count()
