"""What the cleaning contract adds to its definition: the contract in force, the checklist of a day, scores, and payment."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from laksana.cases.behaviour import Behaviour, Done, Situation
from laksana.cases.models import Case
from laksana.library import spending_tax
from laksana.library.numbered import number_once
from laksana.library.others import other_cases
from laksana.library.rounding import half_up
from laksana.library.rumah_tangga.kebersihan_kantor import rules
from laksana.library.rupiah import rupiah
from laksana.worktime.calendar import WorkCalendar, months_later
from laksana.worktime.zone import local_day

kebersihan = Behaviour("kebersihan-kantor")
number_once(kebersihan, "ba", "nomor_ba", "BAP-KEBERSIHAN")
CONTRACT = (
    "nama_penyedia", "penyedia_pkp", "npwp_penyedia", "nomor_kontrak", "mulai", "berakhir",
    "jumlah_petugas", "biaya_bulanan", "upah_per_orang", "umk",
)  # fmt: skip
REQUIRED = [name for name in CONTRACT if name not in ("npwp_penyedia",)]


def _last_day(first: date) -> date:
    return months_later(first, 1) - timedelta(days=1)


def _workdays(calendar: WorkCalendar, first: date, last: date) -> int:
    return calendar.workdays_between(first - timedelta(days=1), last)


@kebersihan.check("siapkan")
def first_of_month(situation: Situation) -> Mapping[str, str]:
    """Refuse a month that is not given by its first day."""
    return {} if situation.values["bulan"].day == 1 else {"bulan": "Isi tanggal 1 bulan itu."}


@kebersihan.computes("siapkan")
def prepared(situation: Situation) -> Mapping[str, Any]:
    """Return how many cleaners are needed, and the contract that the month before ran on."""
    zones = situation.values["luas"]
    area = sum((row["luas_m2"] for row in zones if row["zona"] != "toilet"), Decimal())
    toilets = sum(row["zona"] == "toilet" for row in zones)
    earlier = _month(situation, months_later(situation.values["bulan"], -1))
    known = {name: earlier.data[name] for name in CONTRACT if earlier and name in earlier.data}
    return {"kebutuhan_petugas": rules.staff(area, toilets), **known}


def _month(situation: Situation, first: date) -> Case | None:
    return other_cases(situation, bulan=first.isoformat()).last()


@kebersihan.check("periksa-kontrak")
def contract_in_force(situation: Situation) -> Mapping[str, str]:
    """Refuse to call a contract in force that is not complete, does not cover the month, or pays below the minimum wage."""
    values = situation.values
    if situation.outcome != "Berlaku":
        return {}
    if missing := [name for name in REQUIRED if values.get(name) is None]:
        return dict.fromkeys(missing, "Diisi menurut kontrak yang berlaku.")
    if not values["mulai"] <= values["bulan"] <= values["berakhir"]:
        return {"berakhir": "Kontrak tidak berlaku pada awal bulan ini; pilih Tidak ada."}
    return _wage(values)


@kebersihan.check("tanda-tangan")
def sound_contract(situation: Situation) -> Mapping[str, str]:
    """Refuse a contract that is not complete, is backdated, ends before it begins, or pays below the minimum wage."""
    values = situation.values
    if missing := [name for name in REQUIRED if values.get(name) is None]:
        return dict.fromkeys(missing, "Isian ini wajib.")
    if values["mulai"] < local_day(situation.at):
        return {"mulai": "Kontrak tidak boleh bertanggal mundur."}
    if values["berakhir"] < values["mulai"]:
        return {"berakhir": "Kontrak berakhir sebelum mulai."}
    return _wage(values)


def _wage(values: Mapping[str, Any]) -> Mapping[str, str]:
    short = values["umk"] - values["upah_per_orang"]
    return {"upah_per_orang": f"Kurang {rupiah(short)} seorang dari UMK."} if short > 0 else {}


@kebersihan.check("bersihkan")
def within_contract(situation: Situation) -> Mapping[str, str]:
    """Refuse to clean before the contract begins, or on a day off."""
    day, values = local_day(situation.at), situation.values
    if not values["mulai"] <= day <= values["berakhir"]:
        return {"": "Hari ini di luar masa kontrak."}
    return {} if situation.calendar.is_workday(day) else {"": "Hari ini bukan hari kerja."}


@kebersihan.check("periksa")
def handled_complaints_say_how(situation: Situation) -> Mapping[str, str]:
    """Refuse a complaint that was dealt with, but not what was done about it."""
    for row in situation.values.get("keluhan") or ():
        if row.get("waktu_ditangani") and not row.get("tindakan"):
            return {"keluhan": f"Tulis tindakan atas keluhan {row['pelapor']} yang telah ditangani."}
    return {}


@kebersihan.computes("bersihkan")
def checklist(situation: Situation) -> Mapping[str, Any]:
    """Return the day that is inspected next and its checklist, still without scores."""
    day = local_day(situation.at)
    rows = [
        {"nama": zone["nama"], "butir": item.butir}
        for zone in situation.values["luas"]
        for item in rules.due_on(zone["zona"], day)
    ]
    return {"hari_kerja_bersih": day, "ceklis": rows}


@kebersihan.check("periksa")
def last_of_month(situation: Situation) -> Mapping[str, str]:
    """Refuse to end the month before its last working day, and to go on after it."""
    last = situation.calendar.workday_on_or_before(_last_day(situation.values["bulan"]))
    day = situation.values["hari_kerja_bersih"]
    if situation.outcome == "Bersih, hari kerja terakhir" and day < last:
        return {"outcome": f"Hari kerja terakhir bulan ini {last:%d-%m-%Y}."}
    if situation.outcome == "Bersih, lanjut hari berikutnya" and day >= last:
        return {"outcome": "Ini hari kerja terakhir bulan ini."}
    return {}


@kebersihan.computes("periksa")
def scored(situation: Situation) -> Mapping[str, Any]:
    """Return the scores of all days so far: the last inspection of a day is the one that counts."""
    values = situation.values
    day = values["hari_kerja_bersih"]
    zones, scores = [], []
    for zone in values["luas"]:
        given = {
            row["butir"]: int(row["skor"])
            for row in values["ceklis"]
            if row["nama"] == zone["nama"] and row.get("skor")
        }
        score = rules.zone_score(rules.due_on(zone["zona"], day), given)
        zones.append({"tanggal": day, "nama": zone["nama"], "nilai": half_up(score)})
        scores.append((zone["luas_m2"], score))
    missing = rules.absent_without_replacement(values["hadir"])
    today = {"tanggal": day, "nilai": half_up(rules.day_score(scores)), "tidak_diganti": missing}
    return {
        "nilai_harian": [*_besides(values.get("nilai_harian"), day), today],
        "nilai_zona": [*_besides(values.get("nilai_zona"), day), *zones],
    }


def _besides(rows: Any, day: date) -> list[Any]:
    return [row for row in rows or () if row["tanggal"] != day]


@kebersihan.automatic("nilai-bulanan")
def month(situation: Situation) -> Done:
    """Return the month's score, days without inspection, deductions, and what is to be paid."""
    values, calendar = situation.values, situation.calendar
    days = values["nilai_harian"]
    first, last = values["bulan"], _last_day(values["bulan"])
    workdays = _workdays(calendar, first, last)
    covered = _workdays(calendar, max(first, values["mulai"]), min(last, values["berakhir"]))
    price = rules.part_of_month(values["biaya_bulanan"], covered, workdays)
    absent = int(sum(row["tidak_diganti"] for row in days))
    deduction = rules.absence_deduction(
        values["biaya_bulanan"], int(values["jumlah_petugas"]), absent, workdays
    )
    score = rules.month_score([row["nilai"] for row in days])
    late = _late_complaints(situation)
    paid = rules.payment(price, deduction, rules.factor(score), late)
    before = _month(situation, months_later(first, -1))
    low = rules.figure("standar_nilai")
    was_low = before is not None and Decimal(str(before.data.get("nilai_bulanan", low))) < low
    return Done(
        {
            "nilai_bulanan": score, "faktor_bayar": rules.factor(score), "hari_tidak_diganti": absent,
            "potongan_hadir": deduction, "keluhan_terlambat": late, "nilai_bayar": paid,
            "hari_diperiksa": len(days), "hari_tidak_diperiksa": covered - len(days),
            "dua_bulan_di_bawah": was_low and score < low, **_tax(values, paid),
        }
    )  # fmt: skip


