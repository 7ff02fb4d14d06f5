"""Provisions that are read in two ways: which of them the office follows, as data that it replaces."""

from pydantic import model_validator

from laksana.library.tables import Listed, Row, Table


class ReadingRow(Row):
    """A provision: the reading chosen, those there are, what they mean, and where the provision stands."""

    perkara: str
    pilihan: str
    tersedia: Listed
    tentang: str
    dasar: str

    @model_validator(mode="after")
    def _one_of_them(self) -> "ReadingRow":
        if self.pilihan not in self.tersedia:
            raise ValueError(f"choose one of {', '.join(self.tersedia)}")
        return self


READINGS = Table(__file__, "bacaan-hukum.csv", ReadingRow, key="perkara")


def read_as(provision: str, reading: str) -> bool:
    """Return whether the office reads a provision so. Raises KeyError for an unknown provision."""
    return READINGS[provision].pilihan == reading
