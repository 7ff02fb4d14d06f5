"""What a procedure is: the typed model of `sop.yaml`.

`load` reads a definition and refuses it with every fault it has, each with its file, line, key and what was expected. It
checks form and references; whether the flow is sound is `laksana.sop.soundness`. `dump` writes what `load` reads.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, Literal, TypeVar

import yaml
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_core import ErrorDetails

from laksana.sop.duration import Duration, Unit
from laksana.sop.expression import Expression
from laksana.sop.expression import parse as parse_expression
from laksana.sop.performer import Binding, Kind
from laksana.sop.source import DefinitionError, Fault, Path, Source, read
from laksana.sop.sources import Doing, sources_of

END = "selesai"
"""The name of the end of a flow."""

Level = Literal["terbuka", "terbatas", "dikecualikan", "rahasia"]
FieldType = Literal[
    "text", "longtext", "prose", "number", "money", "date", "datetime", "time", "choice", "multichoice", "bool", "file", "files",
    "person", "unit", "assignee", "table", "email", "phone", "nip", "nik", "npwp", "location", "url",
]  # fmt: skip


def _duration(value: Any) -> Any:
    return Duration.parse(value) if isinstance(value, str) else value


def _expression(value: Any) -> Any:
    return parse_expression(value) if isinstance(value, str) else value


def _binding(value: Any) -> Any:
    return Binding.parse(value) if isinstance(value, str) else value


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Time = Annotated[Duration, BeforeValidator(_duration)]
Condition = Annotated[Expression, BeforeValidator(_expression)]
Holder = Annotated[Binding, BeforeValidator(_binding)]
Holders = tuple[Holder, ...]
Names = Annotated[tuple[str, ...], BeforeValidator(_listed)]
_ID, _FIELD_ID = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", r"^[a-z][a-z0-9_]*$"
_CODE, _PREFIX = r"^[A-Z]\.\d+$", r"^([A-Z][A-Z0-9-]*)?$"
_CLOCK = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"
_IN_WORDS = {
    _ID: "write small letters and digits, words joined by -, beginning with a letter",
    _FIELD_ID: "write small letters, digits and _, beginning with a letter",
    _CODE: "write the section's letter, a dot and the place in the book, such as A.7",
    _CLOCK: 'write hours and minutes in quotes, such as "06:00"',
    _PREFIX: "write capitals, digits and -, beginning with a letter",
}
Id = Annotated[str, Field(pattern=_ID)]
FieldId = Annotated[str, Field(pattern=_FIELD_ID)]
Text = Annotated[str, Field(min_length=1)]


class Part(BaseModel):
    """Base of every part of a definition: frozen, and refusing unknown keys."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", arbitrary_types_allowed=True, populate_by_name=True
    )


P = TypeVar("P", bound=Part)


class LegalBasis(Part):
    """One line of Dasar Hukum. `checked` says that a source was actually read for it."""

    cite: Text
    about: Text
    reading: str = ""
    """What was read for it and what was not: for whoever checks it next, never on paper."""
    checked: bool = False


class Identity(Part):
    """The identity sheet's own data: number, dates and who made it official."""

    number: Text
    version: Annotated[int, Field(ge=1)]
    made: date
    revised: date | None = None
    effective: date
    approved_by: Holder

    @model_validator(mode="after")
    def _in_order(self) -> "Identity":
        if not self.made <= (self.revised or self.made) <= self.effective:
            raise ValueError("dates must run made <= revised <= effective (R16)")
        return self


class Performer(Part):
    """A lane: its title as printed, who holds it, and for outside parties who records for them."""

    title: Text
    holder: Holder = Field(alias="is")
    recorded_by: Holder | None = None
    above_recorded_by: Holder | None = None
    """Who records, with evidence, what is decided above the office where four eyes bar everybody in it: the head's own case."""

    @model_validator(mode="after")
    def _recorded(self) -> "Performer":
        if self.above_recorded_by is not None and self.holder.kind not in (
            "position",
            "superior of",
            "field",
        ):
            raise ValueError("above_recorded_by is for a performer that is a position, a superior or a field")
        if (self.holder.kind in ("outside", "public")) != (self.recorded_by is not None):
            raise ValueError("recorded_by is needed for, and only for, a performer that is outside or public")
        return self


_YEARS = (1900, 2200)
"""A number that cannot lie below the first, and not above the last, is a year."""


