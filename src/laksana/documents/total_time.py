"""The total time that stands under an SOP's flowchart: along its main path, the longest of parallel branches counted."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from laksana.sop.definition import END, Procedure, Step
from laksana.sop.duration import Duration, Unit

_DAY, _HOUR = 450, 60
"""Working minutes of a hari kerja and of a jam, for a total under the table."""
_CALENDAR = (Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.YEAR)
_RUNNING = (Unit.RUNNING_HOUR, Unit.RUNNING_MINUTE)
Total = Mapping[Unit, Decimal]


def total_time(procedure: Procedure, *, without: frozenset[str] = frozenset()) -> str:
    """Return the total in words: "2 hari kerja 3 jam 15 menit", units of the calendar and of the clock told apart.

    Steps that the performers `without` do by themselves count no time. The total may be "", where nothing is left.
    """
    return _in_words(_total(_path(procedure, procedure.steps[0].id, without)))


def main_path(procedure: Procedure) -> list[Step]:
    """Return the steps whose times make the total: each once, of parallel branches the longest."""
    return _path(procedure, procedure.steps[0].id, frozenset())


def _path(
    procedure: Procedure,
    step_id: str,
    without: frozenset[str],
    seen: frozenset[str] = frozenset(),
    until: str = END,
) -> list[Step]:
    """Return the steps from one to `until`, each once."""
    path: list[Step] = []
    while step_id not in (END, until) and step_id not in seen:
        step = procedure.step(step_id)
        seen |= {step_id}
        if not without.issuperset(step.by):
            path.append(step)
        targets = _main_exit(procedure, step)
        if len(targets) == 1:
            step_id = targets[0]
            continue
        step_id = _meeting(procedure, step, until)
        branches = [_path(procedure, target, without, seen, step_id) for target in targets]
        path += max(branches, key=lambda branch: _weight(_total(branch)))
    return path


def _main_exit(procedure: Procedure, step: Step) -> tuple[str, ...]:
    """Return where the main path goes on: by the first exit of a decision that leads down."""
    places = {other.id: place for place, other in enumerate(procedure.steps)} | {END: len(procedure.steps)}
    exits = procedure.successors(step).values()
    down = (targets for targets in exits if all(places[target] > places[step.id] for target in targets))
    return next(down, next(iter(exits)))


def _meeting(procedure: Procedure, split: Step, until: str) -> str:
    """Return the join that parallel branches lead to: the first one below the step that splits."""
    place = procedure.steps.index(split)
    return next((step.id for step in procedure.steps[place + 1 :] if step.joins), until)


def _time(time: Duration) -> Total:
    minutes = time.working_minutes
    return {Unit.MINUTE: minutes} if minutes is not None else {time.unit: time.amount}


def _total(path: Iterable[Step]) -> Total:
    total: dict[Unit, Decimal] = {}
    for step in path:
        for unit, amount in _time(step.time).items():
            total[unit] = total.get(unit, Decimal(0)) + amount
    return total


def _weight(total: Total) -> tuple[Decimal, ...]:
    return tuple(total.get(unit, Decimal(0)) for unit in (*reversed(_CALENDAR), Unit.MINUTE))


def _in_words(total: Total) -> str:
    days, rest = divmod(int(total.get(Unit.MINUTE, 0)), _DAY)
    hours, minutes = divmod(rest, _HOUR)
    parts = [(days, Unit.WORKDAY), (hours, Unit.HOUR), (minutes, Unit.MINUTE)]
    working = " ".join(f"{amount} {unit.value}" for amount, unit in parts if amount)
    others = [Duration(total[unit], unit).words for unit in (*_CALENDAR, *_RUNNING) if unit in total]
    return " ditambah ".join(part for part in (working, *others) if part)
