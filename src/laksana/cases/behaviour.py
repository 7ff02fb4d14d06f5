"""What a procedure adds in Python to its definition: its automatic steps, checks, computed fields, register rows, papers.

A procedure's `actions.py` makes one `Behaviour` and decorates its functions with it; the engine asks for it
by the procedure's id. Every function gets a `Situation` and must be deterministic in it: no clock of its own, no reading of the
environment. It is called under the law of its situation's day: a table of law is read as it held then.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

from laksana.sop.definition import Procedure, Step
from laksana.sop.law import law_of
from laksana.worktime.zone import local_day

if TYPE_CHECKING:
    from laksana.cases.models import Case
    from laksana.people.models import Person
    from laksana.worktime.calendar import WorkCalendar


@dataclass(frozen=True)
class Situation:
    """What a behaviour may look at: the case at one step, for one instance, at one instant."""

    case: "Case"
    procedure: Procedure
    step: Step
    instance: tuple[int, ...]
    values: Mapping[str, Any]
    """Typed values: the case's data, over it those of the instance and its row, over them what is being sent now."""
    at: datetime
    actor: "Person | None"
    calendar: "WorkCalendar"
    outcome: str | None = None


@dataclass(frozen=True)
class Done:
    """What an automatic step did: values to keep, and for a decision the outcome it took."""

    values: Mapping[str, Any] = field(default_factory=dict)
    outcome: str | None = None
    readers: Collection[str] = ()
    """Desks that may read the case from now on, because they were named in it."""
    events: Collection[str] = ()
    """Events that have come: the clocks start that a definition lets start `from: {event: ...}`."""


@dataclass(frozen=True)
class Known:
    """What is known elsewhere of a field, and where: the person confirms it or writes something else."""

    value: Any
    """Typed, as the field's type has it."""
    source: str
    """Where it stands, as the page says it after "from": "berkas kepegawaian, SK 12/2024"."""


@dataclass(frozen=True)
class Filling:
    """What is known elsewhere for a form."""

    subject: str = ""
    """Names whom it is known of: when another is chosen on the form, his values take the place of those filled in."""
    known: Mapping[str, Known] = field(default_factory=dict)
    chosen_by: str = ""
    """The field that chooses whom it is known of; "" where it is always the same one."""

    @property
    def fills(self) -> bool:
        """Return whether anything is, or may become, known elsewhere for the form."""
        return bool(self.known or self.chosen_by)


@dataclass(frozen=True)
class Falling:
    """Something for which the calendar asks for a case, as a procedure's Python finds it."""

    key: str
    """What makes it this one and no other: a second search finds it again."""
    day: date
    """The day on which its case opens."""
    known: Mapping[str, Any] = field(default_factory=dict)
    told: str = ""
    """What it is, in words, for the list of what is to come."""
    person: "Person | None" = None
    """Whose case it is where the first step belongs to whoever starts it."""


Automatic = Callable[[Situation], Done]
Check = Callable[[Situation], Mapping[str, str]]
"""Field -> what is wrong with it; the key "" speaks of the whole form. Empty when all is well."""
Computed = Callable[[Situation], Mapping[str, Any]]
Row = Callable[[Situation], Mapping[str, Any]]
Paper = Callable[[Situation], Mapping[str, Any]]
Deadline = Callable[[Situation], datetime | None]
Prefill = Callable[[Situation], Filling]
Finder = Callable[[date, date, "WorkCalendar"], Iterable[Falling]]
"""What falls on the days from the first to the last, both counted."""
F = TypeVar("F", bound=Callable[..., Any])


