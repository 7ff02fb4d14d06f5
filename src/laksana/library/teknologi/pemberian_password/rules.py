"""The rules of official accounts: user names, whose NIP is whose, when a password ends, and what becomes of a closed account."""

import re
import unicodedata
from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from laksana.library.tables import Row, Settings, Table
from laksana.sop.nip import Nip
from laksana.sop.rules import rule
from laksana.worktime.calendar import WorkCalendar
from laksana.worktime.zone import OFFICE_ZONE

FIRST_CONTRACT = 21
_CONTRACTED = ("pppk", "pppk_paruh_waktu")


class Policy(Row):
    """What is asked of passwords of a kind of account: length, classes, and days until they end."""

    jenis_akun: str
    panjang_minimal: int
    panjang_maksimal: int
    kelas_karakter_minimal: int
    masa_berlaku: int
    pengingat_sebelum_habis: int


class Title(Row):
    """A title before a name."""

    gelar: str


class Domain(Row):
    """What stands behind the @ of an official address."""

    domain: str


POLICIES = Table(__file__, "kebijakan-kata-sandi.csv", Policy, key="jenis_akun")
TITLES = Table(__file__, "gelar-depan.csv", Title, key="gelar")
DOMAINS = Table(__file__, "domain-surel.csv", Domain)
figure = Settings(__file__, "ketentuan-akun.csv")


@rule("pemberian-password.nama-pengguna", title="Nama pengguna dari nama lengkap", source="praktik setempat")
def user_name(nama: str, terpakai: Collection[str] = ()) -> str:
    """Return first and last name without titles, in plain small letters; with 2, 3 ... where somebody had it before."""
    words = _plain(nama.partition(",")[0]).split()
    while len(words) > 1 and words[0].replace(".", "") in {row.gelar for row in TITLES.rows()}:
        words.pop(0)
    names = [cleaned for word in words if (cleaned := re.sub("[^a-z0-9]", "", word))]
    while len(names) > 1 and len(names[-1]) == 1:
        names.pop()
    longest = figure.whole("nama_terpanjang")
    base = f"{names[0]}.{names[-1]}" if len(names) > 1 else "".join(names)
    name, number = base[:longest], 1
    while name in terpakai:
        number += 1
        name = base[: longest - len(str(number))] + str(number)
    return name


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return decomposed.encode("ascii", "ignore").decode().lower()


def address(name: str) -> str:
    """Return the official address of a user name."""
    return f"{name}@{DOMAINS.rows()[0].domain}"


@rule("pemberian-password.nip", title="NIP sesuai status pegawai", source="praktik BKN")
def nip_fault(nip: str, status_pegawai: str) -> str:
    """Return in words what digits 13 and 14 say against an employee's status; "" where they fit. Raises NipError."""
    found = Nip.parse(nip)
    code = found.number[12:14]
    if status_pegawai in _CONTRACTED and not found.is_pppk:
        return f"Angka ke-13 dan 14 adalah {code}; pada NIP PPPK {FIRST_CONTRACT} atau lebih."
    if status_pegawai == "pns" and found.is_pppk:
        return f"Angka ke-13 dan 14 adalah {code}; pada NIP PNS bulan pengangkatan 01 sampai 12."
    return ""


@rule("pemberian-password.masa-kata-sandi", title="Habisnya kata sandi", source="kebijakan kata sandi")
def password_ends(diganti: date, jenis_akun: str) -> tuple[date, date]:
    """Return the last day of a password, and from which day its holder is reminded."""
    policy = POLICIES[jenis_akun]
    ends = diganti + timedelta(days=policy.masa_berlaku)
    return ends, ends - timedelta(days=policy.pengingat_sebelum_habis)


def midnight(day: date) -> datetime:
    """Return the first instant of a day."""
    return datetime.combine(day, time.min, OFFICE_ZONE)


@rule("pemberian-password.batas-cabut", title="Batas pencabutan akun", source="ketetapan setempat")
def closed_by(tmt: date, diberitahukan: datetime) -> datetime:
    """Return by when an account is closed: hours after its last right ended, or after the notice where that came later."""
    return max(midnight(tmt), diberitahukan) + timedelta(hours=figure.whole("cabut_jam"))


@rule("pemberian-password.kotak-peninggalan", title="Kotak surel peninggalan", source="ketetapan setempat")
def mailbox_of(ditutup: date) -> tuple[date, date]:
    """Return until when a successor reads the mailbox of a closed account, and when it is deleted."""
    days = (figure.whole("kotak_dibaca_hari"), figure.whole("kotak_disimpan_hari"))
    return ditutup + timedelta(days=days[0]), ditutup + timedelta(days=days[1])


@rule("pemberian-password.tinjauan-triwulan", title="Tinjauan akun triwulan", source="kebijakan kata sandi")
def quarterly_review(tahun: int, triwulan: int, calendar: WorkCalendar) -> tuple[date, date, date, date]:
    """Return when agencies get the lists of a quarter, their last day, when what they left out is suspended, and when closed."""
    sent = calendar.workday_on_or_after(date(tahun, 3 * triwulan - 2, 1))
    last = calendar.add_workdays(sent, figure.whole("konfirmasi_hari_kerja"))
    suspended = last + timedelta(days=1)
    return sent, last, suspended, suspended + timedelta(days=figure.whole("tutup_sesudah_hari"))


def unconfirmed(jumlah: int, dikonfirmasi: int) -> int:
    """Return how many accounts of an agency are suspended at the end of its review."""
    return max(0, jumlah - dikonfirmasi)
