"""What incoming and outgoing letters share: kinds, security grades, urgencies and archive codes."""

from typing import Literal

from laksana.library.tables import Listed, Row, Table, YesNo
from laksana.sop.definition import Time

Grade = Literal["biasa", "terbatas", "rahasia", "sangat_rahasia"]
"""Sifat: the security classification of a letter."""
Urgency = Literal["biasa", "penting", "segera", "amat_segera"]
"""Derajat kecepatan."""
SEALED: tuple[Grade, ...] = ("rahasia", "sangat_rahasia")
"""Grades whose envelope only the addressee opens."""


class GradeRow(Row):
    """A security grade: its code, its envelope, and the agenda in which letters of it are entered."""

    sifat: Grade
    nama: str
    kode: str
    warna: Literal["hitam", "merah"]
    sampul_rangkap: YesNo
    agenda: Literal["agenda-masuk", "agenda-tertutup"]
    awalan_nomor: str = ""
    angka_nomor: int


class UrgencyRow(Row):
    """An urgency with its time limits; the most urgent has the lowest `urutan`."""

    kecepatan: Urgency
    nama: str
    urutan: int
    batas_tindak_lanjut: Time
    batas_penerusan: Time
    batas_konsep: Time
    undangan_kurang_dari_jam: int | None = None


class CodeRow(Row):
    """An archive classification code, and how long its records are kept."""

    kode: str
    uraian: str
    retensi_aktif: str = ""
    retensi_inaktif: str = ""
    nasib_akhir: str = ""


class KindRow(Row):
    """A kind of naskah dinas: which pattern numbers it, who may sign it, how names are written on it."""

    id: str
    nama: str
    kelompok: str
    singkatan: str
    pola_nomor: Literal["umum", "kep_dinas", "kep_huk", "nomor_tahun", "sop", "tanpa_nomor"]
    penanda_tangan: Listed
    bentuk: str
    gelar: Literal["dengan_gelar", "tanpa_gelar", "-"]
    huruf: str


class FigureRow(Row):
    """A single figure that the office has set."""

    ketentuan: str
    nilai: Time
    keterangan: str = ""


GRADES = Table(__file__, "sifat-naskah.csv", GradeRow, key="sifat")
URGENCIES = Table(__file__, "derajat-kecepatan.csv", UrgencyRow, key="kecepatan")
CODES = Table(__file__, "kode-klasifikasi.csv", CodeRow, key="kode")
KINDS = Table(__file__, "jenis-naskah.csv", KindRow, key="id")
FIGURES = Table(__file__, "ketentuan-persuratan.csv", FigureRow, key="ketentuan")


def retention(code: str) -> CodeRow | None:
    """Return the row that says how long records of a code are kept: its own, or the nearest above it."""
    while code:
        row = CODES.get(code)
        if row is not None and (row.retensi_aktif or row.retensi_inaktif or row.nasib_akhir):
            return row
        code = code.rpartition(".")[0]
    return None
