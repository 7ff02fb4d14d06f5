"""What the cells of the table say, before they are set in lines."""

from collections.abc import Mapping
from dataclasses import dataclass

from laksana.sop.chart.remarks import remarks
from laksana.sop.definition import Procedure, Step

HEADINGS = {
    "number": "No.",
    "activity": "Kegiatan",
    "performers": "Pelaksana",
    "standard": "Mutu Baku",
    "needs": "Kelengkapan",
    "time": "Waktu",
    "gives": "Output",
    "note": "Keterangan",
}
"""Column -> its heading in the form of PermenPANRB 35/2012."""


@dataclass(frozen=True)
class RowContent:
    """The texts of one row: column -> its entries, each of which begins on a line of its own."""

    step: str
    number: int
    entries: dict[str, tuple[str, ...]]
    caption: str = ""
    """A remark under the activity, such as how long it really takes."""


def rows(procedure: Procedure, titles: Mapping[str, str], captions: Mapping[str, str]) -> list[RowContent]:
    """Return the texts of all rows, in their order."""
    return [
        RowContent(step.id, number, _entries(procedure, step, titles), captions.get(step.id, ""))
        for number, step in enumerate(procedure.steps, 1)
    ]


def _entries(procedure: Procedure, step: Step, titles: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    return {
        "activity": (step.activity,),
        "needs": step.needs,
        "time": (step.time.words,),
        "gives": (step.gives,),
        "note": tuple(remarks(procedure, step, titles)),
    }
