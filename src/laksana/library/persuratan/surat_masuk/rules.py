"""What law and office compute for an incoming letter. Figures come from the tables of the subject."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Literal

from laksana.library.inputs import OfficeTime
from laksana.library.persuratan.naskah import FIGURES, GRADES, SEALED, URGENCIES, Grade, Urgency, UrgencyRow
from laksana.library.tables import Row, Table
from laksana.numbering.services import Kind, Pattern, declare
from laksana.sop.duration import Unit
from laksana.sop.rules import rule
from laksana.worktime.calendar import WorkCalendar
from laksana.worktime.zone import local_day

OFFICE = "praktik kantor"
Reader = Literal["jalur", "persuratan", "pegawai", "luar"]
"""On the letter's path; of the Subbagian Umum; any other employee of the office; an outsider."""
Sight = Literal["isi", "data", "sampul", "tidak"]
"""The scan and everything; what was registered; only sender, number and time; nothing."""


class AccessRow(Row):
    """What one kind of reader sees of a letter of one grade."""

    sifat: Grade
    pembaca: Reader
    melihat: Sight


class RoutineRow(Row):
    """A routine matter that the Sekretaris disposes of; an empty cell means all."""

    jenis_naskah: str = ""
    kode_klasifikasi: str = ""
    keterangan: str = ""


ACCESS = Table(__file__, "akses-sifat.csv", AccessRow)
ROUTINE = Table(__file__, "urusan-rutin.csv", RoutineRow)


@rule("surat-masuk.buku-agenda", title="Buku dan tahun agenda surat", source=f"{OFFICE}; buku per tahun")
def agenda_book(sifat: Grade, diterima_pada: OfficeTime) -> tuple[str, int]:
    """Return the series and the year in which a letter is numbered: that of its receipt, not of its date."""
    return GRADES[sifat].agenda, local_day(diterima_pada).year


@rule("surat-masuk.nomor-agenda", title="Nomor agenda", source=f"{OFFICE}; buku per tahun")
def agenda_number(sifat: Grade, urut: int) -> str:
    """Return the agenda number as written: "1318", or "RHS-004" for a sealed letter, by the pattern that ships."""
    return _agenda_pattern(GRADES[sifat].agenda).written(urut, date.min)


def _agenda_pattern(book: str) -> Pattern:
    """Return the pattern that ships for a book: that of its first grade."""
    grade = next(each for each in GRADES.rows() if each.agenda == book)
    return Pattern(f"{grade.awalan_nomor}{{urut:0{grade.angka_nomor}}}")


for _book, _title in (("agenda-masuk", "Agenda surat masuk"), ("agenda-tertutup", "Agenda surat tertutup")):
    declare(Kind(_book, partial(_agenda_pattern, _book), title=_title, of_its_book=True))


@rule(
    "surat-masuk.batas-kecepatan",
    title="Batas tindak lanjut menurut derajat kecepatan",
    source="tingkat kecepatan Permendagri 54/2009 (lama); Permendagri 1/2023 menunggu konfirmasi",
)
def urgency_limit(kecepatan: Urgency, diterima_pada: OfficeTime, calendar: WorkCalendar) -> datetime:
    """Return until when a letter must have been followed up, by its urgency alone."""
    return calendar.deadline(diterima_pada, URGENCIES[kecepatan].batas_tindak_lanjut)


@rule("surat-masuk.batas-dari-isi", title="Batas tindak lanjut menurut derajat dan isi surat", source=OFFICE)
def follow_up_limit(
    kecepatan: Urgency,
    diterima_pada: OfficeTime,
    calendar: WorkCalendar,
    waktu_acara: OfficeTime | None = None,
    batas_jawaban: date | None = None,
) -> datetime:
    """Return until when a letter must have been followed up: the earliest by urgency, answer date and event.

    An answer date ends with the last working day on or before it; an event leaves the office's time before it.
    An event that is over when the letter arrives does not count.
    """
    limits = [urgency_limit(kecepatan, diterima_pada, calendar)]
    if batas_jawaban is not None:
        limits.append(calendar.closing(calendar.workday_on_or_before(batas_jawaban)))
    if waktu_acara is not None and not is_late_invitation(diterima_pada, waktu_acara):
        limits.append(calendar.subtract(waktu_acara, FIGURES["undangan_sebelum_acara"].nilai))
    return min(limits)


