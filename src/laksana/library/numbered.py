"""Numbers of papers and cases that a procedure gives by itself: in the order of the year, without gaps, once for a case."""

from collections.abc import Mapping
from typing import Any

from laksana.cases.behaviour import Behaviour, Situation
from laksana.numbering.services import allot
from laksana.worktime.zone import local_day


def number_once(
    behaviour: Behaviour, step: str, field: str, letters: str, outcome: str | None = None
) -> None:
    """Let `step` fill `field` with the year's next number, such as "BAST/001/2026", the first time that it is done.

    With `outcome` only a decision for it is numbered. The series is the procedure's own: its id and `field`.
    """

    @behaviour.computes(step)
    def numbered(situation: Situation) -> Mapping[str, Any]:
        if situation.values.get(field) or situation.outcome != outcome:
            return {}
        year = local_day(situation.at).year
        order = allot(f"{behaviour.procedure}-{field}", year, situation.at, situation.case.number)
        return {field: f"{letters}/{order:03d}/{year}"}