class FieldSpec(Part):
    """One datum that a case carries, or one column of a table."""

    label: Text
    type: FieldType
    required: bool = False
    required_if: Condition | None = None
    shown_if: Condition | None = None
    computed: bool = False
    choices: dict[str, str] | None = None
    columns: dict[str, "FieldSpec"] | None = None
    min: Decimal | None = None
    max: Decimal | None = None
    min_length: int | None = None
    max_length: int | None = None
    min_words: int | None = None
    max_words: int | None = None
    min_rows: int | None = None
    max_rows: int | None = None
    min_files: int | None = None
    max_files: int | None = None
    max_size: str | None = None
    accept: tuple[str, ...] | None = None
    pattern: str | None = None
    default: Any = None
    help: str = ""
    note: str = ""
    source: str = ""
    formula: str = ""
    must_be: Any = None
    validate_: str = Field("", alias="validate")
    body_of: Names = ()
    """Of a formatted text: the documents whose body it is, which can be previewed while it is written."""
    envelope: bool = False
    """Shown to those who may see a sealed case's cover but not its content."""
    seen_by: Names = ()
    """Lanes that alone see the value, and open its files: those who hold or held a step of one. Empty: whoever sees the case."""

    @property
    def is_year(self) -> bool:
        """Return whether this is the number of a year, by its range; it is written without a dot: 2027."""
        first, last = _YEARS
        if self.type != "number" or self.min is None:
            return False
        return first <= self.min <= (self.max or last) <= last

    @model_validator(mode="before")
    @classmethod
    def _plain_lists(cls, data: Any) -> Any:
        """Let `choices` and `columns` be plain lists of names, as the domain reference writes them."""
        if not isinstance(data, dict):
            return data
        data = dict(data)
        if "validation" in data:
            data.setdefault("validate", data.pop("validation"))
        if isinstance(choices := data.get("choices"), list):
            data["choices"] = {str(c): str(c).replace("_", " ") for c in choices}
        if isinstance(columns := data.get("columns"), list):
            data["columns"] = {
                str(c): {"label": str(c).replace("_", " ").capitalize(), "type": "text"} for c in columns
            }
        if isinstance(data.get("accept"), str):
            data["accept"] = [data["accept"]]
        return data

    @model_validator(mode="after")
    def _complete(self) -> "FieldSpec":
        if (self.type in ("choice", "multichoice")) != bool(self.choices):
            raise ValueError("choices are needed for, and only for, a choice or multichoice")
        if (self.type == "table") != bool(self.columns):
            raise ValueError("columns are needed for, and only for, a table")
        return self


class Exit(Part):
    """One outcome of a decision: where it leads, and when it may be chosen."""

    then: Names
    allowed_if: Condition | None = None


def _exit(value: Any) -> Any:
    return {"then": value} if isinstance(value, str | list) else value


class Timeout(Part):
    """What happens when a step is not done in time: it closes and the flow goes on at `then`."""

    after: Time
    then: Names


class ForEach(Part):
    """The step runs once for every row of a table field, or every entry of a multichoice/person/unit list.

    `where` leaves rows out. Without rows the step runs once, as if it had no `for_each`. `quorum` of the instances is enough
    for the gathering step; the rest are closed. So are the rows for which `waits_for` does not hold, once all the others
    are back; where it holds for none, all are waited for. With `recall` whoever gave the rows may take one back until its
    performer has begun with it.
    """

    field: FieldId
    where: Condition | None = None
    waits_for: Condition | None = None
    quorum: Annotated[int, Field(ge=1)] | None = None
    recall: bool = False


def _for_each(value: Any) -> Any:
    return {"field": value} if isinstance(value, str) else value


class Gather(Part):
    """This step waits until every instance that the step `of` (which has `for_each`) made has arrived here or ended.

    Instances may make instances of their own. With `each_level` this step is done once on every level, by the one whose
    instances have come back; without it, it is done once, when the outermost level is complete.
    """

    of: Id
    each_level: bool = False


def _gather(value: Any) -> Any:
    return {"of": value} if isinstance(value, str) else value


class Skip(Part):
    """The step passes by itself when `when` holds; a decision then takes `outcome`."""

    when: Condition
    outcome: str | None = None


def _skip(value: Any) -> Any:
    return {"when": value} if isinstance(value, str) else value