@rule("surat-masuk.batas-penerusan", title="Batas meneruskan surat kepada penerima disposisi", source=OFFICE)
def forwarding_limit(kecepatan: Urgency, diterima_pada: OfficeTime, calendar: WorkCalendar) -> datetime:
    """Return until when a letter must have reached those it was disposed to."""
    return calendar.deadline(diterima_pada, URGENCIES[kecepatan].batas_penerusan)


@rule("surat-masuk.undangan-lewat", title="Undangan yang tiba setelah acaranya", source=OFFICE)
def is_late_invitation(diterima_pada: OfficeTime, waktu_acara: OfficeTime) -> bool:
    """Return whether an invitation arrived after its event."""
    return waktu_acara < diterima_pada


@rule("surat-masuk.kecepatan-undangan", title="Derajat kecepatan undangan", source=OFFICE)
def invitation_urgency(kecepatan: Urgency, diterima_pada: OfficeTime, waktu_acara: OfficeTime) -> Urgency:
    """Return the urgency of an invitation: raised to what the time left demands, never lowered.

    Only one that arrives after its event becomes biasa, whatever was chosen (rule undangan-lewat).
    """
    if is_late_invitation(diterima_pada, waktu_acara):
        return _slowest().kecepatan
    left = waktu_acara - diterima_pada
    demanded = [
        row
        for row in URGENCIES.rows()
        if row.undangan_kurang_dari_jam is not None and left < timedelta(hours=row.undangan_kurang_dari_jam)
    ]
    return min([*demanded, URGENCIES[kecepatan]], key=lambda row: row.urutan).kecepatan


def _slowest() -> UrgencyRow:
    return max(URGENCIES.rows(), key=lambda row: row.urutan)


@dataclass(frozen=True)
class Letter:
    """What tells one letter from another."""

    asal_surat: str
    nomor_surat: str | None = None
    tanggal_surat: date | None = None


def comparable(text: str | None) -> str:
    """Return a text as letters are compared by it: in capitals, without blanks."""
    return "".join((text or "").split()).upper()


@rule("surat-masuk.duplikat", title="Surat ganda", source=OFFICE)
def is_duplicate(surat: Letter, lain: Letter) -> bool:
    """Return whether two letters of one agenda year are the same by sender, number (not empty) and date."""
    if not comparable(surat.nomor_surat) or surat.tanggal_surat is None:
        return False
    return _key(surat) == _key(lain)


@rule("surat-masuk.mungkin-duplikat", title="Kemungkinan surat ganda", source=OFFICE)
def may_be_duplicate(surat: Letter, lain: Letter) -> bool:
    """Return whether two letters are alike enough to look: the date agrees, and the sender or the number."""
    if surat.tanggal_surat is None or surat.tanggal_surat != lain.tanggal_surat:
        return False
    same_number = comparable(surat.nomor_surat) == comparable(lain.nomor_surat)
    same_sender = comparable(surat.asal_surat) == comparable(lain.asal_surat)
    return same_sender or (same_number and bool(comparable(surat.nomor_surat)))


def _key(letter: Letter) -> tuple[str, str, date | None]:
    return comparable(letter.asal_surat), comparable(letter.nomor_surat), letter.tanggal_surat


@rule("surat-masuk.tanggal-wajar", title="Kewajaran tanggal surat", source=OFFICE)
def letter_date(
    tanggal_surat: date, diterima_pada: OfficeTime
) -> Literal["wajar", "setelah_diterima", "perlu_catatan"]:
    """Return whether a letter's date is reasonable: not after its receipt; an old one asks for a note."""
    received = local_day(diterima_pada)
    if tanggal_surat > received:
        return "setelah_diterima"
    oldest = FIGURES["surat_lama"].nilai
    if oldest.unit is not Unit.DAY:
        raise ValueError(f"{FIGURES.file}: surat_lama counts in hari, not {oldest}")
    return "perlu_catatan" if received - tanggal_surat > timedelta(days=int(oldest.amount)) else "wajar"


