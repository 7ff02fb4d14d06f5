"""The hash chain of a case's events: each hash covers the event and the hash before it."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from laksana.cases.models import Case, Event

_ONE_LINE = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def link(previous: str, case_number: str, event: Event) -> str:
    """Return the hash of an event, in hexadecimal, given that of the one before it ("" for the first)."""
    return hashlib.sha256(chained_text(previous, case_number, event).encode()).hexdigest()


def chained_text(previous: str, case_number: str, event: Event) -> str:
    """Return the text, one line of JSON, whose SHA-256 is the hash of an event."""
    content: dict[str, Any] = {
        "previous": previous,
        "case": case_number,
        "number": event.number,
        "kind": event.kind,
        "at": _instant(event.at),
        "actor": event.actor_id,
        "acting_as": event.acting_as,
        "step": event.step,
        "work_item": event.work_item_id,
        "data": event.data,
        "key": str(event.key) if event.key else None,
    }
    return _ONE_LINE.encode(content)


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


@dataclass(frozen=True)
class Broken:
    """The first link of a case's chain that does not hold."""

    case: str
    event: int
    reason: str


def verify(cases: Iterator[Case]) -> Iterator[Broken]:
    """Yield, for each case whose chain does not hold, its first broken link."""
    for case in cases:
        if broken := _verify(case):
            yield broken


def _verify(case: Case) -> Broken | None:
    previous, number = "", 0
    for event in case.events.order_by("number").iterator():
        number += 1
        if event.number != number:
            return Broken(case.number, number, f"event {number} is missing; event {event.number} follows")
        if link(previous, case.number, event) != event.hash:
            return Broken(
                case.number, number, f"event {number} ({event.kind}) was changed, or the one before it"
            )
        previous = event.hash
    if number != case.last_event or previous != case.last_hash:
        return Broken(
            case.number,
            number + 1,
            f"the case counts {case.last_event} events, {number} are there: the last were removed",
        )
    return None