class Start(Part):
    """Start a case of another procedure.

    `procedure` names it; or `by` names a field and `choose` maps its values to procedures. `hand_over` maps fields of the new
    case to expressions over this one; `hand_back` maps fields of this case to fields of the ended one.
    """

    procedure: Id | None = None
    by: FieldId | None = None
    choose: dict[str, Id] = {}
    hand_over: dict[FieldId, Condition] = {}
    hand_back: dict[FieldId, FieldId] = {}

    @model_validator(mode="after")
    def _one_way(self) -> "Start":
        if (self.procedure is None) == (self.by is None) or bool(self.choose) != (self.by is not None):
            raise ValueError("starts needs a procedure, or `by` with `choose`, not both")
        return self

    @property
    def procedures(self) -> tuple[str, ...]:
        """Return every procedure that this may start."""
        return (self.procedure,) if self.procedure else tuple(dict.fromkeys(self.choose.values()))


def _start(value: Any) -> Any:
    return {"procedure": value} if isinstance(value, str) else value


class Step(Part):
    """A kegiatan: one row of the flowchart."""

    id: Id
    does: Text | None = None
    decides: Text | None = None
    by: Names
    needs: Annotated[tuple[Text, ...], Field(min_length=1)]
    time: Time
    gives: Text
    asks: tuple[FieldId, ...] = ()
    note: str = ""
    then: Names | None = None
    outcomes: dict[Text, Annotated[Exit, BeforeValidator(_exit)]] = {}
    joins: bool = False
    auto: Id | None = None
    attended: bool | None = None
    """Whether a person does a step that has `auto`; by default when it asks or decides something."""
    starts: Annotated[Start | None, BeforeValidator(_start)] = None
    waits: bool = False
    timeout: Timeout | None = None
    for_each: Annotated[ForEach | None, BeforeValidator(_for_each)] = None
    gathers: Annotated[Gather | None, BeforeValidator(_gather)] = None
    agree: Literal["all", "any", "majority"] = "all"
    """How the answers of several performers to one decision combine into its first outcome."""
    skip_if: Annotated[Skip | None, BeforeValidator(_skip)] = None
    not_by: Names = ()
    journal: FieldId | None = None

    @model_validator(mode="after")
    def _shape(self) -> "Step":
        if (self.does is None) == (self.decides is None):
            raise ValueError("a step needs exactly one of does, decides")
        if self.decides is None and self.outcomes:
            raise ValueError("outcomes belong to a step that decides")
        if self.decides is not None and len(self.outcomes) < 2:
            raise ValueError("a decision needs at least two outcomes (R10)")
        if self.decides is not None and self.then is not None:
            raise ValueError("a decision leads on by its outcomes, not by then")
        if self.waits and self.starts is None:
            raise ValueError("waits belongs to a step that starts another procedure")
        if self.skip_if and (self.skip_if.outcome is None) != (self.decides is None):
            raise ValueError("skip_if names an outcome for, and only for, a decision")
        return self

    @property
    def is_decision(self) -> bool:
        """Return whether somebody decides here."""
        return self.decides is not None

    @property
    def activity(self) -> str:
        """Return the text of the row."""
        return self.does or self.decides or ""

    @property
    def unattended(self) -> bool:
        """Return whether the system does this step without a person."""
        if self.attended is not None:
            return not self.attended
        return self.auto is not None and not self.asks and not self.is_decision


class Document(Part):
    """A paper that a case produces at a step; `for_each` gives one per row or person."""

    id: Id
    title: Text
    form: Text
    at: Id
    contents: tuple[str, ...] = ()
    source: str = ""
    for_each: FieldId | None = None
    when: Condition | None = None
    signed_at: Names = ()
    """The steps of which whoever did the last one signs; without any, whoever does the step `at`."""
    signed_with: Names = ()
    """The performers who sign beside, in this order: who did their last step, else who sits at their desk."""


