"""What meetings add to their definition: rooms that clash, food, attendance, fees with tax, and when invitations must be out."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from laksana.cases.behaviour import Behaviour, Done, Situation
from laksana.library.rumah_tangga.rapat_bimtek_sosialisasi import rules
from laksana.library.rumah_tangga.rapat_bimtek_sosialisasi.tables import FEES, figure
from laksana.library.rumah_tangga.rooms import bookings
from laksana.worktime.zone import local_day

rapat = Behaviour("rapat-bimtek-sosialisasi")


@rapat.check("rencana")
def sensible_plan(situation: Situation) -> Mapping[str, str]:
    """Refuse an event that ends before it begins, or is held outside for want of a room that would do."""
    values, wrong = situation.values, {}
    if values["selesai_acara"] <= values["mulai"]:
        wrong["selesai_acara"] = "Waktu selesai harus sesudah waktu mulai."
    largest = figure("kapasitas_ruang_terbesar")
    if values.get("sebab_luar_kantor") == "kapasitas" and values["jumlah_undangan"] <= largest:
        wrong["sebab_luar_kantor"] = f"Ruang terbesar kantor memuat {largest} orang; kapasitas bukan alasan."
    return wrong


@rapat.computes("rencana")
def plan(situation: Situation) -> Mapping[str, Any]:
    """Return the lines and the sum of the budget, and what may be served."""
    values = situation.values
    rows = [{**row, "jumlah": row["volume"] * row["harga_satuan"]} for row in values.get("rab") or ()]
    found: dict[str, Any] = {
        "jumlah_rab": sum((row["jumlah"] for row in rows), Decimal()),
        "konsumsi_layak": rules.food(
            values["mulai"], values["selesai_acara"], values["moda"], values["unsur_peserta"]
        ),
    }
    return found | ({"rab": rows} if rows else {})


@rapat.check("telaah")
def free_room(situation: Situation) -> Mapping[str, str]:
    """Refuse to pass an event whose room another one has at that time."""
    values = situation.values
    if situation.outcome != "Ya" or values["moda"] == "daring" or values["di_luar_kantor"]:
        return {}
    for case, start, end in bookings(values["tempat"], situation.case):
        if rules.clash(values["mulai"], values["selesai_acara"], start, end):
            return {"outcome": f"{values['tempat']} dipakai {case.subject} ({case.number})."}
    return {}


@rapat.deadline("undangan-sebelum-acara")
def invitations_due(situation: Situation) -> datetime | None:
    """Return the closing of the last day on which invitations must be out."""
    values = situation.values
    days = figure("undangan_mendadak_hari_kerja" if values.get("rapat_mendadak") else "undangan_hari_kerja")
    calendar = situation.calendar
    return calendar.closing(calendar.subtract_workdays(local_day(values["mulai"]), days))


@rapat.check("mulai-persiapan")
def food_allowed(situation: Situation) -> Mapping[str, str]:
    """Refuse food where none may be given."""
    if situation.values["perlu_konsumsi"] and situation.values["konsumsi_layak"] == "tidak":
        return {
            "perlu_konsumsi": "Konsumsi hanya bagi kegiatan luring atau hibrida sekurang-kurangnya 2 jam."
        }
    return {}


@rapat.check("konsumsi")
def right_food(situation: Situation) -> Mapping[str, str]:
    """Refuse meals where only snacks may be given."""
    rows = situation.values.get("pesanan_konsumsi") or ()
    if situation.values["konsumsi_layak"] != "makan" and any(
        row["jenis"] == "makan" and row["jumlah"] for row in rows
    ):
        return {"pesanan_konsumsi": "Rapat antarunit Dinas hanya diberi kudapan."}
    return {}


@rapat.check("laksanakan")
def sensible_times(situation: Situation) -> Mapping[str, str]:
    """Refuse an event, or a speech, that ended before it began."""
    values = situation.values
    wrong = {}
    opened, closed = values.get("mulai_nyata"), values.get("selesai_nyata")
    if opened and closed and closed <= opened:
        wrong["selesai_nyata"] = "Waktu ditutup harus sesudah waktu dibuka."
    if any(_minutes(row) <= 0 for row in values.get("waktu_bicara") or ()):
        wrong["waktu_bicara"] = "Waktu selesai bicara harus sesudah waktu mulainya."
    return wrong


@rapat.computes("laksanakan")
def present(situation: Situation) -> Mapping[str, Any]:
    """Return how many came, in per cent of the invited, and the minutes that each speaker spoke."""
    values = situation.values
    count = len(values.get("daftar_hadir") or ())
    spoken = [{**row, "menit": _minutes(row)} for row in values.get("waktu_bicara") or ()]
    found: dict[str, Any] = {
        "jumlah_hadir": count,
        "persen_hadir": rules.attendance(count, int(values["jumlah_undangan"])),
    }
    return found | ({"waktu_bicara": spoken} if spoken else {})


def _minutes(row: Mapping[str, Any]) -> int:
    day = date.min
    spoken = datetime.combine(day, row["selesai"]) - datetime.combine(day, row["mulai"])
    return int(spoken.total_seconds() // 60)


@rapat.automatic("catat-tindak-lanjut")
def open_items(situation: Situation) -> Done:
    """Return the decisions of the meeting, open where the minutes say nothing else."""
    rows = situation.values.get("tindak_lanjut") or ()
    return Done({"tindak_lanjut": [{**row, "status": row.get("status") or "terbuka"} for row in rows]})


@rapat.automatic("honorarium-kegiatan")
def fees(situation: Situation) -> Done:
    """Return the list of fees with tax, and its sums; empty for a meeting of the office's own."""
    rows = [*_speakers(situation.values), *_committee(situation.values)]
    if situation.values["bentuk"] == "rapat_internal":
        rows = []
    sums = {name: sum((row[name] for row in rows), Decimal()) for name in ("bruto", "pajak")}
    return Done({"daftar_honor": rows, "jumlah_honor": sums["bruto"], "jumlah_pajak": sums["pajak"]})


