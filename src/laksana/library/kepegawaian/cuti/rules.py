"""The rules of leave: how long it is and may be, what a year gives, its stages in sickness, and who grants it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from laksana.library.kepegawaian.figures import whole
from laksana.library.tables import Row, Table
from laksana.sop.rules import rule
from laksana.worktime.calendar import WorkCalendar, months_later

Kind = Literal["tahunan", "besar", "sakit", "melahirkan", "alasan_penting", "cltn"]
Status = Literal["PNS", "CPNS", "PPPK"]
UNITS = {"tahunan": "hari_kerja", "sakit": "hari", "alasan_penting": "hari"}
"""Kind of leave -> the unit in which it is counted; the others in months."""
SEVERE = ("keluarga_sakit_keras", "keluarga_meninggal", "menikah")
DAY = timedelta(days=1)


class Right(Row):
    """What the law gives for a kind of leave and a status: least service in months, the longest duration, and by extension.

    `lama_maks` 0 in the unit `sampai_sembuh` is without a limit; `perpanjangan` is in the same unit.
    """

    jenis: str
    status: str
    masa_kerja_min: int
    lama_maks: int
    satuan: str
    perpanjangan: int = 0
    penghasilan: str = ""


@dataclass(frozen=True)
class SickStage:
    """Where an illness stands: pemberitahuan, permintaan, perpanjangan or uji_kesehatan; limits are None until recovery."""

    tahap: str
    batas: date | None = None
    batas_perpanjangan: date | None = None


class Delegation(Row):
    """Who grants a kind of leave to whom; `lama_maks` in calendar days."""

    jenis: str
    kelompok: str
    lama_maks: int | None = None
    pejabat: str


RIGHTS = Table(__file__, "../hak-cuti.csv", Right)
DELEGATIONS = Table(__file__, "../pelimpahan-cuti.csv", Delegation)


@rule(
    "cuti.bulan-kalender",
    title="Akhir cuti yang dihitung dalam bulan",
    source="kebiasaan kalender (tafsiran kantor)",
)
def last_day(mulai: date, bulan: int) -> date:
    """Return the last day of a leave of whole months; in a month that lacks the day, the month's last one."""
    end = months_later(mulai, bulan)
    return end if end.day < mulai.day else end - DAY


@rule(
    "cuti.hari-kerja",
    title="Jumlah hari kerja",
    source="Perpres 21/2023 Pasal 3; SKB 3 Menteri",
    checked=True,
)
def workdays(mulai: date, selesai: date, calendar: WorkCalendar) -> int:
    """Return the working days from one day to another, both included: no weekends, holidays or cuti bersama."""
    return max(0, calendar.workdays_between(mulai - DAY, selesai))


@rule(
    "cuti.lama",
    title="Lama cuti dan satuannya",
    source="Peraturan BKN 24/2017; Perpres 21/2023",
    checked=True,
)
def length(
    jenis: Kind, mulai: date, selesai: date, calendar: WorkCalendar, tempat_sulit: int = 0
) -> tuple[int, str]:
    """Return how long a leave is, and its unit: working days, days, or months begun.

    The last `tempat_sulit` days of annual leave are those added for a place hard to reach; they are not counted.
    """
    unit = UNITS.get(jenis, "bulan")
    if unit == "hari_kerja":
        return workdays(mulai, selesai - timedelta(days=tempat_sulit), calendar), unit
    if unit == "hari":
        return (selesai - mulai).days + 1, unit
    count = 1
    while last_day(mulai, count) < selesai:
        count += 1
    return count, unit


def right_of(jenis: str, status: str, sub_jenis_sakit: str = "biasa") -> Right | None:
    """Return the row of a kind and a status, of sickness that of its cause where there is one; None without the right."""
    names = [f"sakit_{sub_jenis_sakit}"] if jenis == "sakit" else []
    rows = {(row.jenis, row.status): row for row in RIGHTS.rows()}
    return next((rows[name, status] for name in (*names, jenis) if (name, status) in rows), None)


