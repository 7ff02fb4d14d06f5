"""The door to numbers: given without gaps and never twice, inside the transaction of whoever asks."""

from datetime import datetime

from django.db import connection, transaction
from django.db.models import F

from laksana.numbering.models import AllottedNumber, Series

_NEXT = """INSERT INTO numbering_series (key, year, last) VALUES (%s, %s, 1)
ON CONFLICT (key, year) DO UPDATE SET last = numbering_series.last + 1 RETURNING last"""


def next_number(series: str, year: int) -> int:
    """Return the next number of a series, keeping only the count: for case numbers, whose case is their row."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a number is given inside the transaction that uses it")
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [series, year])
        return int(cursor.fetchone()[0])


def allot(series: str, year: int, at: datetime, label: str = "") -> int:
    """Return the next number of a series and keep its row."""
    value = next_number(series, year)
    row = Series.objects.get(key=series, year=year)
    AllottedNumber.objects.create(series=row, value=value, label=label[:200], at=at)
    return value


def last(series: str, year: int) -> int:
    """Return the last number given; 0 before the first."""
    return Series.objects.filter(key=series, year=year).values_list("last", flat=True).first() or 0


def set_last(series: str, year: int, value: int) -> None:
    """Let a series go on from a number given elsewhere (on paper, before); it never goes back."""
    row, _created = Series.objects.get_or_create(key=series, year=year)
    Series.objects.filter(pk=row.pk, last__lt=value).update(last=F("last") * 0 + value)