def _speakers(values: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    people = values.get("daftar_hadir") or ()
    outsiders = sum(row["asal"] == "luar" for row in people)
    for row in values.get("narasumber_tabel") or ():
        role = row["peran"]
        code = f"narasumber/{row['kualifikasi']}" if role == "narasumber" else role
        spoken = [r["menit"] for r in values.get("waktu_bicara") or () if r["nama"] == row["nama"]]
        minutes, rate = int(sum(spoken)), FEES[code].besaran
        gross = rules.speaker_fee(role, rate, minutes, row["asal"] == "luar", outsiders, len(people))
        if gross:
            volume = rules.hours(minutes) if role == "narasumber" else Decimal(1)
            yield _paid(row, FEES[code].peran, volume, rate, gross)


def _committee(values: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield those of the committee who are paid: named by a decree, of an event with outsiders, the first in the decree."""
    people = values.get("daftar_hadir") or ()
    if all(row["asal"] != "luar" for row in people):
        return
    named = [row for row in values.get("panitia_tabel") or () if row.get("nomor_keputusan")]
    for row in named[: rules.paid_committee(len(people))]:
        fee = FEES[f"panitia/{row['jabatan_panitia']}"]
        yield _paid(row, fee.kualifikasi, Decimal(1), fee.besaran, fee.besaran)


def _paid(
    row: Mapping[str, Any], role: str, volume: Decimal, rate: Decimal, gross: Decimal
) -> dict[str, Any]:
    kind = rules.tax_kind(row["status_kepegawaian"], row.get("golongan"))
    tax = rules.tax(gross, kind)
    return {
        "nama": row["nama"],
        "golongan": row.get("golongan"),
        "peran": role,
        "volume": volume,
        "tarif": rate,
        "bruto": gross,
        "tarif_pajak": rules.first_rate(kind),
        "pajak": tax,
        "neto": gross - tax,
    }


@rapat.row("jadwal-ruang")
def booking(situation: Situation) -> Mapping[str, Any]:
    """Return the day of a booking and who answers for it."""
    return _day(situation) | {"penanggung_jawab": _name(situation)}


@rapat.row("daftar-tindak-lanjut")
def follow_up(situation: Situation) -> Mapping[str, Any]:
    """Return the day of the meeting."""
    return _day(situation)


@rapat.row("register-kegiatan")
def held(situation: Situation) -> Mapping[str, Any]:
    """Return the day of the event."""
    return _day(situation)


def _day(situation: Situation) -> dict[str, Any]:
    return {"tanggal_acara": local_day(situation.values["mulai"])}


def _name(situation: Situation) -> str:
    started = situation.case.initiator
    return str(started.name) if started else ""
