"""What a case is called in lists, how secret it is, and by which words it is found: all computed from its data."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from string import Formatter
from typing import Any

from laksana.cases.models import Case
from laksana.cases.search import stems
from laksana.sop.definition import Level, Procedure

_SUBJECT_LENGTH = 300
_WORDS = {"text", "longtext", "choice", "email", "phone", "url"}


class _Blank(Formatter):
    """Fills a template and leaves out what is not known yet."""

    def get_value(self, key: int | str, args: Any, kwargs: Any) -> Any:  # noqa: ARG002
        value = kwargs.get(key) if isinstance(key, str) else None
        if isinstance(value, datetime | date):
            return f"{value:%d-%m-%Y}"
        return "" if value is None else value


def subject_of(procedure: Procedure, values: Mapping[str, Any]) -> str:
    """Return the subject of a case: the definition's template filled in, or the procedure's title."""
    filled = " ".join(_Blank().vformat(procedure.subject, (), values).split()).strip(" ,:-")
    return (filled or procedure.title)[:_SUBJECT_LENGTH]


def level_of(procedure: Procedure, values: Mapping[str, Any]) -> Level:
    """Return the confidentiality of a case: by the field that decides it, or the procedure's classification."""
    access = procedure.data.access
    if access is None:
        return procedure.data.classification
    return access.levels.get(str(values.get(access.by)), procedure.data.classification)


def search_text(case: Case, procedure: Procedure, values: Mapping[str, Any]) -> str:
    """Return the words by which a case is found, in their stems. A sealed case is found by its cover only."""
    sealed = case.level in ("rahasia", "dikecualikan")
    texts = [case.number, "" if sealed else case.subject]
    for name, spec in procedure.fields.items():
        if (
            spec.type in _WORDS
            and (spec.envelope or not sealed)
            and isinstance(value := values.get(name), str)
        ):
            texts.append((spec.choices or {}).get(value, value))
    return stems(re.sub(r"\s+", " ", " ".join(texts)))
