"""Short lists sent at once as files: CSV as it is written, XLSX through a file on the disk."""

import csv
import tempfile
from collections.abc import Iterable, Iterator

from django.http import FileResponse, Http404, StreamingHttpResponse
from django.http.response import HttpResponseBase

from laksana.registers.services import Book, Line, csv_rows, write_xlsx

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def sent(book: Book, lines: Iterable[Line], form: str, name: str) -> HttpResponseBase:
    """Return a list as a file of the form asked for. Raises Http404 for a form that there is not."""
    name = f"{name}.{form}".replace("/", "-")
    if form == "csv":
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return StreamingHttpResponse(_written(book, lines), content_type=TYPES["csv"], headers=headers)
    if form == "xlsx":
        file = tempfile.TemporaryFile()  # noqa: SIM115  (the response closes it)
        write_xlsx(book, lines, file)
        file.seek(0)
        return FileResponse(file, as_attachment=True, filename=name, content_type=TYPES["xlsx"])
    raise Http404


def _written(book: Book, lines: Iterable[Line]) -> Iterator[str]:
    yield "\ufeff"
    writer = csv.writer(_Echo())
    yield from (writer.writerow(row) for row in csv_rows(book, lines))
