"""What law and office compute for an outgoing letter. Figures, patterns and mandates come from tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Literal

from laksana.documents.services import Naming, Signatory, capacity_lines
from laksana.library.inputs import OfficeTime
from laksana.library.persuratan.naskah import FIGURES, GRADES, KINDS, SEALED, URGENCIES, Grade, Urgency
from laksana.library.persuratan.numbers import PATTERNS, written
from laksana.library.tables import Row, Table
from laksana.sop.rules import rule
from laksana.worktime.calendar import WorkCalendar

OFFICE = "praktik kantor"
Signer = Literal["kadis", "sekretaris_an_kadis", "plh_kadis", "plt_kadis", "sekda", "wali_kota"]
OF_SETDA: tuple[Signer, ...] = ("sekda", "wali_kota")
_SIGNING_OFFICE: dict[Signer, str] = {
    "kadis": "kadis",
    "plh_kadis": "kadis",
    "plt_kadis": "kadis",
    "sekretaris_an_kadis": "sekretaris",
    "sekda": "sekda",
    "wali_kota": "wali_kota",
}
"""Signer -> the office that the table of kinds names."""


class MandateRow(Row):
    """A kind that the Sekretaris may sign a.n. Kepala Dinas, and while which days."""

    jenis_naskah: str
    dasar: str
    berlaku_sejak: date
    berlaku_sampai: date | None = None


MANDATES = Table(__file__, "mandat-sekretaris.csv", MandateRow)


@rule("surat-keluar.hitung-hari", title="Batas dalam hari kerja", source="spp-spm; praktik")
def working_day_limit(mulai: date, hari: int, calendar: WorkCalendar) -> date:
    """Return the n-th working day after a day, itself not counted."""
    return calendar.add_workdays(mulai, hari)


@rule("surat-keluar.batas-konsep", title="Batas dari konsep sampai kirim", source="standar waktu kantor")
def drafting_limit(kecepatan: Urgency, konsep_selesai: OfficeTime, calendar: WorkCalendar) -> datetime:
    """Return until when a letter must have been sent, from the end of its drafting."""
    return calendar.deadline(konsep_selesai, URGENCIES[kecepatan].batas_konsep)


@rule("surat-keluar.nomor-urut", title="Seri dan tahun nomor surat", source=f"{OFFICE}; dapat diatur")
def number_series(jenis_naskah: str, tanggal_surat: date) -> tuple[str, int] | None:
    """Return the series and year in which a kind is numbered on a day; None where others number it."""
    series = PATTERNS[KINDS[jenis_naskah].pola_nomor].seri
    return (series, tanggal_surat.year) if series else None


@rule(
    "surat-keluar.susunan-nomor",
    title="Susunan nomor surat",
    source="Permendagri 83/2022; pola terbaca pada surat beberapa daerah",
    checked=True,
)
def letter_number(
    jenis_naskah: str,
    kode_klasifikasi: str,
    nomor_urut: int,
    tanggal_surat: date,
    sifat: Grade = "biasa",
    sisipan: str = "",
) -> str:
    """Return the number of a letter as its kind's pattern writes it: "500.12/874/Diskominfo/2026"."""
    pattern = PATTERNS[KINDS[jenis_naskah].pola_nomor]
    return written(pattern, kode_klasifikasi, nomor_urut, tanggal_surat, sifat, sisipan)


@rule("surat-keluar.nomor-setda", title="Naskah yang dinomori Setda", source=OFFICE)
def is_numbered_by_setda(penanda_tangan: Signer) -> bool:
    """Return whether a document takes its number from the Setda and spends none of the Dinas."""
    return penanda_tangan in OF_SETDA


@rule("surat-keluar.tanggal-nomor", title="Tanggal dan nomor naik bersama", source=OFFICE)
def dates_rise(tanggal: Sequence[date]) -> bool:
    """Return whether the dates of a series, in the order of its numbers, never fall."""
    return all(earlier <= later for earlier, later in pairwise(tanggal))


