"""The months of the cash book one after another: which may be opened, and what it takes over from the one before."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from laksana.cases.behaviour import Situation
from laksana.cases.models import Case
from laksana.library.keuangan.spj.rules import first_day
from laksana.library.others import other_cases
from laksana.worktime.calendar import months_later

GROUPS = ("ls_gaji", "ls_bj", "up")


def before(situation: Situation) -> Case | None:
    """Return the case of the month before; None where the books begin with this month."""
    day = months_later(first_day(situation.values["bulan"]), -1)
    return next((case for case in other_cases(situation) if case.data["bulan"] == f"{day:%m-%Y}"), None)


def opening_faults(situation: Situation) -> Mapping[str, str]:
    """Refuse a month opened twice, one whose predecessor is not approved, and one without opening figures."""
    values, month = situation.values, situation.values["bulan"]
    known = {case.data["bulan"]: case for case in other_cases(situation)}
    if month in known:
        return {"bulan": f"SPJ bulan ini sudah dibuka ({known[month].number})."}
    last = before(situation)
    if (last is None or not last.data.get("tgl_pengesahan")) and any(
        first_day(other) < first_day(month) for other in known
    ):
        return {"bulan": "SPJ bulan sebelumnya belum disahkan."}
    names: tuple[str, ...] = ("pagu", "saldo_awal", "saldo_awal_tunai", "pajak_awal")
    if last is not None:
        names = ("pagu",) if starts_year(month) else ()
    wrong = {name: "Isilah pada bulan pertama." for name in names if values.get(name) in (None, [])}
    given = values.get("saldo_awal")
    if last is not None and given is not None and given != _money(last.data["saldo_akhir"]):
        wrong["saldo_awal"] = "Saldo awal sama dengan saldo akhir bulan lalu; kosongkan."
    return wrong


def starts_year(month: str) -> bool:
    """Return whether a month is the first of a budget year."""
    return first_day(month).month == 1


def taken_over(situation: Situation) -> Mapping[str, Any]:
    """Return the opening figures of a month: from the one before where there is one, the budget as changed where it was given."""
    last = before(situation)
    if last is None:
        return {}
    data = last.data
    cash = data.get("bp_kas_tunai") or [{"saldo": data.get("saldo_awal_tunai") or 0}]
    found: dict[str, Any] = {
        "saldo_awal": _money(data["saldo_akhir"]),
        "saldo_awal_tunai": _money(cash[-1]["saldo"]),
        "pajak_awal": _money(data["pajak_belum_setor"]),
    }
    if not starts_year(situation.values["bulan"]):
        found["pagu"] = _accounts(data, situation.values.get("pagu") or ())
    return found


def _accounts(data: Mapping[str, Any], given: Any) -> list[dict[str, Any]]:
    accounts = {row["kode_rekening"]: row for row in data["pagu"]} | {r["kode_rekening"]: r for r in given}
    past = {
        group: {row["kode_rekening"]: _money(row["sd_ini"]) for row in data[f"realisasi_{group}"]}
        for group in GROUPS
    }
    return [
        {
            "kode_rekening": code,
            "uraian": row["uraian"],
            "pagu": _money(row["pagu"]),
            **{f"{group}_lalu": past[group].get(code, Decimal()) for group in GROUPS},
        }
        for code, row in accounts.items()
    ]


def _money(value: Any) -> Decimal:
    return Decimal(str(value))
