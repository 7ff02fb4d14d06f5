"""What a browser sent for the form of a step."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from laksana.cases import services as cases
from laksana.files.kinds import MP4, kind_named
from laksana.files.services import FileRefused
from laksana.files.upload import too_large
from laksana.people.models import Person
from laksana.sop.definition import FieldSpec, Procedure, Step
from laksana.sop.form import from_pairs
from laksana.web.forms.fields import FILE_TYPES

OUTCOME = "outcome"
EVIDENCE = "evidence"
KEY = "_key"
FILLED = "_filled"
"""Whose values from elsewhere stand in the form."""
ADD, REMOVE, DROP, REFRESH = "_add", "_remove", "_drop", "_refresh"
"""Buttons that change the form without sending it: add a row, remove one, drop a file, draw it anew."""


@dataclass
class Sent:
    """A form as it came."""

    raw: dict[str, Any]
    """Field -> what was given, for `laksana.sop.form`."""
    outcome: str | None = None
    evidence: str = ""
    refused: dict[str, str] = field(default_factory=dict)
    """Field -> why a file was refused."""
    final: bool = True
    """Whether the form was sent to be accepted, not merely to be drawn anew."""
    filled_for: str | None = None
    """Whose values from elsewhere stood in the form; None where it does not say."""

    @classmethod
    def from_draft(cls, data: Mapping[str, Any]) -> "Sent":
        """Return what a draft kept."""
        raw, outcome, evidence = dict(data.get("raw", {})), data.get(OUTCOME) or None, data.get(EVIDENCE, "")
        return cls(raw, outcome, evidence, filled_for=data.get(FILLED))

    def as_draft(self) -> dict[str, Any]:
        """Return JSON-able data for a draft."""
        return {
            "raw": self.raw,
            OUTCOME: self.outcome or "",
            EVIDENCE: self.evidence,
            FILLED: self.filled_for,
        }


def read(request: HttpRequest, procedure: Procedure, step: Step, person: Person | None, at: datetime) -> Sent:
    """Return what was sent; files are stored, and the buttons for rows and files have been followed."""
    pairs = [(name, value) for name, values in request.POST.lists() for value in values]
    pairs = [
        pair
        for pair in _without(pairs, request.POST.get(DROP))
        if not _is_empty_control(pair, procedure, step)
    ]
    refused: dict[str, str] = {}
    pairs += _stored(request.FILES, procedure, step, person, at, refused)
    refused |= _too_large(request, procedure, step)
    raw = from_pairs(procedure, step, pairs)
    moved = _follow_row_buttons(request, raw)
    final = not (moved or refused or DROP in request.POST or REFRESH in request.POST)
    outcome, evidence = request.POST.get(OUTCOME) or None, request.POST.get(EVIDENCE, "")
    return Sent(raw, outcome, evidence, refused, final, request.POST.get(FILLED))


def spec_at(procedure: Procedure, step: Step, name: str) -> FieldSpec | None:
    """Return the definition of a control by its name, `table.row.column` included, if the step asks for it."""
    head, *rest = name.split(".")
    spec = procedure.fields[head] if head in step.asks else None
    if spec is not None and len(rest) == 2:
        return (spec.columns or {}).get(rest[1])
    return spec if not rest else None


def _without(pairs: list[tuple[str, str]], dropped: str | None) -> Iterator[tuple[str, str]]:
    """Leave out a file that its button named as `field|key`."""
    name, _bar, key = (dropped or "").partition("|")
    return (pair for pair in pairs if pair != (name, key))


def _is_empty_control(pair: tuple[str, str], procedure: Procedure, step: Step) -> bool:
    """Return whether this is a file control without a file, which browsers send beside the keys of files given before."""
    spec = spec_at(procedure, step, pair[0])
    return spec is not None and spec.type in FILE_TYPES and not pair[1]


def _stored(
    sent: MultiValueDict[str, Any],
    procedure: Procedure,
    step: Step,
    person: Person | None,
    at: datetime,
    refused: dict[str, str],
) -> Iterator[tuple[str, str]]:
    for name, uploads in sent.lists():
        spec = spec_at(procedure, step, name)
        if spec is None or spec.type not in FILE_TYPES:
            continue
        for upload in uploads:
            try:
                kept = cases.upload(
                    upload, upload.name or "", spec, person, at, remove_location=procedure.public
                )
                yield name, str(kept.pk)
            except FileRefused as refusal:
                refused[name] = f"{upload.name}: {refusal}"


def _too_large(request: HttpRequest, procedure: Procedure, step: Step) -> dict[str, str]:
    """Return field -> refusal for the files that were too large to be read at all."""
    return {
        name: _("%(name)s is too large; a file may have %(most)s at most.")
        % {"name": file_name, "most": filesizeformat(_most(file_name))}
        for name, file_name in too_large(request).items()
        if spec_at(procedure, step, name) is not None
    }


def _most(file_name: str) -> int:
    """Return how large a file of this name may be."""
    return settings.MAX_VIDEO_BYTES if kind_named(file_name) is MP4 else settings.MAX_UPLOAD_BYTES


def _follow_row_buttons(request: HttpRequest, raw: dict[str, Any]) -> bool:
    """Add or remove the row that a button named; return whether there was such a button."""
    table = request.POST.get(ADD)
    if table is not None:
        if isinstance(raw.get(table), list):
            raw[table].append({})
        return True
    name, _dot, number = request.POST.get(REMOVE, "").partition(".")
    if not name:
        return False
    rows = raw.get(name)
    if isinstance(rows, list) and number.isdecimal() and int(number) < len(rows):
        del rows[int(number)]
    return True


def read_row(
    request: HttpRequest, table: FieldSpec, person: Person, at: datetime, *, remove_location: bool = False
) -> dict[str, Any]:
    """Return one row sent for a journal, its cells named by their columns. Raises FileRefused."""
    row: dict[str, Any] = {}
    for name, spec in (table.columns or {}).items():
        if spec.computed:
            continue
        given: list[Any] = [*request.POST.getlist(name)]
        if spec.type in FILE_TYPES:
            uploads: list[Any] = [*request.FILES.getlist(name)]
            given += [
                cases.upload(upload, upload.name, spec, person, at, remove_location=remove_location).pk
                for upload in uploads
            ]
        several = spec.type in ("multichoice", "files")
        row[name] = given if several else (given[-1] if given else "")
    return row
