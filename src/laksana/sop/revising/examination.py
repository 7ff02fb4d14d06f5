"""What is wrong with a draft, and what to look at again, told at the row that it concerns; and what of it can be drawn."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from laksana.sop import soundness
from laksana.sop.advice import warnings
from laksana.sop.definition import END, Procedure, as_yaml, load
from laksana.sop.duration import Duration
from laksana.sop.message import Message
from laksana.sop.message import message as _
from laksana.sop.revising.rows import Data, Row, Table, renamed, table_of
from laksana.sop.source import DefinitionError, Path

_PART_OF_KEY = {
    "does": "activity", "decides": "activity", "by": "by", "needs": "needs", "time": "time", "gives": "gives",
    "note": "note", "joins": "joins", "then": "ways", "outcomes": "ways",
}  # fmt: skip
_LEAST_ROWS = 2


def row_name(number: int) -> str:
    """Return what a row is called in findings and in the drawing."""
    return f"baris-{number}"


@dataclass(frozen=True)
class Finding:
    """One thing found: the row (from 0; None: the draft as a whole), the cell of it ("": the row), and why."""

    row: int | None
    part: str
    text: Message
    grave: bool = True
    """It keeps the draft from taking effect; otherwise it only should be looked at again."""
    where: Path = ()
    """The place in the definition, where it is none of the table's."""


@dataclass(frozen=True)
class Examination:
    """The findings, those of the whole first and then row by row, and the procedure to draw; None for too few rows.

    Steps of the procedure are called by their `row_name`. What could not be read is left out of it.
    """

    findings: tuple[Finding, ...]
    drawn: Procedure | None

    @property
    def grave(self) -> int:
        """Return how many findings keep the draft from taking effect."""
        return sum(finding.grave for finding in self.findings)


def examine(data: Data) -> Examination:
    """Return what is found on a draft's plain data."""
    table = table_of(data)
    findings = [*_size(table), *_cells(table)]
    seen = {(finding.row, finding.part) for finding in findings}
    findings += [fault for fault in _faults(data) if (fault.row, fault.part) not in seen or fault.row is None]
    drawn = None
    if not any(finding.row is not None for finding in findings):
        drawn = _as_it_is(data)
    if drawn is not None:
        findings += [*_flow(drawn), *_advice(drawn)]
    drawn = drawn or sketch(data, table)
    order = sorted(findings, key=lambda each: (-1 if each.row is None else each.row, not each.grave))
    return Examination(tuple(order), drawn)


def _size(table: Table) -> Iterator[Finding]:
    if len(table.rows) < _LEAST_ROWS:
        yield Finding(None, "", _("An SOP has at least two rows."))
    if len(table.lanes) < _LEAST_ROWS:
        yield Finding(None, "", _("An SOP has at least two performers."))


def _cells(table: Table) -> Iterator[Finding]:
    known = {*table.places, END}
    for place, row in enumerate(table.rows):
        for part, text in (*_content(row), *_ways(row, known)):
            yield Finding(place, part, text)


def _content(row: Row) -> Iterator[tuple[str, Message]]:
    if not row.activity.strip():
        yield "activity", _("Say what is done in this row.")
    if not row.by:
        yield "by", _("Choose who does this.")
    if not all(row.needs) or not row.needs:
        yield "needs", _("Say what is needed for it.")
    if not row.gives.strip():
        yield "gives", _("Say what comes out of it.")
    try:
        Duration.parse(row.time)
    except ValueError:
        yield (
            "time",
            _(
                "Write a number and menit, jam, hari kerja, hari, minggu, bulan or tahun, such as 30 menit or 3 hari kerja."
            ),
        )


def _ways(row: Row, known: Iterable[str]) -> Iterator[tuple[str, Message]]:
    if row.decides and len(row.ways) < 2:
        yield "ways", _("A decision has at least two exits.")
    for way in row.ways:
        if row.decides and not way.label.strip():
            yield "ways", _("Name the outcome that takes this exit, such as Ya or Tidak.")
        if not way.to:
            yield (
                "ways",
                _("Say where %(label)s leads: the number of a row, or selesai.", label=way.label or "-"),
            )
        for target in way.to:
            if target not in known:
                yield "ways", _no_row(target)


