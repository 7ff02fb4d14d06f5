"""How the services do: counts and times only, and no time where so few cases ended that one of them could be told from it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache

from laksana.measurement.services import Measurement, measure
from laksana.portal.service import ServiceText, service_of
from laksana.sop.definition import Procedure

FEWEST = 3
SINCE = timedelta(days=365)
_KEPT = 600


@dataclass(frozen=True)
class Figures:
    """One service in a year."""

    procedure: Procedure
    text: ServiceText
    started: int
    ended: int
    running: int
    median: int | None
    """Working minutes from receipt to end in the middle case."""
    share: float | None
    """Share of steps done within their time."""

    @property
    def percent(self) -> int | None:
        """Return the share in percent."""
        return None if self.share is None else int(self.share * 100)


def figures(procedures: list[Procedure], at: datetime) -> list[Figures]:
    """Return the figures of those procedures that are services, in their order."""
    return [_figures(each, text, at) for each in procedures if (text := service_of(each)) is not None]


def _figures(procedure: Procedure, text: ServiceText, at: datetime) -> Figures:
    def fresh() -> tuple[int, int, int, int | None, float | None]:
        return _plain(measure(procedure.id, at - SINCE, at))

    kept = cache.get_or_set(f"portal:figures:{procedure.id}:{int(at.timestamp()) // _KEPT}", fresh, _KEPT)
    started, ended, running, median, share = kept or fresh()
    return Figures(procedure, text, started, ended, running, median, share)


def _plain(measured: Measurement) -> tuple[int, int, int, int | None, float | None]:
    counted = measured.cases
    enough = counted.ended >= FEWEST and counted.times.median is not None
    median = int(counted.times.median or 0) if enough else None
    return (
        counted.started, counted.ended, counted.running, median, measured.share_on_time if enough else None,
    )  # fmt: skip