@rule("surat-keluar.nomor-sisipan", title="Nomor sisipan", source=f"{OFFICE}; dapat dilarang kantor")
def may_insert(
    tanggal_mundur: date, hari_ini: date, calendar: WorkCalendar
) -> Literal["boleh", "tidak_dibolehkan", "bukan_mundur", "tahun_lain", "terlalu_jauh"]:
    """Return whether a letter may carry an earlier date by an inserted number, and if not, why."""
    furthest = int(FIGURES["nomor_sisipan_mundur"].nilai.amount)
    if furthest == 0:
        return "tidak_dibolehkan"
    if tanggal_mundur >= hari_ini:
        return "bukan_mundur"
    if tanggal_mundur.year != hari_ini.year:
        return "tahun_lain"
    return "boleh" if calendar.workdays_between(tanggal_mundur, hari_ini) <= furthest else "terlalu_jauh"


@rule("surat-keluar.jalur-paraf", title="Jalur paraf", source=OFFICE)
def initials_path(
    penanda_tangan: Signer, tanpa_kasi: bool = False, tanpa_kabid: bool = False, koordinasi: bool = False
) -> list[str]:
    """Return the steps whose paraf a draft must carry before it is signed, from the drafter upwards.

    A drafter who leads his unit needs no paraf of a section; where one official is both superior and head of the
    unit, one paraf counts for both.
    """
    path = [] if tanpa_kasi else ["paraf-kasi"]
    path += [] if tanpa_kabid and not koordinasi else ["paraf-kabid"]
    path += ["paraf-koordinasi"] if koordinasi else []
    path += ["tata-naskah"]
    path += [] if penanda_tangan == "sekretaris_an_kadis" else ["paraf-sekretaris"]
    return path + (["setujui"] if penanda_tangan in OF_SETDA else [])


@dataclass(frozen=True)
class Initial:
    """A paraf: at which step, on which version of the draft."""

    langkah: str
    versi: int


@rule(
    "surat-keluar.paraf-hierarki",
    title="Kelengkapan paraf",
    source="Peraturan ANRI 5/2021 dan tata naskah dinas; rinciannya belum dibaca",
)
def is_ready_to_sign(paraf: Sequence[Initial], jalur: Sequence[str], versi: int) -> bool:
    """Return whether every level of the path has its paraf on this version or a later one.

    `versi` is the last version whose text changed; one marked redaksional leaves the older paraf standing.
    """
    return all(any(each.langkah == step and each.versi >= versi for each in paraf) for step in jalur)


@rule(
    "surat-keluar.kewenangan",
    title="Kewenangan menandatangani",
    source="Permendagri 1/2023 (rinciannya belum dibaca); UU 30/2014",
)
def signing_authority(
    jenis_naskah: str, penanda_tangan: Signer, tanggal: date, tujuan: Sequence[str] = ()
) -> Literal["berwenang", "jenis_tidak_berwenang", "tanpa_mandat", "kepada_wali_kota"]:
    """Return whether a signer may sign a kind of document for these addressees on a day, and if not, why."""
    if _SIGNING_OFFICE[penanda_tangan] not in KINDS[jenis_naskah].penanda_tangan:
        return "jenis_tidak_berwenang"
    if penanda_tangan != "sekretaris_an_kadis":
        return "berwenang"
    if any("wali kota" in each.lower() for each in tujuan):
        return "kepada_wali_kota"
    mandates = (row for row in MANDATES.rows() if row.jenis_naskah == jenis_naskah)
    in_force = any(row.berlaku_sejak <= tanggal <= (row.berlaku_sampai or tanggal) for row in mandates)
    return "berwenang" if in_force else "tanpa_mandat"


@rule(
    "surat-keluar.penulisan-nama",
    title="Penulisan nama penanda tangan",
    source="Permendagri 1/2023 pasal 44 ayat (1)-(5)",
    checked=True,
)
def naming(jenis_naskah: str, penanda_tangan: Signer = "kadis", penjabat: bool = False) -> Naming:
    """Return how a signatory's name is written: by the kind of document and by his office.

    `penjabat`: penjabat, pjs., plt. or plh. of the Kepala Daerah or the Sekda.
    """
    if KINDS[jenis_naskah].gelar == "tanpa_gelar":
        return Naming.PLAIN
    if penanda_tangan in OF_SETDA:
        return Naming.BARE if penjabat else Naming.UNRANKED
    return Naming.FULL


