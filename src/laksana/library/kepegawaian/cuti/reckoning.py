"""What a request for leave comes to: its length, the service behind it, and how much of the year's there is."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from laksana.cases.behaviour import Situation
from laksana.library.kepegawaian.cuti import ledger, rules
from laksana.library.kepegawaian.figures import whole
from laksana.library.kepegawaian.service import full_months


def service_of(values: Mapping[str, Any], at: date) -> int:
    """Return the full months of service on a day."""
    return full_months(values["tmt_masuk"], at)


def workdays_of(situation: Situation, first: date, last: date) -> int:
    """Return the working days from one day to another, both included."""
    return rules.workdays(first, last, situation.calendar)


def used_of(situation: Situation, values: Mapping[str, Any], year: int, leaves: list[ledger.Leave]) -> int:
    """Return the annual leave of a year that is taken or asked for: what the card says of before, and the other requests."""
    before = int(values.get("terpakai_n") or 0) if year == values["mulai"].year else 0
    return before + ledger.recorded(year, leaves, situation.calendar)


def length_of(situation: Situation, values: Mapping[str, Any]) -> int:
    """Return how long the leave is, in the unit of its kind."""
    return rules.length(
        values["jenis_cuti"], values["mulai"], values["selesai"], situation.calendar, hard_to_reach(values)
    )[0]


def hard_to_reach(values: Mapping[str, Any]) -> int:
    """Return the days added to annual leave in a place hard to reach."""
    return int(values.get("tambahan_tempat_sulit") or 0) if values["jenis_cuti"] == "tahunan" else 0


def total_of(values: Mapping[str, Any]) -> int:
    """Return the annual leave that the year of the request has."""
    service = service_of(values, values["mulai"])
    if service < whole("cuti_masa_kerja_bulan"):
        return rules.own_right(service, values["status_pegawai"], values.get("alasan_penting_kode") or "")
    used = [int(values.get(name) or 0) for name in ("terpakai_n1", "terpakai_n2", "ditangguhkan_n1")]
    # A year in which there was no right yet leaves nothing, and does not count as one not used.
    years = (whole("cuti_masa_kerja_bulan") * 2, whole("cuti_masa_kerja_bulan") * 3)
    one, two = (
        n if service >= least else whole("cuti_hari_setahun")
        for n, least in zip(used[:2], years, strict=True)
    )
    return rules.entitlement(one, two, used[2], int(values.get("tambahan_cuti_bersama") or 0))


def authority_of(values: Mapping[str, Any]) -> str:
    """Return who grants the leave."""
    return rules.grants(
        values["jenis_cuti"], values["kelompok_pemohon"], values["mulai"], values["selesai"],
        bool(values.get("luar_negeri")),
    )  # fmt: skip
