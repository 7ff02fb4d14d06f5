"""What if a step took less or more: the lengths of ended cases, computed anew. Pure: it knows what it is given.

A case is its doings: each work item from opened to done, on the line of working minutes that begins with the case. Every
doing of the chosen step gets shorter or longer, never below nothing, and all else moves with it by one rule:

* A doing begins when the last of what it waited for has ended. That is whatever ended at the instant at which it began, and every
  branch that ended before and after whose end nothing began at once: it may have waited at a join. Where nothing ended at that
  instant (another office answered, another case came back), it is everything that had ended by then, and the time in between
  stays.
* A case ends as long after the last of its doings as it really did.

So of parallel branches only those on the longest path make the case longer or shorter, and a branch that gets shorter gains no
more than the next longest allows. Where it cannot be known whether a doing waited for another, it is taken to have: a case never
gets shorter by more than it could have. What else would change (queues, another decision, fewer returns) is not foretold.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from laksana.measurement.histogram import MEDIAN, NINETY, Histogram
from laksana.measurement.report import Times


class Part(StrEnum):
    """Which time of a step changes: all of it, that until somebody took it up, that from then on.

    Where nobody took it up before doing it, all of its time is waiting.
    """

    WHOLE = "seluruh"
    WAITING = "tunggu"
    WORKING = "kerja"


@dataclass(frozen=True)
class Doing:
    """One work item, in working minutes since the case began."""

    step: str
    opened: int
    taken: int
    """When somebody took it up; `done` where nobody did before."""
    done: int


@dataclass(frozen=True)
class Course:
    """How an ended case went: its doings and its end, in working minutes since it began."""

    doings: tuple[Doing, ...]
    ended: int


@dataclass(frozen=True)
class Change:
    """Each doing of a step gets longer by so many working minutes; below zero, shorter."""

    step: str
    minutes: int
    part: Part = Part.WHOLE

    def length(self, doing: Doing) -> int:
        """Return how long a doing would take: at least what the other part of it takes, and never less than nothing."""
        waiting, working = doing.taken - doing.opened, doing.done - doing.taken
        if doing.step != self.step:
            return waiting + working
        match self.part:
            case Part.WAITING:
                return max(waiting + self.minutes, 0) + working
            case Part.WORKING:
                return waiting + max(working + self.minutes, 0)
            case _:
                return max(waiting + working + self.minutes, 0)


@dataclass(frozen=True)
class Outcome:
    """How long cases take, and the share of them that takes no longer than the limit; None where there is none."""

    times: Times
    share_on_time: float | None


@dataclass(frozen=True)
class WhatIf:
    """A change: what was, what would be, over how many cases, and how many of them would change."""

    real: Outcome
    supposed: Outcome
    changed: int
    doings: int
    """How often the step was done in these cases."""
    taken_up: int
    """How often of these somebody took it up before doing it, so that waiting and working are told apart."""


def suppose(courses: Iterable[Course], change: Change, limit: int | None) -> WhatIf:
    """Return ended cases as they were and as they would have been. `limit`: working minutes of a case that is on time."""
    real, supposed = Histogram(), Histogram()
    changed = doings = taken_up = 0
    for course in courses:
        length = length_of(course, change)
        real.add(course.ended)
        supposed.add(length)
        changed += length != course.ended
        of_step = [doing for doing in course.doings if doing.step == change.step]
        doings += len(of_step)
        taken_up += sum(doing.taken < doing.done for doing in of_step)
    return WhatIf(outcome(real, limit), outcome(supposed, limit), changed, doings, taken_up)


def length_of(course: Course, change: Change) -> int:
    """Return the working minutes that a case would have taken, by the rule of this module."""
    kept = sorted(
        (doing for doing in course.doings if doing.done <= course.ended),
        key=lambda doing: (doing.opened, doing.done),
    )
    beginnings = {doing.opened for doing in kept}
    ends: list[_Moved] = []
    for doing in kept:
        begins = _moved(doing.opened, _awaited(doing.opened, ends, beginnings))
        ends.append(_Moved(doing.done, begins + change.length(doing)))
    return _moved(course.ended, ends)


@dataclass(frozen=True)
class _Moved:
    """An instant as it was, and as it would be."""

    was: int
    would_be: int


def _awaited(opened: int, ends: Sequence[_Moved], beginnings: set[int]) -> list[_Moved]:
    """Return the ends that a doing waited for, of those of the doings before it."""
    before = [end for end in ends if end.was <= opened]
    if not any(end.was == opened for end in before):
        return before
    return [end for end in before if end.was == opened or end.was not in beginnings]


def _moved(at: int, awaited: Sequence[_Moved]) -> int:
    """Return where an instant would be: as long after the last of what it awaited as it was."""
    if not awaited:
        return at
    return max(end.would_be for end in awaited) + at - max(end.was for end in awaited)


def outcome(minutes: Histogram, limit: int | None) -> Outcome:
    """Return what lengths of cases say, held against a limit."""
    times = Times(minutes.count, minutes.quantile(MEDIAN), minutes.quantile(NINETY))
    if limit is None or not minutes.count:
        return Outcome(times, None)
    met = sum(number for length, number in minutes.items() if length <= limit)
    return Outcome(times, met / minutes.count)
