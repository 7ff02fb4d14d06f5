"""The form of a step: its fields as they stand now, its decision, what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext as _

from laksana.cases.behaviour import Filling
from laksana.cases.models import Case
from laksana.sop.definition import FieldSpec, Procedure, Step
from laksana.sop.expression import Expression, outcome_name
from laksana.sop.form import Ask, asks, clean, initial
from laksana.sop.message import Message
from laksana.sop.performer import Kind
from laksana.web.forms.directory import Directory
from laksana.web.forms.fields import FILE_TYPES, LONG, Field, Row, Surroundings
from laksana.web.forms.reading import EVIDENCE, OUTCOME, Sent


@dataclass(frozen=True)
class Fault:
    """A line of the error summary: what is wrong, and the control to go to ("" when it concerns the whole form)."""

    anchor: str
    label: str
    text: str


@dataclass(frozen=True)
class Exit:
    """An outcome that can be chosen; `open` says whether its condition holds for what has been given so far."""

    label: str
    chosen: bool
    open: bool


class StepForm:
    """A form ready to be drawn. Nothing in it decides: what was sent is checked by the action."""

    from_definition = True
    """Its labels are the definition's own, in the office's language whatever the page's; those of a plain form are ours."""

    def __init__(  # noqa: PLR0913  (a form is drawn from all of these)
        self,
        procedure: Procedure,
        step: Step,
        known: Mapping[str, Any],
        *,
        lane: str,
        person_id: int | None,
        directory: Directory,
        sent: Sent | None = None,
        recorded_for: str = "",
        errors: Mapping[str, object] | None = None,
        warnings: Mapping[str, object] | None = None,
        case: Case | None = None,
        filling: Filling | None = None,
    ) -> None:
        self.procedure, self.step, self.known = procedure, step, known
        self.performer = procedure.performers[lane]
        self.sent = sent
        told = {name: as_text(why) for name, why in (errors or {}).items()}
        self.errors = {**told, **(sent.refused if sent else {})}
        self.warnings = {name: as_text(why) for name, why in (warnings or {}).items()}
        self.key = str(uuid4())
        self.filling = filling or Filling()
        self._recorded_for = recorded_for
        self._around = Surroundings(person_id, case, directory, self.errors, self.warnings, self._live)

    @cached_property
    def _given(self) -> Mapping[str, Any]:
        """What stands in the controls: what was typed, else the values with which the form opens."""
        return {**self._opening, **(self.sent.raw if self.sent else {})}

    @cached_property
    def _opening(self) -> Mapping[str, Any]:
        """The typed values with which the form opens: what the case knows, else what is known elsewhere, else defaults."""
        elsewhere = {
            name: known.value
            for name, known in self.filling.known.items()
            if name in self.step.asks and self.known.get(name) is None
        }
        return {**initial(self.procedure, self.step, self.known), **elsewhere}

    @cached_property
    def outcome(self) -> str | None:
        """The outcome chosen so far."""
        return self.sent.outcome if self.sent else None

    @cached_property
    def _data(self) -> dict[str, Any]:
        """The typed values so far, those of the form over those of the case."""
        data = dict(self.known)
        if self.step.is_decision:
            data[outcome_name(self.step.id)] = self.outcome
        if self.sent is None:
            return {**data, **self._opening}
        typed = clean(self.procedure, self.step, self.sent.raw, self.known, outcome=self.outcome).values
        return {**data, **typed}

    @property
    def _live(self) -> frozenset[str]:
        names: set[str] = set()
        for expression in self._expressions():
            names |= expression.names
        if self.filling.chosen_by:
            names.add(self.filling.chosen_by)
        if self.step.is_decision and outcome_name(self.step.id) in names:
            names.add(OUTCOME)
        return frozenset(names)

    def _expressions(self) -> list[Expression]:
        found = [e.allowed_if for e in self.step.outcomes.values()]
        for name in self.step.asks:
            spec = self.procedure.fields[name]
            found += [spec.required_if, spec.shown_if]
        return [expression for expression in found if expression is not None]

    @property
    def is_live(self) -> bool:
        """Return whether the form changes while it is filled in."""
        return bool(self._live)

    @cached_property
    def fields(self) -> list[Field]:
        """The fields shown now."""
        shown = asks(self.procedure, self.step, self._data)
        return [self._field(ask) for ask in shown if ask.shown and not ask.spec.computed]

    def _field(self, ask: Ask) -> Field:
        known = self.filling.known.get(ask.name)
        made = Field(ask.name, ask.spec, self._given.get(ask.name), ask.required, self._around, known=known)
        if ask.spec.columns:
            made.rows = self._rows(ask, ask.spec.columns)
        return made

    @property
    def to_confirm(self) -> list[Field]:
        """Return the fields that hold what is known elsewhere: the person looks at them and need not type."""
        return [field for field in self.fields if field.agrees and not field.error]

    @property
    def to_fill(self) -> list[Field]:
        """Return the other fields, those that differ from what is known elsewhere among them."""
        return [field for field in self.fields if not field.agrees or field.error]

    def _rows(self, ask: Ask, columns: Mapping[str, FieldSpec]) -> list[Row]:
        given = self._given.get(ask.name) or []
        if not given and (self.sent is None or ask.required):
            given = [{}]
        return [
            Row(
                ask.name,
                number,
                [
                    self._cell(ask.name, number, c, spec, row)
                    for c, spec in columns.items()
                    if not spec.computed
                ],
            )
            for number, row in enumerate(given)
        ]

    def _cell(self, table: str, number: int, column: str, spec: FieldSpec, row: Mapping[str, Any]) -> Field:
        given = row.get(column, spec.default)
        return Field(f"{table}.{number}.{column}", spec, given, spec.required, self._around, in_table=True)

    @property
    def exits(self) -> list[Exit]:
        """Return the outcomes to choose from."""
        return [
            Exit(
                label,
                label == self.outcome,
                exit_.allowed_if is None or exit_.allowed_if.holds(self._data),
            )
            for label, exit_ in self.step.outcomes.items()
        ]

    @property
    def exits_are_long(self) -> bool:
        """Return whether the outcomes are too long to stand side by side."""
        return any(len(label) > LONG for label in self.step.outcomes)

    @property
    def decides(self) -> bool:
        """Return whether the person chooses an outcome here."""
        return self.step.is_decision

    @property
    def must_decide(self) -> bool:
        """Return whether the form cannot be sent without an outcome."""
        return self.step.is_decision and self.step.auto is None

    @property
    def outcome_error(self) -> str:
        """Return what is wrong with the decision."""
        return self.errors.get(OUTCOME, "")

    @property
    def outcome_is_live(self) -> bool:
        """Return whether fields depend on the decision."""
        return OUTCOME in self._live

    @property
    def needs_evidence(self) -> bool:
        """Return whether an officer records here for somebody outside, and says on what the record rests."""
        return bool(self._recorded_for) or self.performer.holder.kind in (Kind.OUTSIDE, Kind.PUBLIC)

    @property
    def evidence(self) -> str:
        """Return what was said about the evidence."""
        return self.sent.evidence if self.sent else ""

    @property
    def evidence_error(self) -> str:
        """Return what is wrong with the evidence."""
        return self.errors.get(EVIDENCE, "")

    @property
    def takes_files(self) -> bool:
        """Return whether the form has to be sent in parts."""
        return any(
            spec.type in FILE_TYPES or any(c.type in FILE_TYPES for c in (spec.columns or {}).values())
            for spec in (self.procedure.fields[name] for name in self.step.asks)
        )

    @property
    def warning(self) -> str:
        """Return a warning about the form as a whole."""
        return self.warnings.get("", "")

    @property
    def faults(self) -> list[Fault]:
        """Return the lines of the error summary, in the order of the form."""
        order = {control.name: place for place, control in enumerate(self._controls())}
        labels = {control.name: control.spec.label for control in self._controls()}
        faults = [
            Fault(self._anchor(name), labels.get(name, self._label(name)), why)
            for name, why in self.errors.items()
        ]
        places = {fault: order.get(name, -1) for fault, name in zip(faults, self.errors, strict=True)}
        return sorted(faults, key=lambda fault: places[fault])

    def _controls(self) -> list[Field]:
        controls: list[Field] = []
        for control in self.fields:
            controls.append(control)
            controls += [cell for row in control.rows for cell in row.cells]
        return controls

    def _anchor(self, name: str) -> str:
        return "f-" + name.replace(".", "-") if name else ""

    def _label(self, name: str) -> str:
        if name == OUTCOME:
            return _("Decision")
        if name == EVIDENCE:
            return _("Evidence")
        head = name.partition(".")[0]
        return self.procedure.fields[head].label if head in self.procedure.fields else ""


def as_text(told: object) -> str:
    """Return an error or warning in the language of the page."""
    return told.in_language(_) if isinstance(told, Message) else str(told)
