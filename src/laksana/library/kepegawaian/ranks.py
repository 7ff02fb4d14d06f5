"""Grades of civil servants in their order, and the ratings of performance in theirs."""

from decimal import Decimal

from laksana.library.tables import Row, Table


class Grade(Row):
    """A golongan ruang with the name of its rank; `urutan` counts from the lowest."""

    urutan: int
    golongan: str
    pangkat: str


class Rating(Row):
    """A yearly rating (predikat): its place from the lowest, and the percentage of the yearly credit that it gives."""

    predikat: str
    urutan: int
    persen: Decimal


GRADES = Table(__file__, "pangkat.csv", Grade, key="golongan")
RATINGS = Table(__file__, "predikat.csv", Rating, key="predikat")


def order(grade: str) -> int:
    """Return the place of a grade, counted from the lowest. Raises KeyError for an unknown one."""
    return GRADES[grade].urutan


def grade_above(grade: str) -> str | None:
    """Return the grade one step above; None above the highest."""
    return next((row.golongan for row in GRADES.rows() if row.urutan == order(grade) + 1), None)


def group(grade: str) -> str:
    """Return the golongan of a golongan ruang: III of III/a."""
    return grade.partition("/")[0]


def at_least(rating: str | None, least: int) -> bool:
    """Return whether a rating stands at a place or above it; a missing one does not."""
    return rating is not None and RATINGS[rating].urutan >= least
