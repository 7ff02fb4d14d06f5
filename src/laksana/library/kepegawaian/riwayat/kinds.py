"""What each part of the file holds, typed, under the column names of the personnel spreadsheets."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from laksana.library.kepegawaian.ranks import GRADES, RATINGS

Months = Annotated[int, Field(ge=0, le=11)]
Count = Annotated[int, Field(ge=0)]
Name = Annotated[str, Field(min_length=1, max_length=200)]


def _grade(text: str) -> str:
    if GRADES.get(text) is None:
        raise ValueError("golongan ini tidak ada dalam tabel pangkat")
    return text


def _rating(text: str) -> str:
    if RATINGS.get(text) is None:
        raise ValueError("predikat ini tidak ada dalam tabel predikat")
    return text


Grade = Annotated[str, AfterValidator(_grade)]


class Content(BaseModel):
    """Base of what a row holds."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class GradeContent(Content):
    """A grade, with the service in grade on its first day."""

    golongan: Grade
    mkg_tahun: Count
    mkg_bulan: Months


class PayContent(Content):
    """A basic pay; the grade of a PPPK is a Roman number of its own, so it is only text here."""

    golongan: Name
    gaji_pokok: Annotated[Decimal, Field(gt=0, max_digits=12, decimal_places=2)]
    mkg_tahun: Count
    mkg_bulan: Months


class PositionContent(Content):
    """A position."""

    jabatan: Name
    unit_kerja: Name


class EducationContent(Content):
    """A schooling that ended."""

    jenjang: Name
    sekolah: Name
    jurusan: str = ""


class FamilyContent(Content):
    """A member of the family, and whether the allowance is paid for him."""

    hubungan: Name
    nama: Name
    tanggal_lahir: date
    tertanggung: bool


class DisciplineContent(Content):
    """A disciplinary punishment."""

    tingkat: Name
    jenis_hukuman: Name


class LeaveContent(Content):
    """A leave that was taken."""

    jenis_cuti: Name
    lama: Count


class AttendanceContent(Content):
    """The attendance of a month."""

    hari_kerja: Count
    hadir: Count
    tanpa_keterangan: Count
    dinas_luar: Count = 0
    cuti: Count = 0
    sakit: Count = 0
    izin: Count = 0
    tugas_belajar: Count = 0
    terlambat_menit: Count = 0
    pulang_awal_menit: Count = 0


class AwardContent(Content):
    """An award."""

    penghargaan: Name


class RatingContent(Content):
    """A yearly rating."""

    tahun: Annotated[int, Field(ge=1950, le=2200)]
    predikat: Annotated[str, AfterValidator(_rating)]


class ContractContent(Content):
    """A contract of a PPPK: its days are those of the row."""

    golongan_pppk: Name
    jabatan: Name


class CardContent(Content):
    """A card that was issued: of the employee, or of his spouse."""

    jenis_kartu: Name
    nomor: Name


class RetirementContent(Content):
    """The end of service with a pension; the estimate is in whole rupiah a month."""

    jenis_pensiun: Name
    perkiraan_pensiun: Annotated[Decimal, Field(ge=0, max_digits=12, decimal_places=2)] | None = None


CONTENTS: Mapping[str, type[Content]] = {
    "pangkat": GradeContent,
    "gaji": PayContent,
    "jabatan": PositionContent,
    "pendidikan": EducationContent,
    "keluarga": FamilyContent,
    "disiplin": DisciplineContent,
    "cuti": LeaveContent,
    "kehadiran": AttendanceContent,
    "penghargaan": AwardContent,
    "skp": RatingContent,
    "kontrak": ContractContent,
    "kartu": CardContent,
    "pensiun": RetirementContent,
}
"""Kind of row -> what it holds."""


class ContentError(ValueError):
    """What was given is not what the kind holds; `faults` maps a column to what is wrong with it."""

    def __init__(self, faults: dict[str, str]) -> None:
        super().__init__("; ".join(f"{name}: {why}" for name, why in faults.items()))
        self.faults = faults


def content(kind: str, given: Mapping[str, Any]) -> Content:
    """Return what a row of a kind holds. Raises ContentError naming each wrong column."""
    try:
        return CONTENTS[kind].model_validate(dict(given))
    except ValidationError as error:
        raise ContentError({str(e["loc"][0]) if e["loc"] else "": _told(e) for e in error.errors()}) from None


_WORDS = {
    "missing": "belum diisi",
    "string_too_short": "belum diisi",
    "string_too_long": "terlalu panjang",
    "extra_forbidden": "kolom ini tidak dikenal",
    "greater_than": "harus lebih dari {gt}",
    "greater_than_equal": "paling kecil {ge}",
    "less_than_equal": "paling besar {le}",
}


def _told(error: Any) -> str:
    words = _WORDS.get(error["type"])
    if words is not None:
        return words.format(**error.get("ctx", {}))
    if error["type"] == "value_error":
        return str(error["msg"]).removeprefix("Value error, ")
    if "int" in error["type"]:
        return "bukan bilangan bulat"
    if "decimal" in error["type"]:
        return "bukan bilangan"
    return "bukan tanggal" if "date" in error["type"] else "tidak dapat dibaca"
