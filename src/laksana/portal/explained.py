"""A procedure told to whoever asks for it: what he brings and does himself, who serves him, and how long it takes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from laksana.documents.services import total_time
from laksana.sop.definition import ClockSpec, Limit, Procedure, Step


@dataclass(frozen=True)
class StepTold:
    """A step: what is done, by whom, in what time. `own` says that the applicant does it himself."""

    activity: str
    performers: str
    time: str
    own: bool


@dataclass(frozen=True)
class TimeLimit:
    """A time limit of law or office: by when a step is done, and what it means when it is not."""

    step: StepTold | None
    """None where the limit runs to the end."""
    times: tuple[str, ...]
    """How long it runs: one line, or one for each kind of request."""
    silence: str


@dataclass(frozen=True)
class Explained:
    """A procedure in the words of its page for the public."""

    applicant: str
    served_by: list[str]
    needed: list[str]
    """What the first step needs: what one has ready before one begins."""
    needed_later: list[str]
    """What later steps of the applicant need."""
    steps: list[StepTold]
    total: str
    """The time of all that others do on the main way, without what the applicant takes for his own steps."""
    limits: list[TimeLimit]


def explained(procedure: Procedure) -> Explained:
    """Return a procedure as its page for the public tells it. The applicant is who does the first step."""
    first, *later = procedure.steps
    own = set(first.by)
    needed = list(first.needs)
    needed_later = [need for step in later if set(step.by) <= own for need in step.needs]
    told = {
        step.id: StepTold(step.activity, _titles(procedure, step), str(step.time), bool(own & set(step.by)))
        for step in procedure.steps
    }
    return Explained(
        applicant=_titles(procedure, first),
        served_by=[each.title for lane, each in procedure.performers.items() if lane not in own],
        needed=needed,
        needed_later=[need for need in dict.fromkeys(needed_later) if need not in needed],
        steps=list(told.values()),
        total=total_time(procedure, without=frozenset(own)),
        limits=list(_limits(procedure, told)),
    )


def _limits(procedure: Procedure, told: Mapping[str, StepTold]) -> Iterator[TimeLimit]:
    """Yield the time limits; of two that say the same of the same step the first."""
    said: set[tuple[str, tuple[str, ...]]] = set()
    for clock in procedure.clocks:
        times = tuple(_times(procedure, clock))
        if (clock.to, times) not in said:
            yield TimeLimit(told.get(clock.to), times, clock.silence)
        said.add((clock.to, times))


def _titles(procedure: Procedure, step: Step) -> str:
    return ", ".join(procedure.performers[lane].title for lane in step.by)


def _times(procedure: Procedure, clock: ClockSpec) -> Iterator[str]:
    """Yield how long a clock runs, in words."""
    if not isinstance(clock.limit, Limit):
        yield str(clock.limit)
    elif clock.limit.by is None:
        yield _("as the law reckons it")
    else:
        choices = procedure.fields[clock.limit.by].choices or {}
        for value, time in clock.limit.choose.items():
            yield f"{choices.get(value, value)}: {time}"