@rule("surat-keluar.ttd-atas-nama", title="Baris jabatan penanda tangan", source="tata naskah dinas")
def signature_lines(
    penanda_tangan: Signer, kepala: str = "Kepala Dinas", sekretaris: str = "Sekretaris"
) -> list[str]:
    """Return the lines above the signature: "Kepala Dinas,", "a.n. Kepala Dinas" and "Sekretaris,", "Plh. ..."."""
    match penanda_tangan:
        case "sekretaris_an_kadis":
            return capacity_lines(Signatory(sekretaris, for_title=kepala))
        case "plh_kadis" | "plt_kadis":
            return capacity_lines(Signatory(kepala, acting=f"{penanda_tangan[:3].capitalize()}."))
        case "sekda":
            return capacity_lines(Signatory("Sekretaris Daerah"))
        case "wali_kota":
            return capacity_lines(Signatory("Wali Kota"))
    return capacity_lines(Signatory(kepala))


@rule("surat-keluar.tte", title="Tanda tangan elektronik", source="PP 71/2019; praktik dengan BSrE")
def electronic_signing(
    tanggal: date,
    sertifikat_sampai: date,
    dicabut: bool = False,
    sandi_benar: bool = True,
    layanan_ada: bool = True,
) -> Literal["berhasil", "sertifikat_kedaluwarsa", "sertifikat_dicabut", "sandi_salah", "layanan_tidak_ada"]:
    """Return whether a document can be signed electronically, and if not, why. The number stays in either case."""
    if tanggal > sertifikat_sampai:
        return "sertifikat_kedaluwarsa"
    if dicabut:
        return "sertifikat_dicabut"
    if not sandi_benar:
        return "sandi_salah"
    return "berhasil" if layanan_ada else "layanan_tidak_ada"


@rule(
    "surat-keluar.kode-derajat",
    title="Kode sifat pada naskah dan sampul",
    source="Peraturan Badan Pangan Nasional 3/2022 pasal 39 (terbaca; model nasional)",
    checked=True,
)
def grade_mark(sifat: Grade) -> tuple[str, str]:
    """Return the code at the upper left of a document and its ink: ("SR", "merah")."""
    row = GRADES[sifat]
    return row.kode, row.warna


@rule(
    "surat-keluar.sampul-rahasia",
    title="Sampul rangkap dan hal surat rahasia",
    source="Peraturan Bapanas 3/2022 pasal 39 ayat (2) (terbaca); selebihnya praktik kantor",
)
def subject_in_books(hal: str, sifat: Grade) -> str:
    """Return the subject as the books show it: "(rahasia)" for letters that go in a double envelope."""
    return "(rahasia)" if GRADES[sifat].sampul_rangkap or sifat in SEALED else hal


@rule(
    "surat-keluar.pertinggal",
    title="Berkas pertinggal",
    source="Peraturan Ombudsman 53/2021 pasal 61 (terbaca; model nasional)",
    checked=True,
)
def file_of_copy(berkas_surat_masuk: str | None, berkas_usulan: str) -> str:
    """Return the file of a file copy: that of the incoming letter on the same subject, where there is one."""
    return berkas_surat_masuk or berkas_usulan


@rule("surat-keluar.tembusan", title="Penulisan tembusan", source="tata naskah dinas")
def copies_as_printed(tembusan: Sequence[str]) -> list[str]:
    """Return the lines of the copies: none without one, one without number, several numbered; never the archive."""
    named = [each for each in tembusan if not is_own_archive(each)]
    return named if len(named) < 2 else [f"{number}. {each}" for number, each in enumerate(named, 1)]


def is_own_archive(copy: str) -> bool:
    """Return whether a copy is meant for the office's own archive, which is not printed."""
    return copy.strip().strip(".").lower() in ("arsip", "pertinggal", "arsip/pertinggal", "pertinggal/arsip")
