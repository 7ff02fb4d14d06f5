"""The format of a script.

procedure: surat-masuk          what an act starts unless it says otherwise
scenarios:
  - id: biasa-normal
    given: ..., when: ..., then: ...          the example in words, as the office would tell it
    series: {agenda-masuk/2026: 1317}         numbers already given
    absences: [{position, since, until, reason, acting}]
    acts:
      - at: 2026-11-10 09:25                  the office's local time
        by: pengadministrasi-persuratan       the code of a position, or the name of an account
        do: start                             start | complete (default) | claim | release | delegate | withdraw | recall |
                                              cancel | comment | record | sweep
        step: agenda                          the step acted on; `instance` where several of it lie with him
        outcome: Surat baru
        data: {...}                           a file is {demo: NAME}, of the folder `demo` beside the script or above it
                                              a person is the code of a position, or the name of an account
        as: pertama                           a name for the case started; `case` speaks of it later
        expect: {...}                         what must hold right after it
"""

from datetime import date, datetime
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from laksana.sop.source import plain


class PlayError(AssertionError):
    """The script could not be played, or what it expects did not come."""


class Part(BaseModel):
    """Base of the parts of a script: unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class Expect(Part):
    """What must hold; only what is named is looked at."""

    refused: str | None = None
    """Words that the refusal holds."""
    errors: dict[str, str] = {}
    """Field -> words of its error; the act is then refused."""
    warnings: list[str] = []
    values: dict[str, Any] = {}
    """Field, or TABLE.ROW.COLUMN with rows counted from 0 -> its value."""
    open: list[str] | None = None
    """Exactly these work items are open or waiting: step, or step@instance."""
    desks: dict[str, str] = {}
    due: dict[str, datetime] = {}
    """Clock, or step@instance -> its end."""
    state: str | None = None
    level: str | None = None
    subject: str | None = None
    reads: list[str] = []
    covers: list[str] = []
    blind: list[str] = []
    series: dict[str, int] = {}
    steps: list[str] | None = None
    """The steps done so far, in order."""
    clocks: dict[str, str] = {}
    """Clock -> its state; `terlampaui` where it runs beyond its end."""

    @property
    def refuses(self) -> bool:
        """Return whether the act must be refused."""
        return self.refused is not None or bool(self.errors)


class Act(Part):
    """One thing that somebody does, or that time does."""

    at: datetime
    by: str = ""
    do: Literal[
        "start",
        "complete",
        "claim",
        "release",
        "delegate",
        "withdraw",
        "recall",
        "cancel",
        "comment",
        "record",
        "sweep",
    ] = "complete"
    procedure: str = ""
    as_: str = Field("", alias="as")
    case: str = ""
    step: str = ""
    instance: str | None = None
    outcome: str | None = None
    evidence: str = ""
    to: str = ""
    text: str = ""
    data: dict[str, Any] = {}
    child: str = ""
    """A name for the case that this act's step started."""
    expect: Expect = Expect()


class AbsenceGiven(Part):
    """Somebody is away, perhaps with a Plh."""

    position: str
    since: date
    until: date
    reason: str
    acting: str = ""


class Scenario(Part):
    """A played example."""

    id: str
    given: str = ""
    when: str = ""
    then: str = ""
    procedure: str = ""
    series: dict[str, int] = {}
    absences: list[AbsenceGiven] = []
    acts: list[Act]
    expect: Expect = Expect()


class Script(Part):
    """A file of scenarios."""

    procedure: str
    scenarios: list[Scenario]


def read_script(text: str, file: str) -> list[Scenario]:
    """Return the scenarios of a script. Raises PlayError naming the part that is malformed."""
    try:
        script = Script.model_validate(plain(text))
    except yaml.YAMLError as error:
        raise PlayError(f"{file}: not readable as YAML: {error}") from None
    except ValidationError as error:
        first = error.errors()[0]
        raise PlayError(f"{file}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from None
    for scenario in script.scenarios:
        scenario.procedure = scenario.procedure or script.procedure
    return script.scenarios
