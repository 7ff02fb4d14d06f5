"""One field of a form: which control it gets, what stands in it, what is said about it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from laksana.cases.behaviour import Known
from laksana.cases.models import Attachment, Case
from laksana.sop.definition import FieldSpec
from laksana.sop.values import is_empty
from laksana.web.forms.directory import Directory, Option, OptionGroup
from laksana.web.forms.texts import control_text, formatted, same_value, value_text
from laksana.web.forms.uploads import uploads_of

FILE_TYPES = ("file", "files")
FEW = 7
"""Up to so many choices are shown as cards; more become a list."""
LONG = 28
"""A label of more characters wants a line of its own."""
_LINE = {
    "text": "text", "email": "email", "phone": "tel", "url": "url", "nip": "text", "nik": "text", "npwp": "text",
    "number": "text", "location": "text", "date": "date", "datetime": "datetime-local", "time": "time",
}  # fmt: skip
"""Field type -> type of the one-line control."""
_KINDS = {
    "longtext": "longtext", "prose": "prose", "table": "table", "money": "money", "file": "files", "files": "files",
    "multichoice": "checkboxes", "person": "picker", "unit": "picker", "assignee": "picker",
}  # fmt: skip
"""Field type -> template of the control, where it depends on the type alone and is not a line."""
_DIGITS = {"nip", "nik", "npwp"}
_WIDTH = {
    "number": "short",
    "date": "short",
    "datetime": "medium",
    "time": "short",
    "phone": "medium",
} | dict.fromkeys(_DIGITS, "medium")
_AUTOCOMPLETE = {"email": "email", "phone": "tel", "url": "url"}


@dataclass(frozen=True)
class Surroundings:
    """What the fields of one form share."""

    person_id: int | None
    case: Case | None
    directory: Directory
    errors: Mapping[str, str]
    warnings: Mapping[str, str]
    live: frozenset[str]
    """Names of fields on which others depend: the form is drawn anew when they change."""


@dataclass
class Field:
    """A control. `given` is what was typed, or the typed value when nobody typed yet."""

    name: str
    spec: FieldSpec
    given: Any
    required: bool
    around: Surroundings
    in_table: bool = False
    rows: list["Row"] = field(default_factory=list)
    known: Known | None = None
    """What is known elsewhere of the field."""

    @property
    def id(self) -> str:
        """Return the control's id, which the error summary links to."""
        return "f-" + self.name.replace(".", "-")

    @property
    def template(self) -> str:
        """Return the template that draws the control."""
        return f"web/fields/{self._kind}.html"

    @property
    def _kind(self) -> str:
        match self.spec.type:
            case "choice":
                few = not self.in_table and len(self.spec.choices or {}) <= FEW
                return "radios" if few else "select"
            case "bool":
                return "yes_no" if self.asks_yes_or_no else "checkbox"
        return _KINDS.get(self.spec.type, "line")

    @property
    def is_group(self) -> bool:
        """Return whether the control is several boxes, so that its label is a legend."""
        return self._kind in ("radios", "checkboxes", "yes_no", "table")

    @property
    def labels_itself(self) -> bool:
        """Return whether the control carries its label beside it."""
        return self._kind == "checkbox"

    @property
    def asks_yes_or_no(self) -> bool:
        """Return whether "no" has to be said too, so that a box without a tick is no answer."""
        return bool(self.spec.required or self.spec.required_if) and self.spec.must_be is None

    @property
    def error(self) -> str:
        """Return what is wrong with the field, "" when nothing is."""
        return self.around.errors.get(self.name, "")

    @property
    def warning(self) -> str:
        """Return what the person should look at again."""
        return self.around.warnings.get(self.name, "")

    @property
    def hints(self) -> list[str]:
        """Return what helps to fill the field in."""
        texts = [self.spec.help, self.spec.note, *self._limits()]
        return [text for text in texts if text]

    @property
    def agrees(self) -> bool:
        """Return whether the control holds what is known elsewhere."""
        return self.known is not None and same_value(self.spec, self.given, self.known.value)

    @property
    def source(self) -> str:
        """Return where what is known elsewhere stands; "" where nothing is."""
        return self.known.source if self.known else ""

    @property
    def known_text(self) -> str:
        """Return what is known elsewhere, as one reads it."""
        return "" if self.known is None else value_text(self.spec, self.known.value)

    def _limits(self) -> Iterator[str]:
        if self.spec.type == "location":
            yield _("Latitude and longitude, such as -6.1201, 106.1503.")
        if self.spec.max_size:
            yield _("At most %(size)s for each file.") % {"size": self.spec.max_size}
        if self.spec.max_files:
            yield _("At most %(count)s files.") % {"count": self.spec.max_files}
        if self.spec.min_words:
            yield _("At least %(count)s words.") % {"count": self.spec.min_words}

    @property
    def described_by(self) -> str:
        """Return the ids of the hint, warning and error."""
        parts = [
            ("hint", self.hints), ("source", self.source), ("error", self.error), ("warning", self.warning)
        ]  # fmt: skip
        return " ".join(f"{self.id}-{part}" for part, said in parts if said)

    @property
    def live(self) -> bool:
        """Return whether the form has to be drawn anew when this changes; a file is sent at once anyway."""
        return self.spec.type not in FILE_TYPES and self.name.partition(".")[0] in self.around.live

    @property
    def text(self) -> str:
        """Return the text in the control."""
        return control_text(self.spec, self.given)

    @property
    def html(self) -> str:
        """Return the formatted text in the control as HTML, for the editor."""
        return formatted(self.given).as_html()

    @property
    def input_type(self) -> str:
        """Return the type of a one-line control."""
        return _LINE[self.spec.type]

    @property
    def input_mode(self) -> str:
        """Return which keyboard a phone shows."""
        if self.spec.type in _DIGITS:
            return "numeric"
        return "decimal" if self.spec.type == "number" else ""

    @property
    def autocomplete(self) -> str:
        """Return what the browser may fill in."""
        return _AUTOCOMPLETE.get(self.spec.type, "off")

    @property
    def width(self) -> str:
        """Return the class of the control's width."""
        return _WIDTH.get(self.spec.type, "")

    @property
    def chosen(self) -> set[str]:
        """Return the values that are chosen."""
        match self.given:
            case None:
                return set()
            case bool():
                return {"true" if self.given else "false"}
            case list() | tuple():
                return {str(item) for item in self.given}
            case "on":
                return {"true"}
        return {str(self.given)}

    @property
    def options(self) -> list[Option]:
        """Return the choices of a choice or multichoice, or yes and no."""
        if self.spec.type == "bool":
            return [Option("true", _("Yes")), Option("false", _("No"))]
        return [Option(value, label) for value, label in (self.spec.choices or {}).items()]

    @property
    def tall(self) -> bool:
        """Return whether the choices are too long to stand side by side."""
        return any(len(option.label) > LONG for option in self.options)

    @property
    def groups(self) -> list[OptionGroup]:
        """Return the choices of a person, unit or desk."""
        return self.around.directory.groups(self.spec.type)

    @property
    def several(self) -> bool:
        """Return whether several files may be given."""
        return self.spec.type == "files"

    @property
    def accept(self) -> str:
        """Return the types of file that the browser offers first; the server decides by content."""
        return ",".join(self.spec.accept or ())

    @property
    def photographs(self) -> bool:
        """Return whether a phone should offer its camera."""
        return not self.spec.accept or any(kind.startswith("image/") for kind in self.spec.accept)

    @property
    def uploads(self) -> list[Attachment]:
        """Return the files already given."""
        given: Sequence[Any] = self.given if isinstance(self.given, list | tuple) else [self.given]
        keys = [key for key in given if not is_empty(key)]
        return uploads_of(keys, self.around.person_id, self.around.case) if keys else []

    @property
    def wide(self) -> bool:
        """Return whether the control wants a whole line of a table's row."""
        return self._kind in ("longtext", "prose", "files", "checkboxes")


@dataclass
class Row:
    """One row of a table's form."""

    table: str
    number: int
    cells: list[Field]

    @property
    def legend(self) -> str:
        """Return the row's heading."""
        return _("Row %(number)s") % {"number": self.number + 1}

    @property
    def id(self) -> str:
        """Return the id that an error about the whole row links to."""
        return f"f-{self.table}-{self.number}"

    @property
    def error(self) -> str:
        """Return what is wrong with the row as a whole."""
        return self.cells[0].around.errors.get(f"{self.table}.{self.number}", "") if self.cells else ""
