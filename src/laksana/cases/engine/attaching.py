"""The files of a form become those of the case when the form is accepted."""

from collections.abc import Iterator, Mapping
from typing import Any

from laksana.cases.engine.run import Run
from laksana.cases.models import Attachment, WorkItem
from laksana.prepared import Select, Update
from laksana.sop.definition import FieldSpec

_FILES = ("file", "files")
_unsent = Select(Attachment, "id = %s AND case_id IS NULL")
_update = Update(Attachment, "case", "field", "work_item")


def attach_given(run: Run, item: WorkItem, given: Mapping[str, Any]) -> None:
    """Make the files that a form or a row brings those of the case, at this work item."""
    for field, keys in given_files(run.procedure.fields, given):
        for file in [file for key in keys for file in _unsent(key)]:
            file.case, file.field, file.work_item = run.case, field, item if item.pk is not None else None
            _update(file)
            if item.pk is None:
                run.attached.append((item, file))


def place_attached(run: Run) -> None:
    """Note at which work item files came that had no key yet, being made by the same action."""
    for item, file in run.attached:
        file.work_item = item
        _update(file)


def given_files(specs: Mapping[str, FieldSpec], given: Mapping[str, Any]) -> Iterator[tuple[str, list[int]]]:
    """Yield every field with the keys of the files given in it, those in the cells of a table under the table's name."""
    for name, value in given.items():
        spec = specs.get(name)
        if spec is None or not value:
            continue
        if spec.columns is not None:
            cells = [keys for row in value for _column, keys in given_files(spec.columns, row)]
            if keys := [key for some in cells for key in some]:
                yield name, keys
        elif spec.type in _FILES:
            yield name, list(value) if isinstance(value, list) else [value]