class Register(Part):
    """A book kept at a step. `columns` maps a column to where its value comes from: a field or a decision, a name that the
    library fills, or what `laksana.sop.sources` reads."""

    id: Id
    title: Text
    at: Id
    columns: dict[FieldId, str]
    for_each: FieldId | None = None
    when: Condition | None = None
    each_time: bool = False
    """Every doing of the step is a row of its own; otherwise doing it again corrects the row that is there."""
    filled_at: Names = ()
    """Later steps at which columns that are still empty are filled in."""
    follows: Names = ()
    """Columns that say how things stand: at a later step they take its value, and what stood is kept in the row's history."""

    @model_validator(mode="before")
    @classmethod
    def _plain_columns(cls, data: Any) -> Any:
        """Let `columns` be a plain list of names: each column then takes the value of that name."""
        if isinstance(data, dict) and isinstance(columns := data.get("columns"), list):
            return {**data, "columns": {str(c): str(c) for c in columns}}
        return data

    @field_validator("columns")
    @classmethod
    def _sources(cls, columns: dict[str, str]) -> dict[str, str]:
        for text in columns.values():
            try:
                sources_of(text)
            except ValueError:
                raise ValueError(
                    f"{text!r} tells nothing: name a field, or write by STEP, at STEP, on STEP or TABLE.COLUMN"
                ) from None
        return columns

    @cached_property
    def tells_of(self) -> frozenset[str]:
        """Return the steps of which a column says who did them, or when: done later, they fill it in."""
        told = (each for text in self.columns.values() for each in sources_of(text))
        return frozenset(each.step for each in told if isinstance(each, Doing))


class Moment(Part):
    """When a clock starts: a field's date, or a named event."""

    field: FieldId | None = None
    event: Id | None = None

    @model_validator(mode="after")
    def _one(self) -> "Moment":
        if (self.field is None) == (self.event is None):
            raise ValueError("a clock starts on exactly one of step, field, event")
        return self


class Limit(Part):
    """How long a clock runs: by the value of a field, or until the instant that a rule computes."""

    by: FieldId | None = None
    choose: dict[str, Time] = {}
    rule: str | None = None

    @model_validator(mode="after")
    def _one(self) -> "Limit":
        if (self.rule is None) == (self.by is None) or bool(self.choose) != (self.by is not None):
            raise ValueError("a limit is a duration, `by` with `choose`, or a rule")
        return self


def _limit(value: Any) -> Any:
    return Duration.parse(value) if isinstance(value, str) else value


class Extension(Part):
    """How a clock may be extended: by how long, how often, and before which moment (the clock's own end by default)."""

    by: Time
    times: Annotated[int, Field(ge=1)] = 1
    reason_required: bool = True


class ClockSpec(Part):
    """A time limit of law or office: from where, to where, how long, and what its passing means."""

    id: Id
    from_: Id | Moment = Field(alias="from")
    to: str
    limit: Annotated[Duration | Limit, BeforeValidator(_limit)]
    when: str = ""
    if_: Condition | None = Field(None, alias="if")
    extension: Extension | None = None
    pauses_at: Names = ()
    """Steps during which the clock stands still."""
    silence: str = ""
    """What it means in law when nobody acted in time."""
    on_breach: str = ""
    source: str = ""
    checked: bool = False


class Access(Part):
    """How secret a case is: by a field's value, and which lanes read the content of a sealed one.

    `known_to` names positions, units and groups that may know of a case of a level without having work in it. They see its
    data, of a sealed one its cover.
    """

    by: FieldId
    levels: dict[str, Level]
    readers: tuple[str, ...] = ()
    known_to: dict[Level, Holders] = {}
    files: Literal["content", "path"] = "content"
    """Who opens the files: whoever sees the content, or of those only who has or had work in the case or is named in it."""


