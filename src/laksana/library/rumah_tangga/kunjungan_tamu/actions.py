"""What visits add to their definition: notice and hours, one group at a time, portions, who is stamped, and gifts."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from laksana.cases.behaviour import Behaviour, Situation
from laksana.cases.models import Case
from laksana.library.numbered import number_once
from laksana.library.others import other_cases
from laksana.library.rumah_tangga.kunjungan_tamu import rules
from laksana.library.rumah_tangga.rapat_bimtek_sosialisasi.rules import clash
from laksana.library.rumah_tangga.rooms import bookings
from laksana.worktime.zone import local_day

kunjungan = Behaviour("kunjungan-tamu")
number_once(kunjungan, "mohon", "tiket", "TAMU")
number_once(kunjungan, "terima", "nomor_agenda", "AGENDA-TAMU", outcome="Lengkap")
DECIDED = {"Diterima": "diterima", "Usul jadwal lain": "jadwal_lain", "Ditolak": "ditolak"}


@kunjungan.computes("mohon", "lengkapi")
def planned(situation: Situation) -> Mapping[str, Any]:
    """Return when a visit ends, and what is unusual about its time."""
    return _times(situation, situation.values["rencana_mulai"])


def _times(situation: Situation, start: datetime) -> dict[str, Any]:
    minutes = int(situation.values["lama_menit"])
    asked = situation.values.get("tanggal_permohonan") or local_day(situation.at)
    notice = rules.notice(asked, local_day(start), situation.calendar)
    return {
        "tanggal_permohonan": asked,
        "rencana_mulai": start,
        "selesai_kunjungan": start + timedelta(minutes=minutes),
        "mendadak": notice < rules.figure("tenggang_hari_kerja"),
        "di_luar_jam": not rules.within_hours(start, minutes, situation.calendar),
        "porsi_terbanyak": rules.portions(int(situation.values["jumlah_tamu"])),
    }


@kunjungan.check("mohon", "lengkapi")
def still_to_come(situation: Situation) -> Mapping[str, str]:
    """Refuse a visit in the past."""
    past = situation.values["rencana_mulai"] <= situation.at
    return {"rencana_mulai": "Waktu kunjungan harus sesudah permohonan."} if past else {}


@kunjungan.warns("mohon", "lengkapi")
def large_group(situation: Situation) -> Mapping[str, str]:
    """Warn of more guests than a guarded room takes at a time."""
    guests, places = situation.values["jumlah_tamu"], situation.values.get("lokasi_diminta") or ()
    for place in ("pusat_data", "ruang_112"):
        most = rules.figure(f"{place}_terbanyak")
        if place in places and guests > most:
            return {"jumlah_tamu": f"Di lokasi itu paling banyak {most} orang sekaligus; rombongan dibagi."}
    return {}


@kunjungan.check("putusan")
def may_be_received(situation: Situation) -> Mapping[str, str]:
    """Refuse to accept a visit outside the hours, or beside too many others, and to offer such a time."""
    values, calendar = situation.values, situation.calendar
    if situation.outcome == "Usul jadwal lain":
        offered = values.get("jadwal_usulan")
        if offered and not rules.within_hours(offered, int(values["lama_menit"]), calendar):
            return {"jadwal_usulan": "Jadwal usulan di luar jam kunjungan."}
    if situation.outcome != "Diterima":
        return {}
    if values.get("mendadak") and not values.get("persetujuan_khusus"):
        return {"persetujuan_khusus": "Permohonan mendadak hanya diterima dengan persetujuan khusus."}
    if values.get("di_luar_jam"):
        return {"outcome": "Waktu yang diminta di luar jam kunjungan; usulkan jadwal lain."}
    return _crowded(situation)


def _crowded(situation: Situation) -> Mapping[str, str]:
    """Return what is wrong where other groups come the same day."""
    start = situation.values["rencana_mulai"]
    others = list(_accepted(situation, start))
    if len(others) >= rules.figure("rombongan_sehari"):
        return {"outcome": "Pada hari itu sudah ada rombongan sebanyak yang dapat diterima."}
    for case, other in others:
        same_host = case.data.get("bidang_penerima") == situation.values["bidang_penerima"]
        if same_host and rules.half_day(other) == rules.half_day(start):
            return {"outcome": f"Bidang itu menerima {case.subject} ({case.number}) pada waktu yang sama."}
    return {}


def _accepted(situation: Situation, start: datetime) -> Iterator[tuple[Case, datetime]]:
    """Yield the other visits accepted for the same day, and when they begin."""
    for case in other_cases(situation, keputusan="diterima").filter(state=Case.State.RUNNING):
        other = datetime.fromisoformat(case.data["rencana_mulai"])
        if local_day(other) == local_day(start):
            yield case, other


@kunjungan.computes("putusan")
def decided(situation: Situation) -> Mapping[str, Any]:
    """Return the decision as a datum of the case."""
    return {"keputusan": DECIDED[str(situation.outcome)]}


@kunjungan.computes("tawar-jadwal")
def agreed(situation: Situation) -> Mapping[str, Any]:
    """Return the time that the office offered, once the guest agrees; otherwise what his own new time means."""
    values = situation.values
    if situation.outcome == "Batal":
        return {}
    if situation.outcome == "Setuju":
        return _times(situation, values["jadwal_usulan"]) | {"keputusan": "diterima"}
    return _times(situation, values["rencana_mulai"])


@kunjungan.check("siapkan-tempat")
def room_fits(situation: Situation) -> Mapping[str, str]:
    """Refuse a room that is too small or taken."""
    values = situation.values
    seats = values["kapasitas_ruang"] - rules.figure("kursi_tuan_rumah")
    if values["jumlah_tamu"] > seats:
        return {"kapasitas_ruang": f"Ruang ini memuat {seats:f} tamu di samping tuan rumah."}
    for case, start, end in bookings(values["ruang"], situation.case):
        if clash(values["rencana_mulai"], values["selesai_kunjungan"], start, end):
            return {"ruang": f"{values['ruang']} dipakai {case.subject} ({case.number})."}
    return {}


@kunjungan.check("pesan-jamuan")
def not_too_much(situation: Situation) -> Mapping[str, str]:
    """Refuse more portions of a kind than guests and hosts."""
    most = situation.values["porsi_terbanyak"]
    if any(row["jumlah"] > most for row in situation.values.get("konsumsi_tamu") or ()):
        return {"konsumsi_tamu": f"Porsi paling banyak {most:f} untuk tamu dan tuan rumah."}
    return {}


@kunjungan.computes("terima-tamu")
def present(situation: Situation) -> Mapping[str, Any]:
    """Return how many guests came."""
    return {"jumlah_hadir": len(situation.values.get("buku_tamu") or ())}


@kunjungan.check("sahkan-spd")
def were_here(situation: Situation) -> Mapping[str, str]:
    """Refuse to stamp a travel order of somebody who is not in the guest book, or twice."""
    here = {row["nama"].casefold() for row in situation.values.get("buku_tamu") or ()}
    names = [row["nama"].casefold() for row in situation.values.get("spd_tamu") or ()]
    absent = [
        row["nama"] for row in situation.values.get("spd_tamu") or () if row["nama"].casefold() not in here
    ]
    if absent:
        return {"spd_tamu": f"Tidak tercantum pada buku tamu: {', '.join(absent)}."}
    return {"spd_tamu": "Seorang tamu disahkan satu kali."} if len(set(names)) < len(names) else {}


@kunjungan.computes("pertemuan", "cek-gratifikasi")
def to_report(situation: Situation) -> Mapping[str, Any]:
    """Return whether gifts must be reported, and until when to the office's unit and to the commission."""
    gifts = situation.values.get("cendera_mata") or ()
    found = rules.must_report([row["sifat"] for row in gifts])
    day, add = local_day(situation.values["rencana_mulai"]), situation.calendar.add_workdays
    limits = {
        "batas_upg": add(day, rules.figure("lapor_upg_hari_kerja")),
        "batas_kpk": add(day, rules.figure("lapor_kpk_hari_kerja")),
    }
    return {"perlu_lapor_gratifikasi": found, **(limits if found else {})}