@dataclass
class Behaviour:
    """The Python side of one procedure."""

    procedure: str
    automatics: dict[str, Automatic] = field(default_factory=dict)
    checks: dict[str, list[Check]] = field(default_factory=lambda: defaultdict(list))
    warnings: dict[str, list[Check]] = field(default_factory=lambda: defaultdict(list))
    opening: dict[str, list[Check]] = field(default_factory=lambda: defaultdict(list))
    computed: dict[str, list[Computed]] = field(default_factory=lambda: defaultdict(list))
    rows: dict[str, Row] = field(default_factory=dict)
    papers: dict[str, Paper] = field(default_factory=dict)
    deadlines: dict[str, Deadline] = field(default_factory=dict)
    prefilled: dict[str, Prefill] = field(default_factory=dict)
    finders: dict[str, Finder] = field(default_factory=dict)
    grounds: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    """Computed field -> the rule and the tables that its value rests on, told beside it."""

    def __post_init__(self) -> None:
        _behaviours[self.procedure] = self

    def automatic(self, name: str) -> Callable[[F], F]:
        """Register what `auto: name` does, at completion of an attended step or by itself."""
        return self._into(self.automatics, name)

    def check(self, *steps: str) -> Callable[[F], F]:
        """Register a check of the form of these steps: it refuses."""
        return self._onto(self.checks, steps)

    def warns(self, *steps: str) -> Callable[[F], F]:
        """Register a warning at the form of these steps: it is shown and does not refuse."""
        return self._onto(self.warnings, steps)

    def warns_at_once(self, *steps: str) -> Callable[[F], F]:
        """Register a warning that rests on what the case knows: it stands in the form of these steps as soon as it opens."""

        def register(function: F) -> F:
            self._onto(self.opening, steps)(function)
            return self._onto(self.warnings, steps)(function)

        return register

    def computes(self, *steps: str) -> Callable[[F], F]:
        """Register computed fields, filled when one of these steps is completed, before its automatic action."""
        return self._onto(self.computed, steps)

    def row(self, register: str) -> Callable[[F], F]:
        """Register what fills the columns of a register that no field fills."""
        return self._into(self.rows, register)

    def paper(self, document: str) -> Callable[[F], F]:
        """Register the data of a document, over the case's own values."""
        return self._into(self.papers, document)

    def prefills(self, *steps: str) -> Callable[[F], F]:
        """Register what is known elsewhere for the fields of these steps: shown with its source, never taken by itself."""

        def register(function: F) -> F:
            self.prefilled |= dict.fromkeys(steps, _under_its_law(function))
            return function

        return register

    def deadline(self, clock_or_step: str) -> Callable[[F], F]:
        """Register the instant at which a clock (limit by `rule`) or a step is due, where a duration cannot say it."""
        return self._into(self.deadlines, clock_or_step)

    def finds(self, name: str) -> Callable[[F], F]:
        """Register what falls due for `found: name` of an opening, between two days."""

        def register(function: F) -> F:
            self.finders[name] = function
            return function

        return register

    def rests(self, *fields: str, on: str, tables: tuple[str, ...] = ()) -> None:
        """Say which rule (by its id) and tables (by their file) the values of computed fields rest on."""
        self.grounds |= dict.fromkeys(fields, (on, tables))

    def _into(self, where: dict[str, Any], name: str) -> Callable[[F], F]:
        def register(function: F) -> F:
            where[name] = _under_its_law(function)
            return function

        return register

    def _onto(self, where: dict[str, list[Any]], steps: tuple[str, ...]) -> Callable[[F], F]:
        def register(function: F) -> F:
            asked = _under_its_law(function)
            for step in steps:
                where[step].append(asked)
            return function

        return register


def _under_its_law(function: F) -> F:
    """Return a function of a situation that is called under the law of the situation's day."""

    @wraps(function)
    def asked(situation: Situation) -> Any:
        with law_of(local_day(situation.at)):
            return function(situation)

    return cast("F", asked)


_behaviours: dict[str, Behaviour] = {}


def behaviour(procedure: str) -> Behaviour:
    """Return the behaviour of a procedure; an empty one where it has none."""
    return _behaviours.get(procedure) or Behaviour(procedure)
