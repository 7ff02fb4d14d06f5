"""Durations as an SOP writes them: "30 menit", "2 jam", "3 hari kerja", "10 hari", "24 jam berjalan"."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Unit(StrEnum):
    """The units a duration may have; the value is the word in a definition."""

    MINUTE = "menit"
    """Working minutes: only inside office hours."""
    HOUR = "jam"
    """Working hours."""
    RUNNING_MINUTE = "menit berjalan"
    """Minutes of the clock, day and night."""
    RUNNING_HOUR = "jam berjalan"
    WORKDAY = "hari kerja"
    DAY = "hari"
    """Calendar days, ending at 23:59:59."""
    WEEK = "minggu"
    MONTH = "bulan"
    YEAR = "tahun"


_PATTERN = re.compile(
    r"(?P<amount>\d+(?:[.,]\d+)?) (?P<unit>menit berjalan|menit|jam berjalan|jam|hari kerja|hari|minggu|bulan|tahun)"
)
_WHOLE = {Unit.WORKDAY, Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.YEAR}
_WORKING_MINUTES = {Unit.MINUTE: 1, Unit.HOUR: 60, Unit.WORKDAY: 450}


@dataclass(frozen=True)
class Duration:
    """An amount of one unit. Working minutes and working days are never converted into each other here."""

    amount: Decimal
    unit: Unit

    @classmethod
    def parse(cls, text: str) -> "Duration":
        """Return the duration that `text` says. Raises ValueError, saying what was expected."""
        match = _PATTERN.fullmatch(text)
        if match is None:
            raise ValueError(
                f"{text!r} is not a duration; expected a number and one of "
                f"{', '.join(unit.value for unit in Unit)}, such as '30 menit' or '3 hari kerja'"
            )
        amount, unit = Decimal(match["amount"].replace(",", ".")), Unit(match["unit"])
        if unit in _WHOLE and amount != amount.to_integral_value():
            raise ValueError(f"{text!r}: {unit.value} are counted whole")
        return cls(amount, unit)

    def __str__(self) -> str:
        """Return the text that `parse` reads."""
        return f"{self.amount.normalize():f}".replace(".", ",") + f" {self.unit.value}"

    @property
    def words(self) -> str:
        """Return the duration as people say it, parts of a minute in seconds: "15 detik berjalan"."""
        seconds = self.amount % 1 * 60
        if self.unit not in (Unit.MINUTE, Unit.RUNNING_MINUTE) or not seconds:
            return str(self)
        whole = f"{int(self.amount)} menit " if self.amount > 1 else ""
        return f"{whole}{seconds:.0f} detik{self.unit.value.removeprefix('menit')}"

    @property
    def working_minutes(self) -> Decimal | None:
        """Return working minutes for a total under the table (1 hari kerja = 450 menit); None for calendar units."""
        factor = _WORKING_MINUTES.get(self.unit)
        return None if factor is None else self.amount * factor
