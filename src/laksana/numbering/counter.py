"""The counter of a series: one statement, gap-free, never twice.

The statement locks the row of the series until the caller's transaction ends. Whoever comes next waits, and
counts on from what was committed; a transaction undone gives its number back, because it was never seen.
"""

from django.db import connection, transaction

from laksana.prepared import execute

_NEXT = """
    UPDATE numbering_series SET "last" = "last" + 1 WHERE "key" = %s AND "year" = %s RETURNING "id", "last"
"""
_FIRST = """
    INSERT INTO numbering_series ("key", "year", "first", "last") VALUES (%s, %s, 1, 1)
    ON CONFLICT ("key", "year") DO UPDATE SET "last" = numbering_series."last" + 1 RETURNING "id", "last"
"""
"""Two transactions may both find no series yet: the second one then waits for the first, and counts on."""


def count(series: str, year: int) -> tuple[int, int]:
    """Return the id of the series and its next number. Raises TransactionManagementError outside a transaction."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            "A number is given in the transaction that uses it, else a failure would leave a gap."
        )
    counted = execute(_NEXT, [series, year]) or execute(_FIRST, [series, year])
    series_id, number = counted[0]
    return series_id, number
