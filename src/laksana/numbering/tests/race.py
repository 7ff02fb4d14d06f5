"""One of several processes that take numbers from the same series at the same time; run by `test_races`."""

import json
import random
import sys
from contextlib import suppress
from functools import partial

import django
from django.db import IntegrityError, transaction

from laksana.worktime.tests.offices import wib

AT = wib("2026-11-10 09:00")


def take(rounds: int, seed: int) -> None:
    """Take numbers, undoing every third transaction or so; print each one that was committed."""
    from laksana.numbering.services import allot, next_number

    chance = random.Random(seed)  # noqa: S311
    for _ in range(rounds):
        with transaction.atomic():
            number, bare = allot("umum", 2026, AT), next_number("berkas", 2026)
            undone = chance.random() < 0.3
            transaction.set_rollback(undone)
        if not undone:
            print(json.dumps([number, bare]), flush=True)  # noqa: T201


def papers(rounds: int, seed: int) -> None:
    """Number papers of one of two series that write alike, undoing and reserving now and then; print what was committed."""
    from laksana.numbering.services import Kind, Pattern, declare, give, reserve

    chance = random.Random(seed)  # noqa: S311
    for key in ("satu", "dua"):
        declare(Kind(key, lambda: Pattern("{urut}/{tahun}")))
    key = ("satu", "dua")[seed % 2]
    for _ in range(rounds):
        with suppress(IntegrityError), transaction.atomic():
            if chance.random() < 0.2:
                reserve(key, 2026, AT, "Disiapkan")
            text = give(key, AT, "").written
            undone = chance.random() < 0.3
            transaction.set_rollback(undone)
            if not undone:
                transaction.on_commit(partial(print, json.dumps([text]), flush=True))


def report() -> None:
    """Print what the tables hold."""
    from laksana.numbering.models import AllottedNumber, Series
    from laksana.numbering.services import gaps

    numbers = AllottedNumber.objects.order_by("value").values_list("value", flat=True)
    last = dict(Series.objects.values_list("key", "last"))
    written = [text for text in numbers.order_by("pk").values_list("written", flat=True) if text]
    missing = {key: gaps(key, 2026) for key in last if key != "berkas"}
    print(json.dumps({"numbers": list(numbers), "last": last, "gaps": missing, "written": written}))  # noqa: T201


if __name__ == "__main__":
    django.setup()
    if sys.argv[1] in ("take", "papers"):
        {"take": take, "papers": papers}[sys.argv[1]](int(sys.argv[2]), int(sys.argv[3]))
    else:
        report()
