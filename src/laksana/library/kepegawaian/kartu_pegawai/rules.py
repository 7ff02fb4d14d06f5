"""The rules of cards: what a NIP must be and tells, whose card is whose, serials, and reports of marriage."""

import re
from datetime import date
from typing import Literal

from laksana.library.tables import Settings
from laksana.sop.nip import Nip, NipError
from laksana.sop.rules import rule
from laksana.worktime.calendar import months_later

Status = Literal["PNS", "CPNS", "PPPK"]
figure = Settings(__file__, "ketentuan-kartu.csv").whole
SPOUSE_CARDS = ("karis", "karsu")


@rule(
    "kartu-pegawai.batas-lapor", title="Batas laporan perkawinan", source="PP 10/1983 Pasal 2 jo. PP 45/1990"
)
def report_limit(tanggal_nikah: date) -> date:
    """Return the last day for reporting a marriage: the same day a year later, 28 February after a 29th."""
    return months_later(tanggal_nikah, 12 * figure("lapor_perkawinan_tahun"))


@rule(
    "kartu-pegawai.awalan-seri",
    title="Awalan nomor seri kartu istri/suami",
    source="SE Kepala BKN 13/2024",
    checked=True,
)
def serial_prefix(status: str, jenis_kartu: str) -> str:
    """Return the two letters with which the serial of a spouse card begins."""
    return f"{'B' if status == 'PPPK' else 'A'}.{'A' if jenis_kartu == 'karis' else 'B'}"


@rule(
    "kartu-pegawai.nomor-seri",
    title="Nomor seri kartu istri/suami",
    source="SE Kepala BKN 13/2024",
    checked=True,
)
def serial_fits(nomor: str, status: Status, jenis_kartu: Literal["karis", "karsu"]) -> bool:
    """Return whether a serial is the letters of status and card, and seven digits."""
    return re.fullmatch(re.escape(serial_prefix(status, jenis_kartu)) + r" ?[0-9]{7}", nomor) is not None


@rule(
    "kartu-pegawai.kartu-menurut-jenis-kelamin",
    title="Kartu menurut jenis kelamin",
    source="Keputusan Kepala BAKN 1158a/KEP/1983",
    checked=True,
)
def card_of(jenis_kelamin: Literal["L", "P"]) -> str:
    """Return the spouse card for which an employee may ask: karis (of the wife) a man, karsu (of the husband) a woman."""
    return "karsu" if jenis_kelamin == "P" else "karis"


@rule(
    "kartu-pegawai.lapor-terlambat",
    title="Keterlambatan laporan perkawinan",
    source="PP 10/1983 Pasal 2 jo. PP 45/1990",
)
def days_late(tanggal_nikah: date, tanggal_lapor: date) -> int:
    """Return by how many days a marriage was reported late; 0 in time."""
    return max(0, (tanggal_lapor - report_limit(tanggal_nikah)).days)


def age_at_appointment(nip: Nip) -> int:
    """Return the age at appointment: on the first of its month, or for a PPPK of its year."""
    month = nip.appointed_month or 1
    return nip.appointed_year - nip.born.year - ((month, 1) < (nip.born.month, nip.born.day))


def nip_fault(nip: Nip, status: Status, year: int) -> str | None:
    """Return why a well-formed NIP does not fit a status; None where it does. `year`: the present one."""
    pppk = status == "PPPK"
    if nip.is_pppk != pppk:
        return "Angka ke-13 dan 14 tidak sesuai dengan status kepegawaian."
    if pppk and not figure("pppk_tahun_pertama") <= nip.appointed_year <= year:
        return "Tahun pengangkatan PPPK tidak mungkin."
    if age_at_appointment(nip) < figure("usia_pengangkatan_terendah"):
        return "Umur pada pengangkatan terlalu muda."
    return None


@rule(
    "kartu-pegawai.nip",
    title="NIP dan NI PPPK",
    source="Peraturan Kepala BKN 22/2007 dan 43/2007; NI PPPK: praktik BKN",
)
def read_nip(nip: str, status: Status, tahun: int) -> dict[str, str | int | date | None]:
    """Return what a number tells in the year `tahun`: birth, appointment, sex and age at appointment, or why it is refused.

    `wajar` is False for an age that only warns.
    """
    try:
        found = Nip.parse(nip)
    except NipError as error:
        return {"ditolak": str(error)}
    if fault := nip_fault(found, status, tahun):
        return {"ditolak": fault}
    age = age_at_appointment(found)
    return {
        "ditolak": None, "lahir": found.born, "tahun_pengangkatan": found.appointed_year,
        "bulan_pengangkatan": found.appointed_month, "jenis_kelamin": "P" if found.female else "L", "umur_pengangkatan": age,
        "wajar": age <= figure("usia_pengangkatan_wajar"),
    }  # fmt: skip
