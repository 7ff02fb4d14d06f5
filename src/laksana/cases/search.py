"""One normalised text per case, searched by FTS5 on SQLite and by a GIN index on PostgreSQL, so that both answer alike."""

import re
import threading
from functools import lru_cache

import snowballstemmer
from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from laksana.cases.models import Case

_WORD = re.compile(r"\w+")
_local = threading.local()
_LONGEST = 20_000


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    stemmer = getattr(_local, "stemmer", None)
    if stemmer is None:  # a stemmer keeps state while it works: one for each thread
        stemmer = _local.stemmer = snowballstemmer.stemmer("indonesian")
    return str(stemmer.stemWord(word))


def stems(text: str) -> str:
    """Return the words of a text in small letters and by their Indonesian stem, each once, in order."""
    words = _WORD.findall(text[:_LONGEST].lower())
    return " ".join(dict.fromkeys(_stem(word) for word in words))


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