@kunjungan.check("cek-gratifikasi")
def as_the_law_says(situation: Situation) -> Mapping[str, str]:
    """Refuse a conclusion other than the kinds of the gifts say."""
    gifts = situation.values.get("cendera_mata") or ()
    found = rules.must_report([row["sifat"] for row in gifts])
    if found == (situation.outcome == "Wajib lapor"):
        return {}
    return {
        "outcome": "Ada pemberian yang wajib dilaporkan."
        if found
        else "Tidak ada pemberian yang wajib dilaporkan."
    }


@kunjungan.row("kalender-kunjungan")
def visit(situation: Situation) -> Mapping[str, Any]:
    """Return the day of a visit."""
    return {"tanggal_kunjungan": local_day(situation.values["rencana_mulai"])}


@kunjungan.row("buku-tamu")
@kunjungan.row("register-spd-tamu")
def entered(situation: Situation) -> Mapping[str, Any]:
    """Return the day of an entry."""
    return {"tanggal_catat": local_day(situation.at)}


@kunjungan.row("daftar-pemberian")
def given(situation: Situation) -> Mapping[str, Any]:
    """Return the day of an entry, and how the report of a gift stands: none is due, one is, or it was made today."""
    today = local_day(situation.at)
    if situation.step.id == "lapor-gratifikasi":
        return {"tanggal_lapor": today, "status": "Dilaporkan"}
    due = situation.values.get("perlu_lapor_gratifikasi")
    return {"tanggal_catat": today, "status": "Belum dilaporkan" if due else "Tidak wajib lapor"}
