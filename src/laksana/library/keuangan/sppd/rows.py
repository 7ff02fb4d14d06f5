"""What the books of official travel say that no field says."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from laksana.cases.behaviour import Situation
from laksana.library.others import other_cases


def papers_row(situation: Situation) -> Mapping[str, Any]:
    """Return where the trip goes, who signed it, and the number of the traveller's own SPD; its state once it is booked."""
    values = situation.values
    own = [row["nomor_spd"] for row in values.get("nomor_spd") or () if row["nip"] == values.get("nip")]
    state = values["status_perjalanan"]
    return {
        "kota_tujuan": ", ".join(stop["kota"] for stop in values["tujuan"]),
        "penanda_tangan": "Sekretaris Daerah" if values.get("nomor_setda") else "Kepala Dinas",
        "nomor_spd_ini": own[0] if own else None,
        "status_akhir": state if situation.step.id == "bukukan" else None,
    }


def card_row(situation: Situation) -> Mapping[str, Any]:
    """Return a traveller's cost of the trip, and his days and cost of the year with it."""
    values = situation.values
    year = values["tanggal_berangkat"].year
    done = other_cases(situation, status_perjalanan="selesai", tanggal_berangkat__startswith=str(year))
    days, cost = int(values["lama_hari"]), _cost(values.get("rincian_rampung"), values["nip"])
    total_days, total_cost = days, cost
    for case in done:
        if any(row["nip"] == values["nip"] for row in case.data["pelaksana"]):
            total_days += int(case.data["lama_hari"])
            total_cost += _cost(case.data.get("rincian_rampung"), values["nip"])
    return {
        **papers_row(situation),
        "biaya": cost, "jumlah_hari_tahun_ini": total_days, "jumlah_biaya_tahun_ini": total_cost,
    }  # fmt: skip


def _cost(lines: list[dict[str, Any]] | None, nip: str) -> Decimal:
    return sum((Decimal(str(row["dibayar"])) for row in lines or () if row["nip"] == nip), Decimal())


def budget_row(situation: Situation) -> Mapping[str, Any]:
    """Return what the account has left after the trip in rupiah."""
    return {"sisa": situation.values["sisa_anggaran"] - situation.values["jumlah_rampung"]}
