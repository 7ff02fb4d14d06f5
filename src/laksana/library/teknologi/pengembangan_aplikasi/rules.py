"""The rules of applications: the weight of a finding, the level of a risk, what a subdomain may be called, and duplication."""

import re
from collections.abc import Collection
from datetime import date
from decimal import Decimal

from cvss import CVSS3
from cvss.exceptions import CVSS3Error

from laksana.library.rounding import half_up
from laksana.library.tables import Row, Table, YesNo
from laksana.sop.rules import rule
from laksana.worktime.calendar import WorkCalendar


class Severity(Row):
    """From which CVSS base score a finding has this severity, and within how many working days it is repaired."""

    tingkat: str
    dari: Decimal
    hari_kerja: int


class Risk(Row):
    """What a likelihood and an impact make together: a place in the order 1 to 25, and its level."""

    kemungkinan: int
    dampak: int
    besaran: int
    tingkat: str


class Reserved(Row):
    """A subdomain that is given to nobody, or only with the consent of the Sekretaris Daerah."""

    nama: str
    alasan: str
    izin: YesNo


SEVERITIES = Table(__file__, "tingkat-temuan.csv", Severity, key="tingkat")
RISKS = Table(__file__, "matriks-risiko.csv", Risk)
RESERVED = Table(__file__, "subdomain-terlarang.csv", Reserved, key="nama")
_LABEL = re.compile(r"[a-z](?:[a-z0-9-]*[a-z0-9])?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SHORTEST, _LONGEST = 3, 30


class VectorError(ValueError):
    """A text is no CVSS 3.1 vector."""


@rule("pengembangan-aplikasi.cvss", title="Skor dasar CVSS 3.1", source="CVSS v3.1, FIRST", checked=True)
def base_score(vektor: str) -> Decimal:
    """Return the base score, 0.0 to 10.0, of a vector such as CVSS:3.1/AV:N/AC:L/... Raises VectorError."""
    if not vektor.strip().startswith("CVSS:3.1/"):
        raise VectorError("Vektor ditulis CVSS:3.1/AV:…/AC:…/PR:…/UI:…/S:…/C:…/I:…/A:….")
    try:
        return Decimal(str(CVSS3(vektor.strip()).base_score))
    except CVSS3Error:
        raise VectorError("Vektor CVSS 3.1 tidak lengkap atau salah tulis.") from None


@rule(
    "pengembangan-aplikasi.tingkat-temuan", title="Tingkat temuan keamanan", source="CVSS v3.1", checked=True
)
def severity(skor: Decimal) -> str | None:
    """Return the severity of a base score; None for 0.0, which is no finding."""
    found = [row for row in SEVERITIES.rows() if skor >= row.dari]
    return max(found, key=lambda row: row.dari).tingkat if found else None


@rule("pengembangan-aplikasi.batas-perbaikan", title="Batas perbaikan temuan", source="ketetapan setempat")
def repaired_by(tingkat: str, dilaporkan: date, calendar: WorkCalendar) -> date:
    """Return by when a finding is repaired, counted in working days after its report."""
    return calendar.add_workdays(dilaporkan, SEVERITIES[tingkat].hari_kerja)


@rule("pengembangan-aplikasi.risiko", title="Besaran dan tingkat risiko SPBE", source="PermenPANRB 5/2020")
def risk(kemungkinan: int, dampak: int) -> tuple[int, str]:
    """Return a risk's place in the order 1 to 25 and its level, both from 1 to 5; no product of them."""
    found = next(row for row in RISKS.rows() if (row.kemungkinan, row.dampak) == (kemungkinan, dampak))
    return found.besaran, found.tingkat


@rule(
    "pengembangan-aplikasi.kesamaan",
    title="Kesamaan fungsi",
    source="Perpres 95/2018; ambang ketetapan setempat",
)
def overlap(terpenuhi: int, wajib: int) -> Decimal:
    """Return the percent of the required functions that an application already meets; 0 where none is required."""
    return half_up(Decimal(100 * terpenuhi) / wajib) if wajib else Decimal(0)


@rule(
    "pengembangan-aplikasi.subdomain",
    title="Nama subdomain",
    source="Permenkominfo 5/2015; ketetapan setempat",
)
def subdomain_fault(nama: str, terpakai: Collection[str] = (), izin_sekda: bool = False) -> str:
    """Return in words why a subdomain is not given, "" where it is; it names a better one where there is one."""
    if not _SHORTEST <= len(nama) <= _LONGEST:
        return f"Nama subdomain {_SHORTEST} sampai {_LONGEST} karakter."
    if nama != nama.lower():
        return f"Tanpa huruf besar; gunakan {nama.lower()}."
    if not _LABEL.fullmatch(nama) or "--" in nama:
        return "Mulai dengan huruf, lalu huruf, angka, atau tanda hubung tunggal, dan tidak berakhir dengan tanda hubung."
    if _YEAR.search(nama):
        return "Tanpa tahun."
    reserved = RESERVED.get(nama)
    if reserved and not (reserved.izin and izin_sekda):
        return f"Tidak diberikan: {reserved.alasan}."
    return "Sudah dipakai aplikasi lain." if nama in terpakai else ""
