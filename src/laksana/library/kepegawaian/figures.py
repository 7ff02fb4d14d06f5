"""Figures of personnel law that several procedures reckon with, as the office has them in force."""

from decimal import Decimal

from laksana.library.tables import Setting, Table


class Figure(Setting):
    """One figure with its source."""

    sumber: str


FIGURES = Table(__file__, "ketentuan-kepegawaian.csv", Figure, key="ketentuan")


def figure(name: str) -> Decimal:
    """Return a figure in force. Raises KeyError for a name that the table lacks."""
    return FIGURES[name].angka


def whole(name: str) -> int:
    """Return a figure in force as a whole number: days, months, years or a count."""
    return int(figure(name))
