"""The door of `numbering`: numbers from gap-free yearly series, and what became of each.

Everything here runs inside the caller's transaction. Who takes numbers from several series in one transaction
takes them in one order everywhere, else two of them may wait for each other (PostgreSQL then ends one).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from string import ascii_lowercase

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from laksana.numbering.counter import count
from laksana.numbering.kinds import Kind, declare, declare_simple, kind_of, kinds
from laksana.numbering.models import AllottedNumber, Series, SeriesPattern
from laksana.numbering.patterns import PARTS, SEPARABLE, Pattern, PatternError, check
from laksana.numbering.reading import (
    Standing,
    first_of,
    next_written,
    numbers_of,
    patterns_set,
    standings,
    years,
    years_of,
)
from laksana.prepared import Insert
from laksana.worktime.calendar import WorkCalendar
from laksana.worktime.zone import local_day

__all__ = [
    "PARTS", "SEPARABLE", "AllottedNumber", "Given", "Kind", "NumberRefused", "Pattern", "PatternError", "Standing",
    "allot", "allotted", "check", "declare", "declare_simple", "first_of", "gaps", "give", "give_reserved",
    "insert_between", "kind_of", "kinds", "last", "next_number", "next_written", "numbered_as", "numbers_of",
    "out_of_order", "pattern_of", "patterns_set", "reserve", "set_last", "set_pattern", "standings", "void", "years",
    "years_of",
]  # fmt: skip
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


@dataclass(frozen=True)
class Given:
    """A number that a paper got: as it is written, and the date that it carries."""

    value: int
    suffix: str
    written: str
    on: date


def pattern_of(key: str, on: date) -> Pattern:
    """Return the pattern of a kind of series on a day: the office's latest, else the one that ships. Raises KeyError."""
    own = SeriesPattern.objects.filter(key=key, since__lte=on).order_by("-since", "-pk").first()
    if own is not None:
        return Pattern(own.template, own.unit, tuple(own.separate))
    kind = kind_of(key)
    if kind is None:
        raise KeyError(key)
    return kind.default()


def set_pattern(key: str, pattern: Pattern, since: date, by: str, at: datetime) -> SeriesPattern:
    """Let a pattern hold for a kind of series from a day on. Raises PatternError, and NumberRefused for a day gone by.

    What is counted separately changes only with a year in which no number has been given.
    """
    kind = kind_of(key)
    if kind is None:
        raise KeyError(key)
    check(pattern.template, pattern.separate, kind.parts, dated=not kind.of_its_book)
    if since < local_day(at):
        raise NumberRefused(_("A pattern holds from today or later: numbers given already stay as they are."))
    before = pattern_of(key, since)
    begun = AllottedNumber.objects.filter(_of_kind(key), series__year=since.year).exists()
    if begun and set(before.separate) != set(pattern.separate):
        raise NumberRefused(
            _(
                "Numbers of %(year)d are given already: another way of counting begins with 1 January %(next)d."
            )
            % {"year": since.year, "next": since.year + 1}
        )
    return SeriesPattern.objects.create(
        key=key,
        template=pattern.template,
        unit=pattern.unit,
        separate=[name for name in SEPARABLE if name in pattern.separate],
        since=since,
        by=by,
        at=at,
    )


def give(  # noqa: PLR0913  (a number is given for all of these)
    key: str,
    at: datetime,
    label: str,
    parts: Mapping[str, str] | None = None,
    *,
    on: date | None = None,
    reserved_since: date | None = None,
    within: str = "",
    by: str = "",
) -> Given:
    """Give a paper the number of a kind of series, written by its pattern: the one reserved for it, else the next.

    A reserved number keeps its own date, and is used as far back as `reserved_since` (today alone, where none is
    said). One that would be written like another is void and the next is taken, so that none is written twice.
    `on` is the date that the paper bears, where it is not today; `within` is what the series begins anew for within its
    year, such as a day ("0301").
    """
    today = on or local_day(at)
    pattern = pattern_of(key, today)
    series = pattern.counter(f"{key}/{within}" if within else key, today, parts)
    kind = kind_of(key)
    apart = kind is not None and kind.of_its_book
    kept = _reserved(series, today.year, label, reserved_since or today)
    for number in kept:
        text = pattern.written(number.value, number.on, parts, number.suffix)
        if apart or _is_free(text):
            _move(
                number,
                {AllottedNumber.State.RESERVED},
                at,
                state=AllottedNumber.State.GIVEN,
                written="" if apart else text,
                changed_by=by,
            )
            return Given(number.value, number.suffix, text, number.on)
    while True:
        series_id, value = count(series, today.year)
        text = pattern.written(value, today, parts)
        free = apart or _is_free(text)
        _insert(
            AllottedNumber(
                series_id=series_id,
                value=value,
                label=label[:LABEL_LENGTH] if free else "",
                state=AllottedNumber.State.GIVEN if free else AllottedNumber.State.VOID,
                on=today,
                at=at,
                by=by,
                written=text if free and not apart else "",
                reason="" if free else _("%(number)s is taken by another series.") % {"number": text},
            )
        )
        if free:
            return Given(value, "", text, today)


