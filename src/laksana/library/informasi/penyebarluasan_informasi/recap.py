"""The recap of a month: what was published, how much of it in time, by which channels, with what reach and echo."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from laksana.cases.models import Case, Clock
from laksana.library.informasi.limits import workdays
from laksana.library.informasi.penyebarluasan_informasi.actions import sentiment_index, share_in_time
from laksana.worktime.calendar import WorkCalendar, months_later
from laksana.worktime.zone import day_begins

_PROCEDURE = "penyebarluasan-informasi"
_LIMITS = ("rutin", "darurat")
_LOOKED_BACK = timedelta(days=120)
"""How long before its month a release may have been asked for."""


@dataclass
class Recap:
    """The figures of a month."""

    month: date
    due: date
    releases: int = 0
    in_time: int = 0
    by_class: Counter[str] = field(default_factory=Counter)
    by_channel: Counter[str] = field(default_factory=Counter)
    reach: Decimal = Decimal()
    placements: int = 0
    sentiment: Counter[str] = field(default_factory=Counter)
    clarifications: int = 0

    @property
    def percent(self) -> Decimal | None:
        """Return the share published in time."""
        return share_in_time(self.in_time, self.releases)

    @property
    def index(self) -> Decimal | None:
        """Return the index of sentiment of the month."""
        return sentiment_index(self.sentiment["positif"], self.sentiment["netral"], self.sentiment["negatif"])

    def rows(self) -> Iterator[tuple[str, object]]:
        """Yield the figures with their names, as a table of two columns."""
        yield "Bulan", f"{self.month:%Y-%m}"
        yield "Jatuh tempo rekapitulasi", self.due.isoformat()
        yield "Siaran dan konten tayang", self.releases
        yield "Tayang tepat waktu", self.in_time
        yield "Tepat waktu (persen)", self.percent if self.percent is not None else ""
        yield from ((f"Kelas {name}", count) for name, count in sorted(self.by_class.items()))
        yield from ((f"Kanal {name}", count) for name, count in sorted(self.by_channel.items()))
        yield "Jangkauan", self.reach
        yield "Pemuatan media", self.placements
        yield from ((f"Sentimen {name}", self.sentiment[name]) for name in ("positif", "netral", "negatif"))
        yield "Indeks sentimen", self.index if self.index is not None else ""
        yield "Klarifikasi", self.clarifications


def of_month(month: date, calendar: WorkCalendar) -> Recap:
    """Return the recap of the month that a day lies in, due on the fifth working day of the next."""
    first = month.replace(day=1)
    after = months_later(first, 1)
    found = Recap(first, calendar.add_workdays(after - timedelta(days=1), workdays("rekap-bulanan")))
    begins, ends = day_begins(first), day_begins(after)
    asked = Case.objects.filter(
        procedure=_PROCEDURE,
        opened_at__gte=begins - _LOOKED_BACK,
        opened_at__lt=ends,
        data__has_key="waktu_tayang",
    )
    shown = [case for case in asked if begins <= datetime.fromisoformat(case.data["waktu_tayang"]) < ends]
    kept = Clock.objects.filter(case__in=shown, clock__in=_LIMITS, state=Clock.State.MET)
    met = set(kept.values_list("case", flat=True))
    for case in shown:
        _add(found, case, case.pk in met)
    return found


def _add(found: Recap, case: Case, in_time: bool) -> None:
    data = case.data
    found.releases += 1
    found.in_time += in_time
    found.by_class[data.get("kelas") or "?"] += 1
    found.by_channel.update(data.get("kanal") or ())
    found.reach += Decimal(str(data.get("jangkauan_total") or 0))
    found.placements += sum(bool(row.get("dimuat")) for row in data.get("media_mitra") or ())
    found.sentiment.update(row["sentimen"] for row in data.get("hasil_pantau") or () if row.get("sentimen"))
    found.clarifications += bool(data.get("waktu_klarifikasi"))
