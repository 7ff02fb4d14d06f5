"""The proposal of a trip: dates, hours, destinations and travellers that hold."""

from collections.abc import Mapping
from typing import Any

from laksana.cases.behaviour import Situation
from laksana.library.keuangan.sppd import rules
from laksana.library.keuangan.sppd.tables import figure
from laksana.people.services import holders
from laksana.sop.nip import Nip, NipError
from laksana.worktime.zone import local_day

HEAD = "position:kepala-dinas"
"""The desk of the head of the office."""
IN_CITY = ("dalam_kota_lebih_8_jam", "dalam_kota_sampai_8_jam")


def sensible_proposal(situation: Situation) -> Mapping[str, str]:
    """Refuse days out of order, hours that do not fit the kind of trip, and numbers that are none or stand twice."""
    values, wrong = situation.values, {}
    start, back = values["tanggal_berangkat"], values["tanggal_kembali"]
    if back < start:
        wrong["tanggal_kembali"] = "Tidak sebelum tanggal berangkat."
    if values["jenis_perjalanan"] in IN_CITY:
        wrong |= _within_city(values)
    for place, stop in enumerate(values["tujuan"]):
        if not start <= stop["tiba"] <= stop["berangkat"] <= back:
            wrong[f"tujuan.{place}.tiba"] = "Tiba dan berangkat berada dalam masa perjalanan."
    seen: set[str] = set()
    for place, row in enumerate(values["pelaksana"]):
        if row["nip"] in seen:
            wrong[f"pelaksana.{place}.nip"] = "Pelaksana ini sudah tercantum."
        elif row["status"] in ("PNS", "PPPK") and not _is_nip(row["nip"]):
            wrong[f"pelaksana.{place}.nip"] = "Bukan NIP yang benar."
        if row["status"] in ("PNS", "PPPK") and not row.get("golongan"):
            wrong[f"pelaksana.{place}.golongan"] = "Golongan menentukan tingkat biaya; isilah."
        seen.add(row["nip"])
    return wrong


def _within_city(values: Mapping[str, Any]) -> dict[str, str]:
    wrong = {}
    limit = figure("jam_dalam_kota")
    longer = rules.longer_than(values["jam_mulai"], values["jam_selesai"], limit)
    if longer != (values["jenis_perjalanan"] == IN_CITY[0]):
        wrong["jenis_perjalanan"] = f"Jam tugas {'lebih dari' if longer else 'tidak lebih dari'} {limit} jam."
    if any(stop["kode_wilayah"] != str(figure("provinsi_kantor")) for stop in values["tujuan"]):
        wrong["tujuan"] = "Tujuan perjalanan dalam kota berada di Kota Serang."
    return wrong


def _is_nip(text: str) -> bool:
    try:
        Nip.parse(text)
    except NipError:
        return False
    return True


def proposed(situation: Situation) -> Mapping[str, Any]:
    """Return the days of the plan, whether the head of the office proposes it, and whether it comes at short notice."""
    values, today = situation.values, local_day(situation.at)
    start = values["tanggal_berangkat"]
    heads = holders(HEAD, situation.at)
    return {
        "lama_hari": rules.days_of(start, values["tanggal_kembali"]),
        "usulan_kadis": situation.actor in heads,
        "mendadak": situation.calendar.add_workdays(today, figure.whole("usul_hari_kerja")) > start,
        "status_perjalanan": "diusulkan",
    }
