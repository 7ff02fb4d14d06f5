"""The door of `numbering`: numbers from gap-free yearly series, and what became of each.

Everything here runs inside the caller's transaction. Who takes numbers from several series in one transaction
takes them in one order everywhere, else two of them may wait for each other (PostgreSQL then ends one).
"""

from datetime import date, datetime
from string import ascii_lowercase

from django.db.models import Max
from django.utils.translation import gettext as _

from laksana.numbering.counter import count
from laksana.numbering.models import AllottedNumber, Series
from laksana.prepared import Insert
from laksana.worktime.calendar import WorkCalendar
from laksana.worktime.zone import local_day

_insert = Insert(AllottedNumber)
LABEL_LENGTH = 300
"""A label says whom a number was given to; a longer one is cut, for it must not stop a letter."""


class NumberRefused(ValueError):  # noqa: N818  (a refusal of the office's rules, not a fault)
    """A number cannot be given or changed as asked; the message says why."""


def next_number(series: str, year: int) -> int:
    """Return the next number of a series that keeps no row per number, since its documents themselves are the rows."""
    return count(series, year)[1]


def allot(series: str, year: int, at: datetime, label: str = "") -> int:
    """Give the next number of the series to the document `label`; it carries the office's day of `at`."""
    return _take(series, year, at, label=label, state=AllottedNumber.State.GIVEN)


def reserve(series: str, year: int, at: datetime, reason: str, label: str = "") -> int:
    """Keep the next number of the series for a document to come; `give_reserved` gives it, `void` cancels it."""
    return _take(series, year, at, label=label, state=AllottedNumber.State.RESERVED, reason=reason)


def allotted(series: str, year: int, value: int, suffix: str = "") -> AllottedNumber:
    """Return the row of a number. Raises AllottedNumber.DoesNotExist when it was not given."""
    return AllottedNumber.objects.get(series__key=series, series__year=year, value=value, suffix=suffix)


def give_reserved(number: AllottedNumber, label: str, at: datetime) -> None:
    """Give a reserved number to the document `label`. Raises NumberRefused when it is not reserved (any more)."""
    states = AllottedNumber.State
    _move(number, {states.RESERVED}, at, state=states.GIVEN, label=label)


def void(number: AllottedNumber, reason: str, at: datetime) -> None:
    """Cancel a number; it stays in the series with its reason. Raises NumberRefused when it was void already."""
    if not reason.strip():
        raise NumberRefused(_("Say why number %(number)s is void.") % {"number": number})
    states = AllottedNumber.State
    _move(number, {states.GIVEN, states.RESERVED}, at, state=states.VOID, reason=reason)


def insert_between(
    series: str,
    on: date,
    at: datetime,
    reason: str,
    label: str = "",
    *,
    calendar: WorkCalendar,
    max_workdays_back: int,
) -> AllottedNumber:
    """Give an inserted number (nomor sisipan) to a document that must carry the earlier date `on`; return its row.

    It is the highest number that carries `on` or an earlier date of the same year, with the next free letter: 886.a.
    Whether the office allows it is asked before; `reason` records the written consent. Raises NumberRefused.
    """
    _check_earlier(on, local_day(at), calendar, max_workdays_back)
    if not reason.strip():
        raise NumberRefused(_("Record the written consent to an inserted number."))
    counter = Series.objects.select_for_update().filter(key=series, year=on.year).first()
    given = AllottedNumber.objects.filter(series=counter)
    base = given.filter(suffix="", on__lte=on).aggregate(highest=Max("value"))["highest"]
    if counter is None or base is None:
        raise NumberRefused(_("No number carries %(day)s or an earlier date of that year.") % {"day": on})
    taken = set(given.filter(value=base).values_list("suffix", flat=True))
    letter = next((letter for letter in ascii_lowercase if letter not in taken), None)
    if letter is None:
        raise NumberRefused(_("All letters after number %(number)d are taken.") % {"number": base})
    return AllottedNumber.objects.create(
        series=counter, value=base, suffix=letter, label=label, on=on, at=at, reason=reason
    )


def last(series: str, year: int) -> int:
    """Return the last number given; 0 before the first."""
    return Series.objects.filter(key=series, year=year).values_list("last", flat=True).first() or 0


def set_last(series: str, year: int, value: int) -> None:
    """Let a series go on from `value`, given in a book on paper; it never goes back.

    The numbers up to it are no gaps, unless the series kept rows of its own before.
    """
    started = {"first": value + 1, "last": value}
    counter, created = Series.objects.get_or_create(key=series, year=year, defaults=started)
    if not created:
        changed = {"last": value} if counter.numbers.exists() else started
        Series.objects.filter(pk=counter.pk, last__lt=value).update(**changed)


def gaps(series: str, year: int) -> list[int]:
    """Return the numbers up to the last one that have no row: none, as long as nobody wrote these tables by hand.

    Meant for series of `allot` and `reserve`; one of `next_number` keeps no rows here.
    """
    counter = Series.objects.filter(key=series, year=year).first()
    if counter is None:
        return []
    kept = set(counter.numbers.filter(suffix="").values_list("value", flat=True))
    return [value for value in range(counter.first, counter.last + 1) if value not in kept]


def out_of_order(series: str, year: int) -> list[AllottedNumber]:
    """Return the numbers that carry an earlier date than a lower number does: dates and numbers rise together."""
    latest = date.min
    found: list[AllottedNumber] = []
    for number in AllottedNumber.objects.filter(series__key=series, series__year=year, suffix="").order_by(
        "value"
    ):
        if number.on < latest:
            found.append(number)
        latest = max(latest, number.on)
    return found


def _take(
    series: str, year: int, at: datetime, *, label: str, state: AllottedNumber.State, reason: str = ""
) -> int:
    series_id, value = count(series, year)
    _insert(
        AllottedNumber(
            series_id=series_id,
            value=value,
            label=label[:LABEL_LENGTH],
            state=state,
            on=local_day(at),
            at=at,
            reason=reason,
        )
    )
    return value


def _move(number: AllottedNumber, states: set[AllottedNumber.State], at: datetime, **values: str) -> None:
    """Change a number in one statement, so that of two who change it one is refused."""
    moved = AllottedNumber.objects.filter(pk=number.pk, state__in=states).update(changed_at=at, **values)
    number.refresh_from_db()
    if not moved:
        raise NumberRefused(
            _("Number %(number)s is %(state)s.") % {"number": number, "state": number.get_state_display()}
        )


def _check_earlier(on: date, today: date, calendar: WorkCalendar, max_workdays_back: int) -> None:
    if on >= today:
        raise NumberRefused(_("A number of today or later is given in turn, not inserted."))
    if on.year != today.year:
        raise NumberRefused(_("A number is inserted only within the same year."))
    back = calendar.workdays_between(on, today)
    if back > max_workdays_back:
        raise NumberRefused(
            _("%(day)s lies %(back)d working days back; at most %(limit)d are allowed.")
            % {"day": on, "back": back, "limit": max_workdays_back}
        )
