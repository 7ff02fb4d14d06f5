"""Letters are found by what they say: the words of a case's files join those by which it is searched."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from laksana.cases.definitions import parsed
from laksana.cases.engine.run import Run
from laksana.cases.models import Attachment, Case
from laksana.cases.search import stems
from laksana.cases.subject import search_text, words_of_files_found
from laksana.files.words import READ, words_of

_LONGEST = 60_000
_AT_ONCE = 20


def read_new(at: datetime) -> int:
    """Read files that nobody has read yet, some at a time; return how many."""
    unread = Attachment.objects.filter(
        ~Q(case=None), read_at=None, destroyed_at=None, document="", stored__media_type__in=READ
    )
    found = list(unread.select_related("stored", "case").order_by("-pk")[:_AT_ONCE])
    for attachment in found:
        _read(attachment, at)
    return len(found)


def _read(attachment: Attachment, at: datetime) -> None:
    """Read one file outside of any transaction, for it may take a while, then note its words with the case locked."""
    case = attachment.case
    assert case is not None  # noqa: S101  (asked for)
    # What a sealed letter says is written down nowhere else, nor what only some of its readers may open.
    words = ""
    procedure = parsed(case.sop_id).procedure
    spec = procedure.fields.get(attachment.field)
    if words_of_files_found(case, procedure) and not (spec and spec.seen_by):
        words = stems(words_of(attachment.stored))
    with transaction.atomic():
        marked = Attachment.objects.filter(pk=attachment.pk, read_at=None, destroyed_at=None)
        if marked.update(read_at=at) and words:
            _add(case.pk, words, at)


def _add(case_id: int, words: str, at: datetime) -> None:
    run = Run.open(case_id, at, None)
    case: Case = run.case
    merged = dict.fromkeys([*case.file_words.split(), *words.split()])
    case.file_words = " ".join(merged)[:_LONGEST]
    case.search_text = search_text(case, run.procedure, run.values())
    case.save(update_fields=["file_words", "search_text"])
