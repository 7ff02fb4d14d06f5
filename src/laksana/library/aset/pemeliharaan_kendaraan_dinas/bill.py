"""From the order to the books: additional work, the bill with its taxes, and what a capitalised cost does."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from laksana.cases.behaviour import Situation
from laksana.library.aset.accounting import is_capitalised
from laksana.library.aset.codes import MOTOR_VEHICLES
from laksana.library.aset.pemeliharaan_kendaraan_dinas.rules import (
    after_capitalising,
    interval,
    most_additional,
    taxes,
    value_on,
)
from laksana.library.rupiah import rupiah
from laksana.worktime.calendar import months_later
from laksana.worktime.zone import local_day

SERVICE = "berkala"


def additional_within_share(situation: Situation) -> Mapping[str, str]:
    """Refuse additional work above what may be approved without a new estimate."""
    values = situation.values
    most = most_additional(values["nilai_spk"], values["sisa_pagu"])
    total = values["total_tambahan"] + (values.get("nilai_tambahan") or Decimal())
    if situation.outcome != "Disetujui" or total <= most:
        return {}
    return {"nilai_tambahan": f"Seluruh tambahan paling banyak {rupiah(most)}; minta estimasi baru."}


def additional(situation: Situation) -> Mapping[str, Any]:
    """Return the additional work approved so far."""
    if situation.outcome != "Disetujui":
        return {}
    return {"total_tambahan": situation.values["total_tambahan"] + situation.values["nilai_tambahan"]}


def bill_within_order(situation: Situation) -> Mapping[str, str]:
    """Refuse a bill above the order and what was approved besides it."""
    values = situation.values
    most = values["nilai_spk"] + values["total_tambahan"]
    if values["biaya_suku_cadang"] + values["biaya_jasa"] <= most:
        return {}
    return {"biaya_jasa": f"Biaya akhir paling banyak {rupiah(most)}."}


def billed(situation: Situation) -> Mapping[str, Any]:
    """Return the whole bill and the taxes on it."""
    values = situation.values
    parts, work = values["biaya_suku_cadang"], values["biaya_jasa"]
    return {"biaya_akhir": parts + work, **taxes(parts, work, bool(values.get("npwp_bengkel")))}


def booked(situation: Situation) -> Mapping[str, Any]:
    """Return the year's cost so far, when the service is due again, and what a capitalised cost does to the book value."""
    values = situation.values
    spent = values["realisasi_tahunan"] + values["biaya_akhir"]
    return {"akumulasi_tahun": spent, **_next_service(values), **_capitalised(values)}


def _next_service(values: Mapping[str, Any]) -> Mapping[str, Any]:
    every = interval(values["golongan"], values.get("pekerjaan_servis") or "")
    if values["jenis"] != SERVICE or every is None:
        return {}
    return {
        "servis_berikut": months_later(values["tanggal_selesai"], every.interval_bulan),
        "km_servis_berikut": None if every.interval_km is None else values["odometer"] + every.interval_km,
    }


def _capitalised(values: Mapping[str, Any]) -> Mapping[str, Any]:
    years = values.get("tambah_masa_manfaat") or Decimal()
    if not is_capitalised(MOTOR_VEHICLES, values["biaya_akhir"], years):
        return {"dikapitalisasi": False}
    before = value_on(values["nilai_perolehan"], values["tanggal_perolehan"], values["tanggal_selesai"])
    after, charge = after_capitalising(before, values["biaya_akhir"], years)
    return {
        "dikapitalisasi": True, "nilai_buku": before.nilai, "nilai_buku_baru": after.nilai,
        "sisa_periode": after.sisa, "beban_periode": charge,
    }  # fmt: skip


def old_parts_row(situation: Situation) -> Mapping[str, Any]:
    """Return the day on which an old part was taken back."""
    return {"tanggal_terima": local_day(situation.at)}


def maintained_row(situation: Situation) -> Mapping[str, Any]:
    """Return how the cost was booked."""
    return {"keterangan": "Dikapitalisasi" if situation.values["dikapitalisasi"] else "Belanja pemeliharaan"}
