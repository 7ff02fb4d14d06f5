"""The control sheet of a draft: who gave his paraf or returned it, with what comment, and what each new version changed.

Nothing is kept for it: the steps between drafting and signing are the paraf, and the case's chained events say who did them, when
and with which words. A decision whose outcome leads back up the flow returned the draft; doing that step again is a new version.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, Final

from laksana.cases.models import Case, Event
from laksana.documents.services import OfficeNames, letterhead, render, worded, worded_moment
from laksana.sop.definition import Procedure, Step
from laksana.sop.values import from_json
from laksana.worktime.zone import local

_TEMPLATE: Final = Path(__file__).with_name("typst") / "lembar-kendali.typ"
_WORDS: Final = re.compile(r"\s+|\w+|[^\w\s]")
_SAID: Final = ("text", "longtext")


@dataclass(frozen=True)
class Piece:
    """Some words of a field: kept, inserted or removed."""

    kind: str
    """ "same", "in" or "out"."""
    text: str


@dataclass(frozen=True)
class Change:
    """What a new version changed in one field."""

    label: str
    pieces: list[Piece]


@dataclass(frozen=True)
class Draft:
    """One version of the draft: who wrote it, and what it changed against the one before."""

    number: int
    by: str
    at: datetime
    changes: list[Change]


@dataclass(frozen=True)
class Turn:
    """One who looked at the draft: gave his paraf, or returned it."""

    version: int
    activity: str
    name: str
    capacity: str
    at: datetime
    outcome: str
    returned: bool
    comments: list[str]


@dataclass
class ControlSheet:
    """Versions and paraf of a case's draft, in the order in which they came."""

    drafts: list[Draft] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)

    @property
    def version(self) -> int:
        """Return the number of the newest version."""
        return len(self.drafts)


@dataclass
class _Reading:
    """The events read so far."""

    procedure: Procedure
    sheet: ControlSheet = field(default_factory=ControlSheet)
    values: dict[str, Any] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    """The newest draft in words."""
    returned_to: set[str] = field(default_factory=set)
    items: list[int | None] = field(default_factory=list)
    """The work items of the turns."""
    names: OfficeNames = field(default_factory=OfficeNames)


def control_sheet(case: Case, procedure: Procedure) -> ControlSheet:
    """Return the control sheet of a case. Only for whoever sees its content."""
    reading = _Reading(procedure)
    steps = {step.id: step for step in procedure.steps}
    events = case.events.filter(kind__in=("completed", "withdrawn")).select_related("actor")
    for event in events.order_by("number"):
        if event.kind == "withdrawn":
            _forget(reading, event)
        elif (step := steps.get(event.step)) is not None:
            _read(reading, step, event)
    return reading.sheet


def control_sheet_pdf(case: Case, procedure: Procedure, at: datetime) -> bytes:
    """Return the control sheet as PDF/A, to lie with the file copy."""
    return render(_TEMPLATE, _printable(case, procedure, control_sheet(case, procedure)), at)


def word_changes(old: str, new: str) -> list[Piece]:
    """Return how a text became another, word by word."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    pieces: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(before[a:b])))
            continue
        if a < b:
            pieces.append(Piece("out", "".join(before[a:b])))
        if c < d:
            pieces.append(Piece("in", "".join(after[c:d])))
    return pieces


def _read(reading: _Reading, step: Step, event: Event) -> None:
    given: Mapping[str, Any] = event.data.get("values") or {}
    reading.values.update(given)
    if not reading.sheet.drafts or step.id in reading.returned_to:
        reading.returned_to.clear()
        _new_version(reading, step, event)
    elif not step.is_decision:
        _complete_version(reading, step, event)
    if step.is_decision and event.actor is not None:
        _turn(reading, step, event, given)


def _new_version(reading: _Reading, step: Step, event: Event) -> None:
    texts = dict(_in_words(reading, step.asks))
    changes = []
    if reading.sheet.drafts:
        changes = [
            Change(reading.procedure.fields[name].label, word_changes(reading.texts.get(name, ""), text))
            for name, text in texts.items()
            if text != reading.texts.get(name, "")
        ]
    reading.texts.update(texts)
    reading.sheet.drafts.append(Draft(reading.sheet.version + 1, str(event.actor or ""), event.at, changes))


def _complete_version(reading: _Reading, step: Step, event: Event) -> None:
    """Count what further steps wrote before anybody looked at the draft to the version that is there."""
    reading.texts.update(_in_words(reading, step.asks))
    if not reading.sheet.turns and step.asks:
        reading.sheet.drafts[-1] = Draft(reading.sheet.version, str(event.actor or ""), event.at, [])


def _in_words(reading: _Reading, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for name in names:
        spec = reading.procedure.fields[name]
        yield name, worded(spec, from_json(spec, reading.values.get(name)), reading.names)


def _turn(reading: _Reading, step: Step, event: Event, given: Mapping[str, Any]) -> None:
    outcome = str(event.data.get("outcome", ""))
    back = _leads_back(reading.procedure, step, outcome)
    fields = reading.procedure.fields
    comments = [
        str(given[name])
        for name in step.asks
        if fields[name].type in _SAID and not fields[name].computed and given.get(name)
    ]
    reading.sheet.turns.append(
        Turn(
            version=reading.sheet.version,
            activity=step.activity,
            name=str(event.actor),
            capacity=event.acting_as or reading.procedure.performers[step.by[0]].title,
            at=event.at,
            outcome=outcome,
            returned=bool(back),
            comments=comments,
        )
    )
    reading.items.append(event.work_item_id)
    reading.returned_to.update(back)


def _leads_back(procedure: Procedure, step: Step, outcome: str) -> list[str]:
    """Return the earlier steps to which an outcome leads."""
    place = {each.id: number for number, each in enumerate(procedure.steps)}
    chosen = step.outcomes.get(outcome)
    return (
        [target for target in chosen.then if place.get(target, len(place)) < place[step.id]] if chosen else []
    )


def _forget(reading: _Reading, event: Event) -> None:
    """Take out the turn of a step that its performer took back."""
    if event.work_item_id in reading.items:
        place = len(reading.items) - 1 - reading.items[::-1].index(event.work_item_id)
        del reading.items[place], reading.sheet.turns[place]
        reading.returned_to.clear()


def _printable(case: Case, procedure: Procedure, sheet: ControlSheet) -> dict[str, Any]:
    return {
        "letterhead": letterhead(),
        "document": {"title": "Lembar Kendali Konsep"},
        "case": {"number": case.number, "subject": case.subject},
        "procedure": {"title": procedure.title},
        "drafts": [
            {
                "number": draft.number,
                "by": draft.by,
                "at": worded_moment(local(draft.at)),
                "changes": [
                    {"label": change.label, "pieces": [[piece.kind, piece.text] for piece in change.pieces]}
                    for change in draft.changes
                ],
            }
            for draft in sheet.drafts
        ],
        "turns": [
            {
                "version": turn.version,
                "capacity": turn.capacity,
                "name": turn.name,
                "at": worded_moment(local(turn.at)),
                "outcome": turn.outcome,
                "comments": "\n".join(turn.comments),
            }
            for turn in sheet.turns
        ],
    }