class Opening(Part):
    """When the calendar asks for a case of the procedure, and what is known of it then; exactly one of three ways.

    `each` period: on a `day` of the month, its n-th `workday` (from the end below 0) or the first working day of its n-th `week`;
    or on these `weekdays`. `follows` a date that an ended case says of the next one. `found` by the procedure's Python.
    """

    id: Id
    each: Literal["day", "month", "quarter", "half-year", "year"] | None = None
    weekdays: tuple[Annotated[int, Field(ge=1, le=7)], ...] = ()
    """Of `each: day`: the days of the week, 1 for Monday; empty: every day."""
    month: Annotated[int, Field(ge=1, le=12)] = 1
    """Which month of the quarter, half-year or year."""
    day: Annotated[int, Field(ge=1, le=31)] | None = None
    workday: Annotated[int, Field(ge=-23, le=23)] | None = None
    week: Annotated[int, Field(ge=1, le=4)] | None = None
    about: int = 0
    """The period that the case is about, counted from that of the day: -1 for the one before it."""
    follows: FieldId | None = None
    of: Names = ()
    """With `follows`: the fields that name the thing, such as a vehicle; the last case of each is followed."""
    ahead: Time | None = None
    """With `follows`: how long before that date the case opens."""
    found: Id | None = None
    moved: Literal["next", "previous"] | None = None
    """Where a day that is no working day moves to; none: it stays."""
    at: Annotated[str, Field(pattern=_CLOCK)] = "06:00"
    for_: Holder | None = Field(None, alias="for")
    """Whose case it is where the first step belongs to whoever starts it."""
    known: dict[FieldId, Condition] = {}
    """Field -> its value, told by the period (`tahun`, `bulan` ...) or by the fields of the case before."""
    same: Names = ()
    """The fields by which a case that somebody opened already is recognised; by default all that is known, or `of`."""
    source: Text
    checked: bool = False

    @model_validator(mode="after")
    def _one_way(self) -> "Opening":
        if sum(way is not None for way in (self.each, self.follows, self.found)) != 1:
            raise ValueError("a case opens in exactly one way: each, follows or found")
        days = sum(way is not None for way in (self.day, self.workday, self.week))
        if days != (self.each not in (None, "day")):
            raise ValueError(
                "one of day, workday, week is needed for, and only for, a month or a longer period"
            )
        if self.workday == 0:
            raise ValueError("working days are counted from 1, from the end of the month from -1")
        if self.month > {"quarter": 3, "half-year": 6, "year": 12}.get(self.each or "", 1):
            raise ValueError("the period has no such month")
        if self.weekdays and self.each != "day":
            raise ValueError("weekdays belong to each: day")
        if (self.ahead or self.of) and self.follows is None:
            raise ValueError("of and ahead belong to follows")
        if self.ahead is not None and self.ahead.unit not in (Unit.DAY, Unit.WORKDAY):
            raise ValueError("ahead is told in hari or hari kerja")
        if self.for_ is not None and self.for_.kind is not Kind.POSITION:
            raise ValueError("a case is opened for the holder of a position")
        return self


class Handling(Part):
    """Classification, personal data and retention."""

    classification: Level
    access: Access | None = None
    personal: tuple[FieldId, ...] = ()
    retention: Text


class Procedure(Part):
    """A whole definition."""

    id: Id
    code: Annotated[str, Field(pattern=_CODE)]
    page: int
    title: Text
    title_en: Text
    unit: Text
    owner: Text
    kind: Literal["layanan", "rutin", "penugasan"]
    initiator: Literal["pegawai", "warga", "opd", "pimpinan", "sistem"]
    public: bool
    summary: Text
    prefix: Annotated[str, Field(pattern=_PREFIX)] = ""
    """The letters before a case's number ("SM"); the id in capitals where it is empty."""
    subject: str = ""
    """The field or template that names a case of this procedure in lists, such as "{hal}"."""
    identity: Identity
    legal_basis: Annotated[tuple[LegalBasis, ...], Field(min_length=1)]
    qualifications: Annotated[tuple[Text, ...], Field(min_length=1)]
    related: tuple[Id, ...]
    equipment: Annotated[tuple[Text, ...], Field(min_length=1)]
    warnings: Annotated[tuple[Text, ...], Field(min_length=1)]
    records: Annotated[tuple[Text, ...], Field(min_length=1)]
    performers: Annotated[dict[FieldId, Performer], Field(min_length=2)]
    fields: dict[FieldId, FieldSpec]
    steps: Annotated[tuple[Step, ...], Field(min_length=2)]
    documents: tuple[Document, ...] = ()
    registers: tuple[Register, ...] = ()
    clocks: tuple[ClockSpec, ...] = ()
    opens: tuple[Opening, ...] = ()
    data: Handling

    @property
    def number_prefix(self) -> str:
        """Return the letters before a case's number ("SM" in SM/2026/0147)."""
        return self.prefix or self.id.upper()

    @property
    def section(self) -> str:
        """Return the letter of the book's section that this stands in ("A" of A.7)."""
        return self.code.partition(".")[0]

    @property
    def only_named(self) -> frozenset[str]:
        """Return the performers who do no step, but tell who another is (his superior) or who may not do one (four eyes).

        The system needs to know them; the flowchart has no column for them.
        """
        doing = {lane for step in self.steps for lane in step.by}
        named = {lane for step in self.steps for lane in step.not_by}
        holders = (performer.holder for performer in self.performers.values())
        named |= {holder.of for holder in holders if holder.kind in (Kind.SUPERIOR, Kind.HEAD)}
        return frozenset(self.performers.keys() & named - doing)

    @property
    def begins_outside(self) -> bool:
        """Return whether somebody outside the office does the first step: a citizen, or another agency."""
        return all(self.performers[lane].holder.kind in ("outside", "public") for lane in self.steps[0].by)

    def step(self, step_id: str) -> Step:
        """Return a step. Raises KeyError for an unknown one."""
        return self._by_id[step_id]

    @property
    def _by_id(self) -> Mapping[str, Step]:
        cached: dict[str, Step] | None = self.__dict__.get("_steps_by_id")
        if cached is None:
            cached = {step.id: step for step in self.steps}
            self.__dict__["_steps_by_id"] = cached
        return cached

    def successors(self, step: Step) -> dict[str | None, tuple[str, ...]]:
        """Return outcome -> the steps it leads to, in parallel; the only outcome of a plain step is None."""
        if step.outcomes:
            return {label: exit_.then for label, exit_ in step.outcomes.items()}
        if step.then is not None:
            return {None: step.then}
        place = self.steps.index(step) + 1
        return {None: (self.steps[place].id if place < len(self.steps) else END,)}


