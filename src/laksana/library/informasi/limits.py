"""Time limits in working days that the procedures of public information share."""

from laksana.library.tables import Row, Table


class LimitRow(Row):
    """A time limit of law or office, and where it stands."""

    kode: str
    nama: str
    hari_kerja: int
    dasar: str


LIMITS = Table(__file__, "batas-waktu-informasi.csv", LimitRow, key="kode")


def workdays(code: str) -> int:
    """Return how many working days a limit is. Raises KeyError for an unknown one."""
    return LIMITS[code].hari_kerja
