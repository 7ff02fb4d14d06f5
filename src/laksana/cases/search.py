"""One normalised text per case, searched by FTS5 on SQLite and by a GIN index on PostgreSQL, so that both answer alike."""

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from laksana import stemming
from laksana.cases.models import Case

_LONGEST = 20_000


def stems(text: str) -> str:
    """Return the words of a text in small letters and by their Indonesian stem, each once, in order."""
    return stemming.stems(text[:_LONGEST])


def search(cases: "QuerySet[Case]", text: str) -> "QuerySet[Case]":
    """Return those of `cases` that hold every word of `text`; the last word may be a beginning."""
    words = stems(text).split()
    if not words:
        return cases.none()
    if connection.vendor == "sqlite":
        query = " ".join(f'"{word}"' for word in words) + "*"
        return cases.filter(pk__in=RawSQL(_FTS5, (query,)))  # noqa: S611  (a constant with a bound parameter)
    query = " & ".join(f"'{word}'" for word in words) + ":*"
    return cases.filter(pk__in=RawSQL(_GIN, (query,)))  # noqa: S611


_FTS5 = "SELECT rowid FROM cases_case_search WHERE cases_case_search MATCH %s"
_GIN = "SELECT id FROM cases_case WHERE to_tsvector('simple', search_text) @@ to_tsquery('simple', %s)"
