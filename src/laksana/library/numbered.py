"""Numbers of papers and cases that a procedure gives by itself: in the order of the year, without gaps, once for a case."""

from collections.abc import Mapping
from typing import Any

from laksana.cases.behaviour import Behaviour, Situation
from laksana.numbering.services import declare_simple, give


def number_once(
    behaviour: Behaviour, step: str, field: str, letters: str, outcome: str | None = None
) -> None:
    """Let `step` fill `field` with the year's next number, such as "BAST/001/2026", the first time that it is done.

    With `outcome` only a decision for it is numbered. The series is the procedure's own: its id and `field`; the
    office may set another pattern for it.
    """
    series = f"{behaviour.procedure}-{field}"
    declare_simple(series, f"{letters}/{{urut:03}}/{{tahun}}", behaviour.procedure, field)

    @behaviour.computes(step)
    def numbered(situation: Situation) -> Mapping[str, Any]:
        if situation.values.get(field) or situation.outcome != outcome:
            return {}
        return {field: give(series, situation.at, situation.case.number).written}
