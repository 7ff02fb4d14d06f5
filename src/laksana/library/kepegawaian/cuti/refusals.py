"""What is refused: leave that the law does not give, days that another request holds, a substitute who is away."""

from collections.abc import Mapping
from typing import Any

from laksana.cases.behaviour import Situation
from laksana.library.kepegawaian.cuti import ledger
from laksana.library.kepegawaian.cuti.reckoning import (
    RIGHTS,
    last_day,
    length_of,
    service_of,
    total_of,
    used_of,
)
from laksana.library.kepegawaian.figures import whole
from laksana.people import services as people


def entitled(situation: Situation) -> Mapping[str, str]:
    """Refuse what the law does not give, and days that another request holds; said at the field that asks for them."""
    ledger.wait_for_turn(situation.case.initiator_id)
    asked = _asked(situation)
    if asked is None or asked["mulai"] is None or asked["selesai"] is None:
        return {}
    wrong = _refused(situation, asked) or _overlapping(situation, asked)
    return {_place(situation, field): why for field, why in wrong.items()}


_PROPOSED = {"mulai": "mulai_ubah", "selesai": "selesai_ubah"}


def _asked(situation: Situation) -> dict[str, Any] | None:
    """Return the values with the days that the step asks for, proposes or grants; None where it does none of it."""
    values, outcome = dict(situation.values), situation.outcome
    match situation.step.id:
        case "pertimbangan" | "tanggapi":
            changed = {name: values.get(proposed) for name, proposed in _PROPOSED.items()}
            return values | changed if outcome in ("Perubahan", "Menerima perubahan") else None
        case "putus" | "putus-atas":
            return values if outcome in ("Disetujui", "Perubahan") else None
    return None if outcome == "Ditarik" else values


def _place(situation: Situation, field: str) -> str:
    """Return where on the form of the step an error of a field is said."""
    if situation.step.id == "pertimbangan":
        field = _PROPOSED.get(field, field)
    return field if field in situation.step.asks else "outcome"


def _overlapping(situation: Situation, values: Mapping[str, Any]) -> dict[str, str]:
    first, last = values["mulai"], values["selesai"]
    for other in ledger.overlapping(values["jenis_cuti"], first, last, ledger.others(situation)):
        return {
            "mulai": f"Bertumpang tindih dengan {other.number}, {other.first:%d-%m-%Y} sampai {other.last:%d-%m-%Y}."
        }
    return {}


def _too_many(situation: Situation, values: Mapping[str, Any]) -> dict[str, str]:
    """Refuse more days of annual leave than are left, of each calendar year in which they fall."""
    first, last, leaves = values["mulai"], values["selesai"], ledger.others(situation)
    for year in range(first.year, last.year + 1):
        total = total_of(values) if year == first.year else whole("cuti_hari_setahun")
        total = 0 if ledger.has_long_leave(year, leaves) else total
        left = total - used_of(situation, values, year, leaves)
        asked = ledger.workdays_of_year(first, last, year, situation.calendar)
        if asked > left:
            return {"selesai": f"Tidak berhak: sisa {year} {left} hari kerja, diminta {asked}."}
    return {} if length_of(situation, values) else {"selesai": "Tidak ada hari kerja di antaranya."}


def _refused(situation: Situation, values: Mapping[str, Any]) -> dict[str, str]:  # noqa: PLR0911  (one return for each refusal)
    """Return what the law does not give: the kind, the service, the length, or more days than are left."""
    kind, status, first, last = (values[n] for n in ("jenis_cuti", "status_pegawai", "mulai", "selesai"))
    if last < first:
        return {"selesai": "Tanggal akhir mendahului tanggal mulai."}
    right = next((r for r in RIGHTS.rows() if (r.jenis, r.status) == (kind, status)), None)
    if right is None:
        return {"jenis_cuti": f"Tidak berhak: {status} tidak mempunyai jenis cuti ini."}
    if status == "PPPK" and last > values["akhir_kontrak"]:
        return {"selesai": "Cuti melampaui akhir perjanjian kerja."}
    if kind == "melahirkan" and (values.get("anak_ke") or 0) > 3:
        return {"jenis_cuti": "Kelahiran anak keempat dan seterusnya: ajukan cuti besar."}
    if kind == "tahunan":
        return _too_many(situation, values)
    exempt = kind == "besar" and (values.get("haji_pertama") or (values.get("anak_ke") or 0) > 3)
    if service_of(values, first) < right.masa_kerja_min and not exempt:
        return {"jenis_cuti": f"Tidak berhak: masa kerja belum {right.masa_kerja_min} bulan."}
    if values.get("sub_jenis_sakit") != "kecelakaan_kerja" and last > last_day(first, right.lama_maks):
        return {
            "selesai": f"Paling lama {right.lama_maks} bulan, sampai {last_day(first, right.lama_maks):%d-%m-%Y}."
        }
    return {}


def substitute_is_there(situation: Situation) -> Mapping[str, str]:
    """Refuse a substitute who is himself the one who asks, or away or on leave on some of the days."""
    values, substitute = situation.values, situation.values.get("pengganti")
    if not substitute or values["selesai"] < values["mulai"]:
        return {}
    if substitute == situation.case.initiator_id:
        return {"pengganti": "Pengganti ialah pegawai lain."}
    away = people.is_away(substitute, values["mulai"], values["selesai"])
    on_leave = (leave.overlaps(values["mulai"], values["selesai"]) for leave in ledger.leave_of(substitute))
    return {"pengganti": "Pengganti sendiri tidak masuk pada hari-hari itu."} if away or any(on_leave) else {}
