"""One of several processes that take numbers from the same series at the same time; run by `test_races`."""

import json
import random
import sys

import django
from django.db import transaction

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


def report() -> None:
    """Print what the tables hold."""
    from laksana.numbering.models import AllottedNumber, Series
    from laksana.numbering.services import gaps

    numbers = AllottedNumber.objects.order_by("value").values_list("value", flat=True)
    last = dict(Series.objects.values_list("key", "last"))
    print(json.dumps({"numbers": list(numbers), "last": last, "gaps": gaps("umum", 2026)}))  # noqa: T201


if __name__ == "__main__":
    django.setup()
    if sys.argv[1] == "take":
        take(int(sys.argv[2]), int(sys.argv[3]))
    else:
        report()