@rule("cuti.jenis-menurut-status", title="Hak cuti menurut jenis dan status", source="PP 11/2017; PP 49/2018")
def entitled_to(jenis: Kind, status: Status, sub_jenis_sakit: str = "biasa") -> dict[str, str | int] | None:
    """Return least service in months, longest duration, unit, extension and pay of a kind of leave; None without the right."""
    row = right_of(jenis, status, sub_jenis_sakit)
    return None if row is None else row.model_dump(exclude={"jenis", "status"})


@rule(
    "cuti.hak-tahunan",
    title="Hak cuti tahunan tahun berjalan",
    source="Peraturan BKN 24/2017 III.A",
    checked=True,
)
def own_right(masa_kerja_bulan: int, status: Status = "PNS", alasan_penting: str = "") -> int:
    """Return the working days that a year gives by itself: nothing in the first, or a PPPK's few for severe reasons."""
    if masa_kerja_bulan >= whole("cuti_masa_kerja_bulan"):
        return whole("cuti_hari_setahun")
    return whole("cuti_pppk_tahun_pertama") if status == "PPPK" and alasan_penting in SEVERE else 0


@rule(
    "cuti.bawaan",
    title="Jumlah hak cuti tahunan dengan bawaan",
    source="Peraturan BKN 24/2017 III.A angka 8-10",
    checked=True,
)
def entitlement(terpakai_n1: int, terpakai_n2: int, ditangguhkan: int = 0, bertugas: int = 0) -> int:
    """Return the annual leave of a year: its own, what last year left, and the days worked on cuti bersama."""
    if terpakai_n1 == 0 and terpakai_n2 == 0:
        return whole("cuti_terbanyak") + bertugas
    left = max(0, whole("cuti_hari_setahun") - terpakai_n1 - ditangguhkan)
    return carried(left, ditangguhkan) + bertugas


@rule("cuti.tangguh", title="Hak tahun berikutnya setelah penangguhan", source="Peraturan BKN 24/2017 III.A")
def carried(sisa: int, ditangguhkan: int = 0) -> int:
    """Return a year's right with the days deferred to it, whole, and of what else was left as many as may be carried."""
    own, most = whole("cuti_hari_setahun"), whole("cuti_terbanyak")
    return min(most, own + ditangguhkan + min(whole("cuti_bawaan_terbanyak"), max(0, sisa)))


@rule("cuti.besar", title="Hari terakhir cuti besar", source="Peraturan BKN 24/2017 III.B")
def long_leave_until(mulai: date, terpakai_tahunan: int = 0) -> date:
    """Return the last day that long leave may have: annual leave taken in the same year is taken off its end."""
    right = right_of("besar", "PNS")
    return last_day(mulai, right.lama_maks if right else 0) - timedelta(days=terpakai_tahunan)


@rule("cuti.besar-berhak", title="Masa kerja untuk cuti besar", source="Peraturan BKN 24/2017 III.B")
def long_leave_from(
    tmt_masuk: date, cuti_besar_terakhir: date | None = None, haji_pertama: bool = False
) -> date:
    """Return from when long leave may be taken: so many months after joining, or after the last one; at once for a first hajj."""
    right = right_of("besar", "PNS")
    least = 0 if haji_pertama or right is None else right.masa_kerja_min
    return months_later(max(tmt_masuk, cuti_besar_terakhir or tmt_masuk), least)


@rule(
    "cuti.sakit-tahap",
    title="Tahap cuti sakit",
    source="PP 17/2020 Pasal 320; Peraturan BKN 7/2021",
)
def sick_stage(
    mulai: date, selesai: date, status: Status = "PNS", sub_jenis_sakit: str = "biasa"
) -> SickStage:
    """Return what an illness that has lasted without a break from one day to another asks, and its limits.

    `tahap`: pemberitahuan (one day), permintaan, perpanjangan (past the longest, with a letter of the examining team), or
    uji_kesehatan (past the extension too). Limits are None where leave lasts until recovery.
    """
    right = right_of("sakit", status, sub_jenis_sakit)
    if right is None or right.satuan == "sampai_sembuh":
        return SickStage("permintaan")
    until = sick_until(mulai, right.lama_maks, right.satuan)
    extended = sick_until(mulai, right.lama_maks + right.perpanjangan, right.satuan)
    stage = "pemberitahuan" if mulai == selesai else "permintaan"
    if selesai > until:
        stage = "perpanjangan" if selesai <= extended else "uji_kesehatan"
    return SickStage(stage, until, extended)