def load(text: str, file: str = "<text>") -> Procedure:
    """Return the procedure that a YAML text defines. Raises DefinitionError with every fault found."""
    source = read(text, file)
    procedure = validated(source, Procedure)
    if faults := list(_dangling(procedure, source)):
        raise DefinitionError(faults)
    return procedure


def validated(source: Source, model: type[P]) -> P:
    """Return the part that a source's data make. Raises DefinitionError with every fault found."""
    try:
        return model.model_validate(source.data)
    except ValidationError as error:
        raise DefinitionError(list(_faults(error, source))) from None


def dump(procedure: Procedure) -> str:
    """Return the YAML text of a procedure; `load` of it gives an equal procedure."""
    return as_yaml(as_data(procedure))


def as_yaml(data: dict[str, Any]) -> str:
    """Return a definition's plain data as the YAML text of a `sop.yaml`."""
    dumper = getattr(
        yaml, "CSafeDumper", yaml.SafeDumper
    )  # in C where PyYAML was built with it: ten times as fast
    return str(yaml.dump(data, Dumper=dumper, allow_unicode=True, sort_keys=False, width=140))


def as_data(procedure: Procedure) -> dict[str, Any]:
    """Return a procedure as plain JSON-able data, keys as in `sop.yaml`, defaults left out."""
    plain = _plain(procedure)
    assert isinstance(plain, dict)  # noqa: S101  (for the type checker)
    return plain


def _plain(value: Any) -> Any:  # noqa: PLR0911  (one return for each kind of value)
    match value:
        case Part():
            fields = type(value).model_fields
            return {
                (spec.alias or name): _plain(getattr(value, name))
                for name, spec in fields.items()
                if getattr(value, name) != spec.get_default(call_default_factory=True)
            }
        case Duration() | Binding():
            return str(value)
        case Expression():
            return value.text
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case date():
            return value.isoformat()
        case Mapping():
            return {key: _plain(item) for key, item in value.items()}
        case tuple() | list():
            return [_plain(item) for item in value]
    return value


def _faults(error: ValidationError, source: Source) -> Iterator[Fault]:
    for item in error.errors(include_url=False):
        path: Path = tuple(part for part in item["loc"] if not _is_union_tag(part))
        yield source.fault(path, _reason(item))


def _is_union_tag(part: str | int) -> bool:
    """Tell whether pydantic put this part into a location to name a branch of a union or a key, not a key of the file."""
    return isinstance(part, str) and (
        part in {"Moment", "Limit", "constrained-str", "[key]"}
        or part.startswith(("is-instance[", "function-"))
    )


def _reason(item: ErrorDetails) -> str:
    match item["type"]:
        case "extra_forbidden":
            return "unknown key"
        case "missing":
            return "missing"
        case "too_short":
            return f"at least {item['ctx']['min_length']} are needed, not {item['ctx']['actual_length']}"
        case "value_error":
            return item["msg"].removeprefix("Value error, ")
        case "string_pattern_mismatch":
            reason = _IN_WORDS[item["ctx"]["pattern"]]
        case "string_type" if isinstance(item.get("input"), bool):
            reason = "YAML reads this word as yes or no; put it in quotes"
        case "literal_error":
            reason = "expected " + item["ctx"]["expected"]
        case _:
            reason = item["msg"][:1].lower() + item["msg"][1:]
    shown = repr(item.get("input"))
    return f"{reason}, not {shown if len(shown) < 60 else shown[:57] + '...'}"


def _dangling(procedure: Procedure, source: Source) -> Iterator[Fault]:
    from laksana.sop.references import dangling

    return dangling(procedure, source)
