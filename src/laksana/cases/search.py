"""One normalised text per case, searched by FTS5 on SQLite and by a GIN index on PostgreSQL, so that both answer alike."""

from collections.abc import Callable, Collection
from functools import reduce
from operator import and_

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from laksana import stemming
from laksana.cases.models import Attachment, Case

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


def search_files(
    cases: "QuerySet[Case]", text: str, may_open: Callable[["QuerySet[Case]"], Collection[int]], limit: int
) -> list[Attachment]:
    """Return the newest files and papers of `cases` whose names hold every word of `text` in any form.

    Only those of cases that `may_open` gives the keys of; it is asked once.
    """
    words = stemming.WORD.findall(text.lower())
    if not words:
        return []
    named = reduce(and_, (Q(name__icontains=_core(word)) for word in words))
    found = Attachment.objects.filter(named, case__in=cases).order_by("-at", "-id")
    near = found.select_related("case")[: limit * _CANDIDATES]
    candidates = [each for each in near if _holds(each.name, words)]
    open_to_him = may_open(cases.filter(pk__in={each.case_id for each in candidates}))
    return [each for each in candidates if each.case_id in open_to_him][:limit]


def _core(word: str) -> str:
    """Return the letters of a word that all its forms have: a prefix swallows k, p, s or t at the beginning of a root."""
    root = stemming.stem(word)
    return root[1:] if root[0] in "kpst" and len(root) > _SHORTEST else root


def _holds(name: str, words: Collection[str]) -> bool:
    there = {root for word in stemming.WORD.findall(name.lower()) for root in stemming.roots(word)}
    return all(stemming.roots(word) & there or any(root.startswith(word) for root in there) for word in words)


_SHORTEST = 3
_CANDIDATES = 10
"""How many files are looked at for one that is shown: other words and those of closed cases fall out."""
_FTS5 = "SELECT rowid FROM cases_case_search WHERE cases_case_search MATCH %s"
_GIN = "SELECT id FROM cases_case WHERE to_tsvector('simple', search_text) @@ to_tsquery('simple', %s)"
