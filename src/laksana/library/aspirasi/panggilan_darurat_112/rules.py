"""The rules of calls to 112: response times, what pranks lead to, and the figures of a month."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Literal, NamedTuple

from laksana.library.rounding import half_up, percent
from laksana.library.tables import Settings
from laksana.sop.rules import rule

figure = Settings(__file__, "ketentuan-112.csv")
Measure = Literal["tidak_ada", "peringatan", "blokir_1x24_jam", "usul_blokir_tetap"]


@rule(
    "112.iseng", title="Tindakan atas nomor panggilan iseng", source="keterangan Kepala Diskominfo 9-10-2019"
)
def against_number(kali: int) -> Measure:
    """Return what a number's confirmed prank calls lead to; ghost and dropped calls are none."""
    if kali > figure("iseng_usul_tetap"):
        return "usul_blokir_tetap"
    if kali > figure("iseng_blokir"):
        return "blokir_1x24_jam"
    return "peringatan" if kali == figure("iseng_peringatan") else "tidak_ada"


def blocked_until(call: datetime) -> datetime:
    """Return until when a number is blocked that was blocked for a call."""
    return call + timedelta(hours=figure.whole("blokir_jam"))


def minutes(start: datetime | None, end: datetime | None) -> Decimal | None:
    """Return the whole seconds between two instants as minutes to one decimal; None where one is not known."""
    return None if start is None or end is None else half_up(Decimal(seconds(start, end)) / 60, 1)


def seconds(start: datetime, end: datetime) -> int:
    """Return the whole seconds between two instants: targets are compared with them, not with rounded minutes."""
    return (end - start) // timedelta(seconds=1)


class Calls(NamedTuple):
    """The calls of a time: percentages answered, and of these emergencies, and how many callers gave up."""

    answered: Decimal | None
    emergencies: Decimal | None
    abandoned: int


@rule("112.rekap-panggilan", title="Rekapitulasi panggilan", source="ketetapan setempat")
def calls(masuk: int, dijawab: int, darurat: int) -> Calls:
    """Return the figures of calls that came in, were answered, and were true emergencies."""
    return Calls(
        percent(Decimal(dijawab), Decimal(masuk)),
        percent(Decimal(darurat), Decimal(dijawab)),
        masuk - dijawab,
    )


class Responses(NamedTuple):
    """Response times of a month in minutes, and the percent that met the target."""

    mean: Decimal
    median: Decimal
    p90: Decimal
    met: Decimal


@rule(
    "112.waktu-tanggap", title="Waktu tanggap sebulan", source="ketetapan setempat; persentil urutan terdekat"
)
def responses(menit: Sequence[Decimal], target: Decimal) -> Responses | None:
    """Return mean, median, 90th percentile (position ceil(0.9 n)) and the share within the target; None for no incident."""
    times, count = sorted(menit), len(menit)
    if not count:
        return None
    middle = (times[(count - 1) // 2] + times[count // 2]) / 2
    met = sum(each <= target for each in times)
    return Responses(
        half_up(sum(times, Decimal()) / count, 1),
        half_up(middle, 1),
        times[-(-9 * count // 10) - 1],
        half_up(Decimal(100 * met) / count),
    )
