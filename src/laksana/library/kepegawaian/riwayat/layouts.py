"""The spreadsheets that personnel systems give: which of their columns is which of the employee file's (tata-letak-siasn.csv)."""

from collections.abc import Sequence

from laksana.library.tables import Row, Table


class Column(Row):
    """A column of a layout, for one part of the file."""

    tata_letak: str
    bagian: str
    kolom_asal: str
    kolom: str


COLUMNS = Table(__file__, "tata-letak-siasn.csv", Column)


def plain(head: str) -> str:
    """Return a heading without what differs from one file to the next: case, blanks, marks."""
    return "_".join(head.lower().replace(".", " ").replace("_", " ").split())


def recognised(kind: str, heads: Sequence[str]) -> tuple[str, dict[str, str]] | None:
    """Return the name of the layout whose columns for a part are all there, and heading -> column; None for none.

    Of several the one with most columns.
    """
    found: dict[str, dict[str, str]] = {}
    for row in COLUMNS.rows():
        if row.bagian == kind:
            found.setdefault(row.tata_letak, {})[plain(row.kolom_asal)] = row.kolom
    there = {plain(head) for head in heads}
    fitting = {name: columns for name, columns in found.items() if columns.keys() <= there}
    return max(fitting.items(), key=lambda each: len(each[1]), default=None)


def names(kind: str) -> list[str]:
    """Return the layouts that hold a part."""
    return list(dict.fromkeys(row.tata_letak for row in COLUMNS.rows() if row.bagian == kind))
