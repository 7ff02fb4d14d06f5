"""The NIP of a civil servant, taken apart: Nomor Induk Pegawai of a PNS, and that of a PPPK.

    YYYYMMDD YYYYMM G NNN    PNS: born, appointed (year and month), sex, serial number
    YYYYMMDD YYYYCC G NNN    PPPK: in place of the month the contract's code, 21 and above

Source: Peraturan Kepala BKN 22/2007 for the PNS; the code of the PPPK after the practice of BKN (unchecked).
"""

from dataclasses import dataclass
from datetime import date
from typing import Self

from laksana.sop.message import Message
from laksana.sop.message import message as _

_YOUNGEST = 15
_FIRST_CONTRACT_CODE = 21


class NipError(ValueError):
    """The text is not a NIP; `message` says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


@dataclass(frozen=True)
class Nip:
    """A well-formed NIP."""

    number: str
    born: date
    appointed_year: int
    appointed_month: int | None
    """None for a PPPK."""
    female: bool

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the NIP that `text` says, blanks and dots aside. Raises NipError."""
        number = "".join(text.split()).replace(".", "")
        if len(number) != 18 or not (number.isascii() and number.isdigit()):
            raise NipError(_("A NIP has 18 digits."))
        code = int(number[12:14])
        if not (1 <= code <= 12 or code >= _FIRST_CONTRACT_CODE):
            raise NipError(_("Digits 13 and 14 of the NIP are no month of appointment."))
        if number[14] not in "12":
            raise NipError(_("Digit 15 of the NIP must be 1 or 2."))
        if number[15:] == "000":
            raise NipError(_("The last 3 digits of the NIP count from 001."))
        month = code if code <= 12 else None
        born, year = _born(number), int(number[8:12])
        if year < born.year + _YOUNGEST:
            raise NipError(_("The year of appointment in the NIP does not fit the year of birth."))
        return cls(number, born, year, month, number[14] == "2")

    @property
    def is_pppk(self) -> bool:
        """Return whether it is the number of a PPPK."""
        return self.appointed_month is None

    def __str__(self) -> str:
        """Return the number in the groups in which papers print it."""
        return f"{self.number[:8]} {self.number[8:14]} {self.number[14]} {self.number[15:]}"


def _born(number: str) -> date:
    try:
        return date(int(number[:4]), int(number[4:6]), int(number[6:8]))
    except ValueError:
        raise NipError(_("The first 8 digits of the NIP are no date of birth.")) from None
