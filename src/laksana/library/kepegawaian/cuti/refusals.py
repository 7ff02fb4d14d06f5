"""What is refused: leave that the law does not give, days that another request holds, a substitute who is away."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from laksana.cases.behaviour import Situation
from laksana.library.kepegawaian.cuti import ledger, rules
from laksana.library.kepegawaian.cuti.reckoning import (
    hard_to_reach,
    length_of,
    service_of,
    total_of,
    used_of,
)
from laksana.library.kepegawaian.figures import whole
from laksana.people import services as people
from laksana.worktime.zone import local_day


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
    first, leaves = values["mulai"], ledger.others(situation)
    last = values["selesai"] - timedelta(days=hard_to_reach(values))
    for year in range(first.year, last.year + 1):
        total = total_of(values) if year == first.year else whole("cuti_hari_setahun")
        total = 0 if ledger.has_long_leave(year, leaves) else total
        left = total - used_of(situation, values, year, leaves)
        asked = ledger.workdays_of_year(first, last, year, situation.calendar)
        if asked > left:
            return {"selesai": f"Tidak berhak: sisa {year} {left} hari kerja, diminta {asked}."}
    return {} if length_of(situation, values) else {"selesai": "Tidak ada hari kerja di antaranya."}


def _refused(situation: Situation, values: Mapping[str, Any]) -> dict[str, str]:  # noqa: PLR0911  (one for each refusal)
    """Return what the law does not give: the kind, the service, the length, or more days than are left."""
    kind, status, first, last = (values[n] for n in ("jenis_cuti", "status_pegawai", "mulai", "selesai"))
    if last < first:
        return {"selesai": "Tanggal akhir mendahului tanggal mulai."}
    right = rules.right_of(kind, status, values.get("sub_jenis_sakit") or "biasa")
    if right is None:
        return {"jenis_cuti": f"Tidak berhak: {status} tidak mempunyai jenis cuti ini."}
    if status == "PPPK" and last > values["akhir_kontrak"]:
        return {"selesai": "Cuti melampaui akhir perjanjian kerja."}
    match kind:
        case "tahunan":
            return _too_many(situation, values)
        case "besar":
            return _long_refused(situation, values)
        case "sakit":
            return _sick_too_long(situation, values)
        case "cltn":
            return _unpaid_refused(situation, values)
        case "alasan_penting" if values.get("alasan_penting_kode") == "istri_melahirkan":
            days = int(values.get("hari_rawat") or 0)
            limit = rules.birth_of_wife_until(first, days) if days else None
            return _past(last, limit, f"selama istri dirawat ({days} hari menurut surat rumah sakit)")
        case "melahirkan" if rules.birth_kind(int(values.get("anak_ke") or 0), status) != "melahirkan":
            return {"jenis_cuti": "Kelahiran anak keempat dan seterusnya: ajukan cuti besar."}
    return _past(last, rules.last_day(first, right.lama_maks), f"{right.lama_maks} bulan")


def _past(last: date, limit: date | None, told: str) -> dict[str, str]:
    if limit is None or last <= limit:
        return {}
    return {"selesai": f"Paling lama {told}, sampai {limit:%d-%m-%Y}."}


def _long_refused(situation: Situation, values: Mapping[str, Any]) -> dict[str, str]:
    """Refuse long leave before its service is complete, counted anew from the last one, and past its end.

    A fourth child and a first hajj need no service. Annual leave taken in the same year shortens it.
    """
    first, leaves = values["mulai"], ledger.others(situation)
    before = [leave.first for leave in leaves if leave.kind == "besar" and leave.granted]
    birth = int(values.get("anak_ke") or 0)
    exempt = bool(values.get("haji_pertama")) or (birth > 0 and rules.birth_kind(birth) == "besar")
    allowed = rules.long_leave_from(values["tmt_masuk"], max(before, default=None), exempt)
    if first < allowed and not exempt:
        least = rules.long_leave_from(values["tmt_masuk"])
        why = (
            f"masa kerja belum cukup; paling cepat {least:%d-%m-%Y}"
            if first < least
            else f"cuti besar terakhir mulai {max(before):%d-%m-%Y}; berikutnya {allowed:%d-%m-%Y}"
        )
        return {"jenis_cuti": f"Tidak berhak: {why}."}
    used = used_of(situation, values, first.year, leaves)
    told = "3 bulan" if not used else f"3 bulan dikurangi {used} hari cuti tahunan yang sudah diambil"
    return _past(values["selesai"], rules.long_leave_until(first, used), told)


def _unpaid_refused(situation: Situation, values: Mapping[str, Any]) -> dict[str, str]:
    """Refuse unpaid leave before its service is complete or past its end, and an extension that is late or follows nothing."""
    first, last = values["mulai"], values["selesai"]
    right, before = (
        rules.right_of("cltn", values["status_pegawai"]),
        ledger.unpaid_until(situation, first - rules.DAY),
    )
    if values.get("perpanjangan_cltn"):
        return _extension_refused(situation, before, first, last)
    if before is not None:
        return {"perpanjangan_cltn": f"Menyambung {before.number}: mintalah sebagai perpanjangan."}
    if right and service_of(values, first) < right.masa_kerja_min:
        return {"jenis_cuti": f"Tidak berhak: masa kerja belum {right.masa_kerja_min} bulan."}
    return _past(
        last, rules.unpaid_limits(first, last)["paling_lama"], f"{right.lama_maks if right else 0} bulan"
    )


def _extension_refused(
    situation: Situation, before: ledger.Leave | None, first: date, last: date
) -> dict[str, str]:
    """Refuse an extension of nothing, of an extension, asked for too late, or too long."""
    if before is None:
        return {
            "mulai": f"Tidak ada cuti di luar tanggungan negara yang berakhir {first - rules.DAY:%d-%m-%Y}."
        }
    if before.extends:
        return {
            "perpanjangan_cltn": f"{before.number} sendiri sudah perpanjangan; diperpanjang hanya satu kali."
        }
    limits = rules.unpaid_limits(before.first, before.last)
    if local_day(situation.case.opened_at or situation.at) > limits["minta_perpanjangan"]:
        return {
            "perpanjangan_cltn": f"Perpanjangan diminta paling lambat {limits['minta_perpanjangan']:%d-%m-%Y}."
        }
    return _past(last, limits["perpanjangan_paling_lama"], "sepanjang perpanjangan")


def _sick_too_long(situation: Situation, values: Mapping[str, Any]) -> dict[str, str]:
    """Refuse sick leave past its limit, which counts from the beginning of an illness without a break.

    A letter of the health examining team extends it once; after that the health examination decides.
    """
    begun = ledger.illness_since(values["mulai"], ledger.others(situation))
    stage = rules.sick_stage(
        begun, values["selesai"], values["status_pegawai"], values.get("sub_jenis_sakit") or "biasa"
    )
    if values.get("surat_tim_penguji"):
        return _past(values["selesai"], stage.batas_perpanjangan, "dengan perpanjangan")
    return _past(values["selesai"], stage.batas, "tanpa surat Tim Penguji Kesehatan")


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