def _tax(values: Mapping[str, Any], paid: Decimal) -> dict[str, Any]:
    base = spending_tax.without("ppn", paid) if values["penyedia_pkp"] else Fraction(paid)
    return {
        "dpp": half_up(base, 0),
        "pph23": spending_tax.amount("pph23", base, bool(values.get("npwp_penyedia"))),
    }


def _late_complaints(situation: Situation) -> int:
    """Return how many proven complaints were not handled in time, in working minutes."""
    limit, late = rules.figure("keluhan_menit"), 0
    for row in situation.values.get("keluhan") or ():
        if row.get("terbukti"):
            until = row.get("waktu_ditangani") or situation.at
            late += situation.calendar.minutes_between(row["waktu"], until) > limit
    return late


@kebersihan.check("nilai")
def by_the_standard(situation: Situation) -> Mapping[str, str]:
    """Refuse a verdict other than the score says."""
    below = situation.values["nilai_bulanan"] < rules.figure("standar_nilai")
    if below == (situation.outcome == "Di bawah standar"):
        return {}
    return {"outcome": f"Nilai bulan ini {situation.values['nilai_bulanan']:f}."}


@kebersihan.row("ceklis-bulan")
def inspected(situation: Situation) -> Mapping[str, Any]:
    """Return who cleaned on the day of a row."""
    there = [
        row.get("pengganti") or row["petugas"]
        for row in situation.values["hadir"]
        if row.get("hadir") or row.get("pengganti")
    ]
    return {"petugas_hari_ini": ", ".join(there)}


@kebersihan.row("rekap")
def zone_mean(situation: Situation) -> Mapping[str, Any]:
    """Return the mean of a zone's days."""
    scores = [
        row["nilai"] for row in situation.values["nilai_zona"] if row["nama"] == situation.values["nama"]
    ]
    return {"rata_rata": rules.month_score(scores)}
