"""The figures of worked examples next to those that the rules compute.

A procedure's `figures.yaml` holds for each scenario of the office's reference what is asked of which rule and must come out:

    - scenario: normal
      told: PNS III/a, TMT 1 Januari 2025, MKG 4 tahun        the example in words
      figures:
        - {of: TMT dan baris berikutnya, ask: gaji.kenaikan-berikut, given: {golongan: III/a, ...}, is: [2027-01-01, 6]}
      flow: "dimainkan: normal"                                what is no figure: the scenario that plays it

A mapping expected is held against the same keys of the result; all else must be equal. Figures count by value: 100 is 100.00.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from laksana.library.asking import ask
from laksana.sop.rules import RuleError, get
from laksana.sop.source import plain
from laksana.worktime.calendar import WorkCalendar

FILE = "figures.yaml"


class FiguresError(ValueError):
    """A file of figures cannot be read, or asks for what is not there."""


class Figure(BaseModel):
    """One figure: what it is, the rule asked, its arguments, and what must come out."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    of: str
    ask: str
    given: dict[str, Any] = {}
    expected: Any = Field(alias="is")


class Example(BaseModel):
    """A scenario's figures, and in words what of it is no figure."""

    model_config = ConfigDict(extra="forbid")

    scenario: str
    told: str = ""
    figures: list[Figure] = []
    flow: str = ""


@dataclass(frozen=True)
class Compared:
    """A figure as the reference has it, and as the rule computes it."""

    procedure: str
    scenario: str
    of: str
    rule: str
    expected: Any
    computed: Any
    equal: bool
    checked: bool


def read(file: Path) -> list[Example]:
    """Return the examples of a file. Raises FiguresError naming the place."""
    try:
        content = plain(file.read_text(encoding="utf-8"))
        return [Example.model_validate(each) for each in content]
    except (yaml.YAMLError, ValidationError, TypeError) as error:
        raise FiguresError(f"{file}: {error}") from None


def compare(procedure: str, examples: Sequence[Example], calendar: WorkCalendar) -> Iterator[Compared]:
    """Yield every figure of a procedure's examples next to the computed one. Raises FiguresError for an unknown rule."""
    for example in examples:
        for figure in example.figures:
            try:
                answer = ask(get(figure.ask), _plain(figure.given), calendar=calendar)
                computed, checked = answer.result, answer.checked
            except KeyError:
                raise FiguresError(
                    f"{procedure}, {example.scenario}: there is no rule {figure.ask}"
                ) from None
            except RuleError as error:
                computed, checked = f"ditolak: {error}", False
            expected = _plain(figure.expected)
            yield Compared(
                procedure, example.scenario, figure.of, figure.ask,
                expected, computed, same(expected, computed), checked,
            )  # fmt: skip


def same(expected: Any, computed: Any) -> bool:
    """Return whether a computed value is the expected one."""
    if isinstance(expected, Mapping):
        return isinstance(computed, Mapping) and all(
            name in computed and same(value, computed[name]) for name, value in expected.items()
        )
    if isinstance(expected, list):
        return (
            isinstance(computed, list | tuple)
            and len(expected) == len(computed)
            and all(same(one, other) for one, other in zip(expected, computed, strict=True))
        )
    if isinstance(expected, bool) or isinstance(computed, bool) or expected is None:
        return expected is computed
    one, other = _number(expected), _number(computed)
    return one == other if one is not None and other is not None else bool(expected == computed)


def _number(value: Any) -> Decimal | None:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def _plain(value: Any) -> Any:
    """Return a value of YAML as JSON would hold it: days and times as text."""
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(_plain(name)): _plain(each) for name, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list) else value
