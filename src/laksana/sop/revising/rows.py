"""The rows of an SOP's table, out of the plain data of its definition and back into it.

The data are those of a `sop.yaml`, and need be no definition yet: a draft may lack anything. What a row does not show (the
fields that a step asks, its automatic action, its time-out) stays with the step of the same id.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

Data = Mapping[str, Any]
"""The plain data of a definition or of a draft of one."""
_OF_THE_ROW = {"id", "does", "decides", "by", "needs", "time", "gives", "note", "joins", "then", "outcomes"}
YES, NO = "Ya", "Tidak"


@dataclass(frozen=True)
class Way:
    """A way on from a row: the outcome that takes it ("" for the only one) and the rows it leads to.

    A plain row without a way, and only such a row, leads to the row below it.
    """

    label: str
    to: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """One kegiatan of the table, as it was typed."""

    id: str
    activity: str = ""
    decides: bool = False
    by: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    time: str = ""
    gives: str = ""
    note: str = ""
    joins: bool = False
    ways: tuple[Way, ...] = ()

    def as_decision(self) -> "Row":
        """Return the row as one that decides: where it led is where its first outcome leads."""
        if self.decides:
            return self
        return replace(self, decides=True, ways=(Way(YES, self.ways[0].to if self.ways else ()), Way(NO)))

    def as_plain(self) -> "Row":
        """Return the row as one that decides nothing: it leads where its first outcome led."""
        if not self.decides:
            return self
        return replace(self, decides=False, ways=tuple(Way("", way.to) for way in self.ways[:1] if way.to))


@dataclass(frozen=True)
class Table:
    """The rows of a draft, and the titles of the lanes that their performers stand in."""

    rows: tuple[Row, ...] = ()
    lanes: Mapping[str, str] = field(default_factory=dict)

    @property
    def places(self) -> dict[str, int]:
        """Return the number of each row, counted from 1."""
        return {row.id: place for place, row in enumerate(self.rows, 1)}


def table_of(data: Data) -> Table:
    """Return the table of a definition's plain data."""
    lanes = {lane: str(part.get("title", "")) for lane, part in data.get("performers", {}).items()}
    return Table(tuple(_row(step) for step in data.get("steps", ())), lanes)


def with_rows(data: Data, rows: Iterable[Row]) -> dict[str, Any]:
    """Return the data with these rows for its steps; what a row does not show is kept from the step of its id."""
    kept = {step["id"]: step for step in data.get("steps", ())}
    return {**data, "steps": [_step(row, kept.get(row.id, {})) for row in rows]}


def renamed(data: Data, name: Callable[[int], str]) -> dict[str, Any]:
    """Return the data whose step number n, counted from 1, is called `name(n)` wherever the flow speaks of it."""
    steps: Sequence[Data] = data.get("steps", ())
    names = {step["id"]: name(number) for number, step in enumerate(steps, 1)}
    return {**data, "steps": [_renamed(step, names) for step in steps]}


def _row(step: Data) -> Row:
    decides = "decides" in step
    return Row(
        id=str(step["id"]),
        activity=_text(step.get("decides" if decides else "does")),
        decides=decides,
        by=_texts(step.get("by")),
        needs=_texts(step.get("needs")),
        time=_text(step.get("time")),
        gives=_text(step.get("gives")),
        note=_text(step.get("note")),
        joins=step.get("joins") is True,
        ways=_ways(step),
    )


def _ways(step: Data) -> tuple[Way, ...]:
    if "decides" in step:
        return tuple(Way(label, _led_to(exit_)) for label, exit_ in step.get("outcomes", {}).items())
    return (Way("", _texts(step["then"])),) if step.get("then") is not None else ()


def _led_to(exit_: Any) -> tuple[str, ...]:
    return _texts(exit_.get("then") if isinstance(exit_, Mapping) else exit_)


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _texts(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(str(item) for item in value) if isinstance(value, list | tuple) else (str(value),)


def _step(row: Row, before: Data) -> dict[str, Any]:
    step: dict[str, Any] = {"id": row.id, "decides" if row.decides else "does": row.activity}
    step |= {"by": list(row.by), "needs": list(row.needs), "time": row.time, "gives": row.gives}
    if row.note:
        step["note"] = row.note
    if row.joins:
        step["joins"] = True
    if row.decides:
        step["outcomes"] = _outcomes(row, before)
    elif row.ways:
        step["then"] = list(row.ways[0].to)
    return {**step, **{key: value for key, value in before.items() if key not in _OF_THE_ROW}}


def _outcomes(row: Row, before: Data) -> dict[str, Any]:
    """Return the exits; what an exit says beside where it leads stays with its label, or its place where it was relabelled."""
    former: Mapping[str, Any] = before.get("outcomes", {})
    said = {
        label: {key: value for key, value in exit_.items() if key != "then"}
        for label, exit_ in former.items()
        if isinstance(exit_, Mapping)
    }
    labels = {way.label for way in row.ways}
    relabelled = dict(zip((way.label for way in row.ways), former, strict=False))
    outcomes: dict[str, Any] = {}
    for way in row.ways:
        old = way.label if way.label in former else relabelled.get(way.label, "")
        more = said.get(old, {}) if old == way.label or old not in labels else {}
        outcomes[way.label] = {"then": list(way.to), **more}
    return outcomes


def _renamed(step: Data, names: Mapping[str, str]) -> dict[str, Any]:
    def leads(targets: Any) -> list[str]:
        return [names.get(target, target) for target in _texts(targets)]

    changed: dict[str, Any] = {**step, "id": names[step["id"]]}
    if step.get("then") is not None:
        changed["then"] = leads(step["then"])
    if "outcomes" in step:
        changed["outcomes"] = {
            label: {**(exit_ if isinstance(exit_, Mapping) else {}), "then": leads(_led_to(exit_))}
            for label, exit_ in step["outcomes"].items()
        }
    if isinstance(timeout := step.get("timeout"), Mapping):
        changed["timeout"] = {**timeout, "then": leads(timeout.get("then"))}
    if isinstance(gathers := step.get("gathers"), Mapping):
        changed["gathers"] = {**gathers, "of": names.get(str(gathers.get("of")), gathers.get("of"))}
    elif isinstance(gathers, str):
        changed["gathers"] = names.get(gathers, gathers)
    return changed
