"""What else was bought this year: directly on one account, and of small businesses."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from laksana.cases.behaviour import Situation
from laksana.library.aset.procurement import DIRECT, figure
from laksana.library.others import other_cases
from laksana.library.rounding import percent
from laksana.worktime.zone import local_day

NONE = Decimal()


def _others(situation: Situation, **of: Any) -> Iterator[Mapping[str, Any]]:
    """Yield what other cases hold that were contracted in the year of this one."""
    year = str(local_day(situation.at).year)
    yield from (case.data for case in other_cases(situation, tanggal_kontrak__startswith=year, **of))


def bought_directly(situation: Situation) -> Decimal:
    """Return the value of this year's other direct purchases on the account of this one."""
    others = _others(situation, kode_rekening=situation.values["kode_rekening"], metode=DIRECT)
    return sum((Decimal(data["nilai_kontrak"]) for data in others), NONE)


def share_of_small(situation: Situation) -> Decimal | None:
    """Return which percent of this year's contracts, this one included, went to micro and small businesses and cooperatives."""
    contracts = [
        (Decimal(data["nilai_kontrak"]), bool(data.get("penyedia_umk"))) for data in _others(situation)
    ]
    contracts.append((situation.values["nilai_kontrak"], bool(situation.values.get("penyedia_umk"))))
    return percent(
        sum((value for value, small in contracts if small), NONE), sum((v for v, _ in contracts), NONE)
    )


def small_warning(situation: Situation) -> Mapping[str, str]:
    """Return the warning that this year's share of small businesses lies below what the law wants; it does not refuse."""
    if situation.values.get("nilai_kontrak") is None:
        return {}
    share, least = share_of_small(situation), figure("porsi_umk_persen")
    if share is None or share >= least:
        return {}
    return {
        "penyedia_umk": f"Porsi usaha mikro, kecil, dan koperasi tahun ini {share:f} persen, di bawah {least:f} persen."
    }