def sick_until(mulai: date, lama: int, satuan: str) -> date:
    """Return the last day of so many months or days."""
    return last_day(mulai, lama) if satuan == "bulan" else mulai + timedelta(days=lama - 1)


@rule(
    "cuti.melahirkan",
    title="Jenis cuti untuk persalinan",
    source="PP 11/2017 Pasal 325-327; Peraturan BKN 7/2022",
)
def birth_kind(anak_ke: int, status: Status = "PNS") -> str | None:
    """Return the kind of leave for a birth: long leave from the fourth child on, which a PPPK does not have (None)."""
    if anak_ke <= whole("cuti_melahirkan_anak_terbanyak"):
        return "melahirkan"
    return "besar" if right_of("besar", status) else None


@rule("cuti.cltn", title="Batas cuti di luar tanggungan negara", source="PP 11/2017 Pasal 334-340")
def unpaid_limits(mulai: date, selesai: date) -> dict[str, date]:
    """Return the last days of unpaid leave, of asking for its extension, of the extension, and of reporting back after it."""
    right = right_of("cltn", "PNS")
    most, more = (right.lama_maks, right.perpanjangan) if right else (0, 0)
    return {
        "paling_lama": last_day(mulai, most),
        "minta_perpanjangan": months_later(selesai, -whole("cltn_perpanjangan_bulan_sebelum")),
        "perpanjangan_paling_lama": last_day(selesai + DAY, more),
        "lapor_kembali": last_day(selesai + DAY, whole("cltn_lapor_bulan")),
    }


@rule(
    "cuti.istri-melahirkan",
    title="Hari terakhir cuti mendampingi istri melahirkan",
    source="Peraturan BKN 24/2017 III.E; juru bicara BKN 16 Maret 2018",
)
def birth_of_wife_until(mulai: date, hari_rawat: int) -> date:
    """Return the last day of leave for a wife in childbirth: of the days in hospital, and never past the longest of its kind."""
    right = right_of("alasan_penting", "PNS")
    stay = mulai + timedelta(days=hari_rawat - 1)
    return min(stay, last_day(mulai, right.lama_maks)) if right else stay


@rule(
    "cuti.sakit-dalam-tahunan",
    title="Hari cuti tahunan yang dikembalikan karena sakit",
    source="kebiasaan kantor",
)
def given_back_by_sickness(
    mulai_sakit: date, mulai_tahunan: date, selesai_tahunan: date, calendar: WorkCalendar
) -> int:
    """Return the working days of granted annual leave that come back from the first day of sickness in it."""
    return workdays(max(mulai_sakit, mulai_tahunan), selesai_tahunan, calendar)


@rule(
    "cuti.wewenang",
    title="Pejabat yang berwenang memberikan cuti",
    source="pelimpahan wewenang; susunan bawaan adalah contoh",
)
def grants(jenis: Kind, kelompok_pemohon: str, mulai: date, selesai: date, luar_negeri: bool = False) -> str:
    """Return who grants: kepala_dinas, sekda or wali_kota, by the first row of the office's delegation that fits.

    Leave abroad goes to the next higher official until the office says otherwise.
    """
    days = (selesai - mulai).days + 1
    for row in DELEGATIONS.rows():
        fits = row.jenis in (jenis, "semua") and row.kelompok in (kelompok_pemohon, "semua")
        if fits and (row.lama_maks is None or days <= row.lama_maks):
            return "sekda" if luar_negeri and row.pejabat == "kepala_dinas" else row.pejabat
    return "wali_kota"
