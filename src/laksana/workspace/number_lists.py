"""The numbers of a series as a book, so that they leave the house the way books do."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from laksana.numbering.services import AllottedNumber
from laksana.registers.services import Book, Cell, Column, Line


def book_of(title: str) -> Book:
    """Return the columns of a list of numbers."""
    heads = {
        "nomor": _("Number"),
        "tertulis": _("As written"),
        "tanggal": _("Date"),
        "untuk": _("Given to"),
        "keadaan": _("State"),
        "alasan": _("Reason"),
        "oleh": _("By"),
        "diberikan": _("Recorded"),
    }
    columns = tuple(Column(key, head, envelope=True) for key, head in heads.items())
    return Book("nomor", title, "nomor", title, columns)


def lines_of(numbers: Iterable[AllottedNumber]) -> Iterator[Line]:
    """Yield the numbers as rows of that book."""
    for place, number in enumerate(numbers, 1):
        cells: dict[str, Cell] = {
            "nomor": str(number),
            "tertulis": number.written or None,
            "tanggal": {"date": number.on.isoformat()},
            "untuk": number.label or None,
            "keadaan": str(number.get_state_display()),
            "alasan": number.reason or None,
            "oleh": number.changed_by or number.by or None,
            "diberikan": {"datetime": number.at.isoformat()},
        }
        yield Line(number.pk, number.series.year, place, number.at, "", False, cells, ())
