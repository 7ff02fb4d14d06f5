"""How long a leave is, how much of the year's there is, and who may grant it."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from laksana.cases.behaviour import Situation
from laksana.library.kepegawaian.cuti import ledger
from laksana.library.kepegawaian.figures import whole
from laksana.library.kepegawaian.service import full_months
from laksana.library.tables import Row, Table
from laksana.sop.rules import rule
from laksana.worktime.calendar import months_later

UNITS = {"tahunan": "hari_kerja", "sakit": "hari", "alasan_penting": "hari"}
DAY = timedelta(days=1)
SEVERE = ("keluarga_sakit_keras", "keluarga_meninggal", "menikah")


class Right(Row):
    """What the law gives for a kind of leave and a status: least service in months and the longest duration."""

    jenis: str
    status: str
    masa_kerja_min: int
    lama_maks: int
    satuan: str


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
    return (
        min(
            whole("cuti_terbanyak"),
            whole("cuti_hari_setahun") + ditangguhkan + min(whole("cuti_bawaan_terbanyak"), left),
        )
        + bertugas
    )


def service_of(values: Mapping[str, Any], at: date) -> int:
    return full_months(values["tmt_masuk"], at)


def first_year_of(values: Mapping[str, Any]) -> bool:
    return bool(
        values["status_pegawai"] == "PPPK"
        and service_of(values, values["mulai"]) < whole("cuti_masa_kerja_bulan")
    )


def workdays_of(situation: Situation, first: date, last: date) -> int:
    return max(0, situation.calendar.workdays_between(first - DAY, last))


def used_of(situation: Situation, values: Mapping[str, Any], year: int, leaves: list[ledger.Leave]) -> int:
    """Return the annual leave of a year that is taken or asked for: what the card says of before, and the other requests."""
    before = int(values.get("terpakai_n") or 0) if year == values["mulai"].year else 0
    return before + ledger.recorded(year, leaves, situation.calendar)


def length_of(situation: Situation, values: Mapping[str, Any]) -> int:
    first, last = values["mulai"], values["selesai"]
    match UNITS.get(values["jenis_cuti"], "bulan"):
        case "hari_kerja":
            return workdays_of(situation, first, last)
        case "hari":
            return int((last - first).days + 1)
    count = 1
    while last_day(first, count) < last:
        count += 1
    return count


def total_of(values: Mapping[str, Any]) -> int:
    """Return the annual leave that the year of the request has."""
    if first_year_of(values):
        return whole("cuti_pppk_tahun_pertama") if values.get("alasan_penting_kode") in SEVERE else 0
    service = service_of(values, values["mulai"])
    if service < whole("cuti_masa_kerja_bulan"):
        return 0
    used = [int(values.get(name) or 0) for name in ("terpakai_n1", "terpakai_n2", "ditangguhkan_n1")]
    # A year in which there was no right yet leaves nothing, and does not count as one not used.
    years = (whole("cuti_masa_kerja_bulan") * 2, whole("cuti_masa_kerja_bulan") * 3)
    one, two = (
        n if service >= least else whole("cuti_hari_setahun")
        for n, least in zip(used[:2], years, strict=True)
    )
    return entitlement(one, two, used[2], int(values.get("tambahan_cuti_bersama") or 0))


def authority_of(values: Mapping[str, Any]) -> str:
    days = (values["selesai"] - values["mulai"]).days + 1
    for row in DELEGATIONS.rows():
        fits = row.jenis in (values["jenis_cuti"], "semua") and row.kelompok in (
            values["kelompok_pemohon"],
            "semua",
        )
        if fits and (row.lama_maks is None or days <= row.lama_maks):
            # Leave abroad goes to the next higher official until the office says otherwise.
            higher = row.pejabat == "kepala_dinas" and values.get("luar_negeri")
            return "sekda" if higher else row.pejabat
    return "wali_kota"
