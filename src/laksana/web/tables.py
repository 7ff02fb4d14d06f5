"""A short table sent at once as CSV, its texts harmless to spreadsheet programs."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from django.http import HttpResponse

from laksana.registers.services import inert


def csv_answer(heads: Sequence[str], rows: Iterable[Sequence[object]], name: str) -> HttpResponse:
    """Return rows as a CSV file (RFC 4180, UTF-8 with its mark) that a browser saves under a name."""
    written = StringIO()
    writer = csv.writer(written)
    writer.writerow(heads)
    writer.writerows([["" if cell is None else inert(str(cell)) for cell in row] for row in rows])
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.csv"',
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(
        "\ufeff" + written.getvalue(), content_type="text/csv; charset=utf-8", headers=headers
    )
