"""What a case is called in lists, how secret it is, and by which words it is found: all computed from its data."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from string import Formatter
from typing import Any

from laksana.cases.models import Case
from laksana.cases.search import stems
from laksana.sop.definition import Level, Procedure
from laksana.sop.prose import Prose

SEALED: tuple[Level, ...] = ("rahasia", "dikecualikan")
"""Levels at which not all who may know of a case see its content."""
_SUBJECT_LENGTH = 300
_WORDS = {"text", "longtext", "prose", "choice", "email", "phone", "url"}


class _Blank(Formatter):
    """Fills a template and leaves out what is not known yet."""

    def get_value(self, key: int | str, args: Any, kwargs: Any) -> Any:  # noqa: ARG002
        value = kwargs.get(key) if isinstance(key, str) else None
        if isinstance(value, datetime | date):
            return f"{value:%d-%m-%Y}"
        return "" if value is None else value


def told_by(procedure: Procedure) -> frozenset[str]:
    """Return the fields that the subject, the level and the words of a case are made of."""
    words = {name for name, spec in procedure.fields.items() if spec.type in _WORDS}
    template = {name for _text, name, _format, _conversion in Formatter().parse(procedure.subject) if name}
    deciding = {procedure.data.access.by} if procedure.data.access else set()
    return frozenset(words | template | deciding)


def on_cover(procedure: Procedure, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return those of a case's values that stand on the cover of a sealed one."""
    specs = procedure.fields
    return {name: value for name, value in values.items() if name in specs and specs[name].envelope}


def subject_of(procedure: Procedure, values: Mapping[str, Any], level: str) -> str:
    """Return the subject of a case: the definition's template filled in, or the procedure's title.

    Lists show it to all who may know of the case: that of a sealed one says only what stands on the cover.
    """
    told = on_cover(procedure, values) if level in SEALED else values
    filled = " ".join(_Blank().vformat(procedure.subject, (), told).split()).strip(" ,:-")
    return (filled or procedure.title)[:_SUBJECT_LENGTH]


def level_of(procedure: Procedure, values: Mapping[str, Any]) -> Level:
    """Return the confidentiality of a case: by the field that decides it, or the procedure's classification."""
    access = procedure.data.access
    if access is None:
        return procedure.data.classification
    return access.levels.get(str(values.get(access.by)), procedure.data.classification)


def search_text(case: Case, procedure: Procedure, values: Mapping[str, Any]) -> str:
    """Return the words by which a case is found, in their stems, those read in its files included.

    A sealed case is found by its cover only, and by no words of files where not all who see the case may open them.
    """
    told = on_cover(procedure, values) if case.level in SEALED else values
    texts = [case.number, case.subject]
    for name, spec in procedure.fields.items():
        if spec.type in _WORDS and not spec.seen_by and isinstance(value := told.get(name), str | Prose):
            texts.append((spec.choices or {}).get(str(value), str(value)))
    own = stems(re.sub(r"\s+", " ", " ".join(texts)))
    return f"{own} {case.file_words}" if case.file_words and words_of_files_found(case, procedure) else own


def words_of_files_found(case: Case, procedure: Procedure) -> bool:
    """Return whether whoever may know of a case may find it by what its files say: he could open them as well."""
    access = procedure.data.access
    return case.level not in SEALED and (access is None or access.files == "content")