def _no_row(target: str) -> Message:
    if target.isdecimal():
        return _("There is no row %(row)s.", row=target)
    return _("This leads to %(target)s, which is no row of the table (any more).", target=target)


def _faults(data: Data) -> Iterator[Finding]:
    """Yield what keeps the data from being a definition."""
    try:
        load(as_yaml(dict(data)))
    except DefinitionError as error:
        for fault in error.faults:
            yield _finding(
                fault.path,
                fault.reason
                if isinstance(fault.reason, Message)
                else Message(fault.reason.replace("%", "%%")),
            )


def _finding(path: Path, text: Message, *, grave: bool = True) -> Finding:
    match path:
        case ("steps", int(place), *rest):
            part = _PART_OF_KEY.get(str(rest[0]), "") if rest else ""
            return Finding(place, part, text, grave, () if part else tuple(rest))
    return Finding(None, "", text, grave, path)


def _as_it_is(data: Data) -> Procedure | None:
    try:
        return Procedure.model_validate(renamed(data, row_name))
    except ValidationError:
        return None


def _flow(procedure: Procedure) -> Iterator[Finding]:
    places = {step.id: place for place, step in enumerate(procedure.steps)}
    for unsound in soundness.check(procedure):
        yield Finding(places[unsound.step], "ways", unsound.message)


def _advice(procedure: Procedure) -> Iterator[Finding]:
    for path, text in warnings(procedure):
        yield _finding(path, text, grave=False)


def sketch(data: Data, table: Table) -> Procedure | None:
    """Return what can be drawn of a draft that is no definition yet; None while it has fewer than two rows or performers."""
    lanes = [lane for lane, title in table.lanes.items() if title]
    if len(table.rows) < _LEAST_ROWS or len(lanes) < _LEAST_ROWS:
        return None
    day = "2000-01-01"
    return Procedure.model_validate(
        {
            **dict.fromkeys(("title", "title_en", "unit", "owner", "summary"), str(data.get("title") or "-")),
            "id": "rancangan", "code": "A.1", "page": 1, "kind": "rutin", "initiator": "pimpinan",
            "public": False, "related": [], "fields": {},
            "identity": {"number": "-", "version": 1, "made": day, "effective": day,
                         "approved_by": "position kepala-dinas"},
            "legal_basis": [{"cite": "-", "about": "-"}],
            **{key: ["-"] for key in ("qualifications", "equipment", "warnings", "records")},
            "performers": {f"p{place}": {"title": table.lanes[lane], "is": "initiator"} for place, lane in enumerate(lanes)},
            "steps": [_sketched(row, number, table, lanes) for number, row in enumerate(table.rows, 1)],
            "data": {"classification": "terbuka", "retention": "-"},
        }
    )  # fmt: skip


def _sketched(row: Row, number: int, table: Table, lanes: list[str]) -> dict[str, Any]:
    places = table.places
    below = row_name(number + 1) if number < len(table.rows) else END

    def known(to: Iterable[str]) -> list[str]:
        named = dict.fromkeys(
            row_name(places[target]) if target in places else target
            for target in to
            if target in places or target == END
        )
        return list(named) if END not in named else [END]

    try:
        time = str(Duration.parse(row.time))
    except ValueError:
        time = "0 menit"
    step: dict[str, Any] = {
        "id": row_name(number),
        "by": [f"p{lanes.index(lane)}" for lane in dict.fromkeys(row.by) if lane in lanes] or ["p0"],
        "needs": [need for need in row.needs if need] or ["-"],
        "time": time,
        "gives": row.gives or "-",
        "note": row.note,
        "joins": row.joins,
    }
    exits = {way.label: known(way.to) or [below] for way in row.ways if way.label}
    if row.decides and len(exits) > 1:
        return {**step, "decides": row.activity or "…", "outcomes": exits}
    then = known(row.ways[0].to) if row.ways else []
    return {**step, "does": row.activity or "…", "then": then or [below]}