@rule("surat-masuk.urusan-rutin", title="Urusan rutin yang cukup didisposisi Sekretaris", source=OFFICE)
def is_routine(jenis_naskah: str, kode_klasifikasi: str, terlambat: bool = False) -> bool:
    """Return whether the Sekretaris may dispose of a letter: delegated matters, and late invitations."""
    return terlambat or any(
        row.jenis_naskah in ("", jenis_naskah) and _is_of_code(kode_klasifikasi, row.kode_klasifikasi)
        for row in ROUTINE.rows()
    )


def _is_of_code(code: str, above: str) -> bool:
    return not above or code == above or code.startswith(above + ".")


@rule("surat-masuk.batas-anak", title="Batas waktu disposisi lanjutan", source=OFFICE)
def is_deadline_allowed(batas_waktu: OfficeTime | None, batas_induk: OfficeTime | None) -> bool:
    """Return whether a further disposition's deadline is not later than that of the one it follows from."""
    return batas_waktu is None or batas_induk is None or batas_waktu <= batas_induk


@rule("surat-masuk.tanpa-putaran", title="Disposisi tidak berputar", source=OFFICE)
def is_on_path(penerima: str, jalur: Sequence[str]) -> bool:
    """Return whether a receiver stands already on the path from the root: a disposition to him would be a loop."""
    return penerima in jalur


@rule("surat-masuk.penerima-disposisi", title="Kepada siapa disposisi dapat diberikan", source=OFFICE)
def may_receive(di_bawah_pemberi: bool, koordinator: bool) -> bool:
    """Return whether a disposition may go to a receiver: one below the giver, or one named as coordinator."""
    return di_bawah_pemberi or koordinator


@dataclass(frozen=True)
class Disposition:
    """A node of the tree of dispositions. A copy informs only: it never blocks."""

    laporan: bool
    wajib_lapor: bool = True
    tembusan: bool = False
    lanjutan: tuple["Disposition", ...] = ()


@rule("surat-masuk.pohon-disposisi", title="Selesainya pohon disposisi", source=f"{OFFICE}; lembar disposisi")
def is_finished(disposisi: Disposition) -> bool:
    """Return whether a disposition is done: it was reported, and every child that must report is done."""
    return disposisi.laporan and all(
        is_finished(child) for child in disposisi.lanjutan if child.wajib_lapor and not child.tembusan
    )


@rule("surat-masuk.penilai-laporan", title="Siapa menilai laporan tindak lanjut", source=OFFICE)
def report_judge(
    sifat: Grade, jenjang: int, pelapor_sekretaris: bool
) -> Literal["pemberi", "sekretaris", "kadis"]:
    """Return who judges a report: below the first level the giver; of a sealed letter the Kepala Dinas."""
    if jenjang > 1:
        return "pemberi"
    return "kadis" if pelapor_sekretaris or sifat in SEALED else "sekretaris"


@rule(
    "surat-masuk.delegasi",
    title="Disposisi kepada pejabat yang berhalangan",
    source="UU 30/2014 (mandat); praktik kantor",
)
def answering_officer(berhalangan: bool, ada_plh: bool) -> Literal["pejabat", "plh", "atasan"]:
    """Return to whom a disposition goes: of an absent officer to his Plh, without one to the next higher."""
    if not berhalangan:
        return "pejabat"
    return "plh" if ada_plh else "atasan"


@rule(
    "surat-masuk.akses-sifat",
    title="Siapa melihat apa menurut sifat surat",
    source="Peraturan BKN 17/2020 pasal 5, Peraturan Bapanas 3/2022 pasal 39 (sifat); ketentuan kantor (akses)",
)
def sight(sifat: Grade, pembaca: Reader) -> Sight:
    """Return what a reader sees of a letter."""
    found = (row.melihat for row in ACCESS.rows() if (row.sifat, row.pembaca) == (sifat, pembaca))
    return next(found, "tidak")


@rule("surat-masuk.sandi", title="Berita sandi", source=OFFICE)
def is_coded(berita_sandi: bool, tanda_kamar_sandi: bool) -> bool:
    """Return whether a letter is handed over unopened to the Kamar Sandi, without an agenda number here."""
    return berita_sandi or tanda_kamar_sandi
