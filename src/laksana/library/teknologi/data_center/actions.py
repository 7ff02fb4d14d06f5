"""What a visit to the data centre adds to its definition: its notice, the worth of readings, stops and the next maintenance."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from laksana.cases.behaviour import Behaviour, Situation
from laksana.library.others import other_cases
from laksana.library.teknologi.data_center import rules
from laksana.worktime.zone import local, local_day

data_center = Behaviour("data-center")
_READ = (
    "suhu_masuk",
    "kelembapan",
    "tegangan_masuk",
    "frekuensi",
    "beban_ups",
    "waktu_baterai",
    "bahan_bakar_genset",
)


@data_center.computes("ajukan")
def filed(situation: Situation) -> Mapping[str, Any]:
    """Return the day of the request: of the last one, where it came back."""
    return {"tanggal_ajukan": local_day(situation.at)}


@data_center.check("periksa")
def in_time(situation: Situation) -> Mapping[str, str]:
    """Refuse as complete what was asked for too late; an emergency may come at any time."""
    values = situation.values
    if situation.outcome != "Lengkap" or values["jenis"] == "keadaan_darurat":
        return {}
    entry, needed = local_day(values["rencana_masuk"]), rules.figure.whole("hari_kerja_sebelum")
    found = rules.workdays_before(values["tanggal_ajukan"], entry, situation.calendar)
    if found >= needed:
        return {}
    return {
        "outcome": f"Hanya {found} hari kerja di antara pengajuan dan masuk; paling sedikit {needed}. Pilih Tidak lengkap."
    }


@data_center.computes("pantau")
def readings(situation: Situation) -> Mapping[str, Any]:
    """Return the readings in their order, each with its dew point, how fast the room warms or cools, and its verdict."""
    return {"bacaan": list(_judged(situation.values.get("bacaan") or ()))}


def _judged(rows: Any) -> Iterator[dict[str, Any]]:
    before: Mapping[str, Any] | None = None
    for row in sorted(rows, key=lambda row: row["waktu"]):
        found: dict[str, Decimal | None] = {name: row.get(name) for name in _READ}
        if row["kelembapan"]:
            found["titik_embun"] = rules.dew_point(float(row["suhu_masuk"]), float(row["kelembapan"]))
        if before is not None:
            minutes = Decimal((row["waktu"] - before["waktu"]).total_seconds()) / 60
            found["laju_suhu"] = rules.warming(before["suhu_masuk"], row["suhu_masuk"], minutes)
        yield {
            **row,
            "titik_embun": found.get("titik_embun"),
            "laju_suhu": found.get("laju_suhu"),
            "penilaian": rules.verdict(found, bool(row.get("air")), bool(row.get("asap"))),
        }
        before = row


def _is_critical(situation: Situation) -> bool:
    rows = situation.values.get("bacaan") or ()
    return bool(rows) and list(rows)[-1].get("penilaian") == "kritis"


@data_center.check("normal")
def critical_is_not_normal(situation: Situation) -> Mapping[str, str]:
    """Refuse to go on as normal while the last reading is critical."""
    if situation.outcome == "Normal" and _is_critical(situation):
        return {"outcome": "Bacaan terakhir kritis: pekerjaan dihentikan. Pilih Menyimpang."}
    return {}


@data_center.check("tindak")
def critical_is_an_incident(situation: Situation) -> Mapping[str, str]:
    """Ask for the number of the incident after a critical reading."""
    if _is_critical(situation) and not situation.values.get("nomor_insiden"):
        return {"nomor_insiden": "Wajib diisi: bacaan terakhir kritis."}
    return {}


@data_center.check("rapikan")
def stop_has_a_length(situation: Situation) -> Mapping[str, str]:
    """Refuse a stop that ended before it began."""
    begun, ended = situation.values.get("henti_mulai"), situation.values.get("henti_selesai")
    return {"henti_selesai": "Layanan pulih sesudah berhenti."} if begun and ended and ended <= begun else {}


@data_center.computes("rapikan")
def stopped(situation: Situation) -> Mapping[str, Any]:
    """Return how long services stood still within the approved window and outside it, and what that leaves of the month."""
    values = situation.values
    begun, ended = values.get("henti_mulai"), values.get("henti_selesai")
    if not values.get("layanan_berhenti") or begun is None or ended is None:
        return {}
    changing = values["jenis"] == "pekerjaan_perubahan"
    window = (values["rencana_masuk"], values["rencana_keluar"]) if changing else None
    planned, unplanned = rules.minutes_down(begun, ended, window)
    return {
        "henti_menit": planned + unplanned,
        "henti_terencana_menit": planned,
        "ketersediaan_persen": rules.availability(local(ended).date(), unplanned),
    }


@data_center.row("buku-gangguan")
def stop_row(situation: Situation) -> Mapping[str, Any]:
    """Return how long the stop was, and how much of it was planned."""
    values = situation.values
    return {"menit": values.get("henti_menit"), "terencana": values.get("henti_terencana_menit")}


@data_center.computes("arsip")
def due_again(situation: Situation) -> Mapping[str, Any]:
    """Return when the maintenance is due again, and how late this one was by the one before."""
    values = situation.values
    if values["jenis"] != "pemeliharaan_berkala":
        return {}
    code, done = values["kode_pemeliharaan"], local_day(values["keluar"])
    return {
        "pemeliharaan_berikut": rules.next_due(code, done, situation.calendar),
        "terlambat_hari": _late(situation, code, done),
    }


def _late(situation: Situation, code: str, done: date) -> int | None:
    """Return the days by which a maintenance was late; None where none before it said when it was due."""
    due = [
        date.fromisoformat(told)
        for case in other_cases(situation, kode_pemeliharaan=code)
        if (told := case.data.get("pemeliharaan_berikut"))
    ]
    return rules.days_overdue(code, max(due), done) if due else None