def _is_free(text: str) -> bool:
    return not AllottedNumber.objects.filter(written=text).exists()


def _reserved(series: str, year: int, label: str, since: date) -> list[AllottedNumber]:
    """Return the numbers kept for a paper that may still be used, the lowest first."""
    found = AllottedNumber.objects.filter(
        series__key=series, series__year=year, state=AllottedNumber.State.RESERVED, on__gte=since
    )
    return list(found.filter(label=label).order_by("value")) if label else []


def _of_kind(key: str) -> Q:
    return Q(series__key=key) | Q(series__key__startswith=f"{key}|") | Q(series__key__startswith=f"{key}/")


def numbered_as(text: str) -> AllottedNumber | None:
    """Return the row of a number by how it is written; None for one that this office has not given."""
    return AllottedNumber.objects.filter(written=text).first() if text else None


def reserve(series: str, year: int, at: datetime, reason: str, label: str = "", by: str = "") -> int:
    """Keep the next number of the series for a document to come; `give_reserved` gives it, `void` cancels it."""
    return _take(series, year, at, label=label, state=AllottedNumber.State.RESERVED, reason=reason, by=by)


def allotted(series: str, year: int, value: int, suffix: str = "") -> AllottedNumber:
    """Return the row of a number. Raises AllottedNumber.DoesNotExist when it was not given."""
    return AllottedNumber.objects.get(series__key=series, series__year=year, value=value, suffix=suffix)


def give_reserved(number: AllottedNumber, label: str, at: datetime, by: str = "") -> None:
    """Give a reserved number to the document `label`. Raises NumberRefused when it is not reserved (any more)."""
    states = AllottedNumber.State
    _move(number, {states.RESERVED}, at, state=states.GIVEN, label=label, changed_by=by)


def void(number: AllottedNumber, reason: str, at: datetime, by: str = "") -> None:
    """Cancel a number; it stays in the series with its reason, and with what it was reserved for. Raises NumberRefused."""
    if not reason.strip():
        raise NumberRefused(_("Say why number %(number)s is void.") % {"number": number})
    states = AllottedNumber.State
    meant = number.label or (number.reason if number.state == states.RESERVED else "")
    _move(
        number,
        {states.GIVEN, states.RESERVED},
        at,
        state=states.VOID,
        label=meant,
        reason=reason.strip(),
        changed_by=by,
    )


def insert_between(  # noqa: PLR0913  (an inserted number is given for all of these)
    series: str,
    on: date,
    at: datetime,
    reason: str,
    label: str = "",
    *,
    calendar: WorkCalendar,
    max_workdays_back: int,
    pattern: Pattern | None = None,
    parts: Mapping[str, str] | None = None,
    by: str = "",
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
    text = "" if pattern is None else pattern.written(base, on, parts, letter)
    if text and not _is_free(text):
        raise NumberRefused(_("%(number)s is taken by another series.") % {"number": text})
    return AllottedNumber.objects.create(
        series=counter,
        value=base,
        suffix=letter,
        label=label,
        on=on,
        at=at,
        reason=reason,
        written=text,
        by=by,
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
    series: str,
    year: int,
    at: datetime,
    *,
    label: str,
    state: AllottedNumber.State,
    reason: str = "",
    by: str = "",
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
            by=by,
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
