"""What a consequence test adds to its definition: its limit, what may be exempt and for how long, and the list's entries."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from laksana.cases.behaviour import Behaviour, Done, Situation
from laksana.library.informasi.informasi_dikecualikan.entries import PARTLY, entries
from laksana.library.informasi.informasi_dikecualikan.rules import (
    LETTERS,
    limit_of_test,
    longest_years,
    period_allowed,
    personal,
    review_day,
    status,
)
from laksana.library.informasi.registration import day_received, register_number
from laksana.worktime.zone import local_day

uji = Behaviour("informasi-dikecualikan")

RESULTS = {
    "Dikecualikan seluruhnya": "dikecualikan_seluruhnya",
    "Dikecualikan sebagian": "dikecualikan_sebagian",
    "Terbuka": "terbuka",
    "Perlu pendalaman": "pendalaman",
}
ENDED = {"akan_berakhir": False, "sudah_berakhir": True}
"""Ground of a review -> whether the period of the exemption is over."""
BY_STATUTE = "j"
"""The letter that rests on another statute (UU 14/2008 art. 17 j)."""
_STATUTE = re.compile(r"(?=.*\b(UU|undang-undang)\b)(?=.*\bpasal\s+\d)", re.IGNORECASE | re.DOTALL)
_NO_STATUTE = "Sebut undang-undang dan pasalnya; peraturan di bawah undang-undang tidak cukup."
_CONSENT = "Huruf {} tidak berlaku: yang bersangkutan setuju atau berkaitan dengan jabatan publiknya."


@uji.check("usul")
def proposal_stands(situation: Situation) -> Mapping[str, str]:
    """Refuse letter j without a statute, and a ground of review that its day contradicts."""
    values, today = situation.values, local_day(situation.at)
    faults = {}
    if BY_STATUTE in (values.get("usulan_huruf") or []) and not _STATUTE.search(
        values.get("usulan_uu") or ""
    ):
        faults["usulan_uu"] = _NO_STATUTE
    ground, day = values.get("dasar_peninjauan"), values.get("tanggal_terbuka")
    if ground == "putusan" and day and day > today:
        faults["tanggal_terbuka"] = "Putusan belum berkekuatan hukum tetap."
    elif day and ground in ENDED and ENDED[ground] != (status(today, berakhir=day) == "berakhir"):
        faults["tanggal_terbuka"] = "Tidak sesuai dengan dasar peninjauan pada hari ini."
    return faults


@uji.computes("usul")
def proposed(situation: Situation) -> Mapping[str, Any]:
    """Return the day of the proposal."""
    return {"tanggal_usulan": local_day(situation.at)}


@uji.check("periksa")
def still_in_force(situation: Situation) -> Mapping[str, str]:
    """Refuse to refer to an exemption that has ended: its information is public by law (PP 61/2010 art. 10)."""
    ended = status(local_day(situation.at), berakhir=situation.values.get("akhir_berlaku")) == "berakhir"
    if situation.outcome == "Sudah diklasifikasi" and ended:
        return {"akhir_berlaku": "Pengecualian itu sudah berakhir; informasinya terbuka."}
    return {}


@uji.automatic("batas-uji-konsekuensi")
def registered(situation: Situation) -> Done:
    """Give a test its number, and its limit in time for the case that waits for it."""
    day = day_received(situation.calendar, situation.at)
    return Done(
        {
            "nomor_register": register_number(situation, "register-uji-konsekuensi", day),
            "tanggal_catat": day,
            "batas_uji": limit_of_test(day, situation.calendar, situation.values.get("batas_perkara_induk")),
        }
    )


@uji.deadline("uji-perkara")
@uji.deadline("uji-rutin")
def due(situation: Situation) -> datetime | None:
    """Return the closing of the last day of the test."""
    day = situation.values.get("batas_uji")
    return situation.calendar.closing(situation.calendar.workday_on_or_before(day)) if day else None


@uji.check("jadwalkan")
def meeting_to_come(situation: Situation) -> Mapping[str, str]:
    """Refuse a meeting in the past."""
    meeting = situation.values.get("jadwal_rapat")
    return {"jadwal_rapat": "Waktu ini sudah lewat."} if meeting and meeting < situation.at else {}


@uji.warns("jadwalkan")
def meeting_in_time(situation: Situation) -> Mapping[str, str]:
    """Warn of a meeting after the limit of the test; the days of the request do not wait for it."""
    meeting, limit = situation.values.get("jadwal_rapat"), situation.values.get("batas_uji")
    if meeting and limit and local_day(meeting) > limit:
        return {"jadwal_rapat": f"Sesudah batas uji {limit:%d-%m-%Y}."}
    return {}


@uji.check("rapat-uji", "rapat-lanjutan")
def grounds_stand(situation: Situation) -> Mapping[str, str]:
    """Refuse letters that consent lifts, and letter j without its statute (UU 14/2008 art. 17 j, 18 (2))."""
    return _letter_faults(situation) if (situation.outcome or "").startswith("Dikecualikan") else {}


def _letter_faults(situation: Situation) -> dict[str, str]:
    values, faults = situation.values, {}
    letters = values.get("huruf_final") or []
    lifted = personal(letters) if values.get("persetujuan_pribadi") else []
    if lifted:
        faults["huruf_final"] = _CONSENT.format(", ".join(lifted))
    if BY_STATUTE in letters and not _STATUTE.search(values.get("uu_final") or ""):
        faults["uu_final"] = _NO_STATUTE
    return faults


@uji.computes("rapat-uji", "rapat-lanjutan")
def result(situation: Situation) -> Mapping[str, Any]:
    """Return the result of the test that belongs to the outcome."""
    return {"hasil_uji": RESULTS[situation.outcome or "Perlu pendalaman"]}


@uji.check("pilah")
def parts_stand(situation: Situation) -> Mapping[str, str]:
    """Refuse a part whose letter consent lifts, which rests on no statute, or whose own period its letter does not allow."""
    faults = {}
    for number, row in enumerate(situation.values.get("bagian_dikecualikan") or []):
        place, letter = f"bagian_dikecualikan.{number}", row.get("huruf")
        if not letter:
            continue
        if situation.values.get("persetujuan_pribadi") and personal([letter]):
            faults[f"{place}.huruf"] = _CONSENT.format(letter)
        if letter == BY_STATUTE and not _STATUTE.search(row.get("uu_dan_pasal") or ""):
            faults[f"{place}.uu_dan_pasal"] = _NO_STATUTE
        faults |= _period_faults([letter], row, f"{place}.")
    return faults


@uji.check("tetapkan-jangka")
def period_stands(situation: Situation) -> Mapping[str, str]:
    """Refuse letters and periods that the law does not allow, and parts that do not bear the decision's letters."""
    values, faults = situation.values, _letter_faults(situation)
    letters = values.get("huruf_final") or []
    if values.get("hasil_uji") == PARTLY:
        faults |= parts_stand(situation)
        parts = values.get("bagian_dikecualikan") or []
        if {row.get("huruf") for row in parts} != set(letters):
            faults.setdefault("huruf_final", "Berbeda dari huruf pada bagian yang dikecualikan.")
        letters = [row["huruf"] for row in parts if row.get("huruf") and not row.get("jenis_jangka")]
    return faults | _period_faults(letters, values, "")


def _period_faults(letters: list[str], period: Mapping[str, Any], place: str) -> dict[str, str]:
    """Return what is wrong with the period of these letters, by the fields under `place`."""
    kind, amount = period.get("jenis_jangka"), period.get("jangka_angka") or 0
    if not kind:
        return {}
    if kind == "jangka_pasti" and amount != int(amount):
        return {f"{place}jangka_angka": "Isi bilangan bulat."}
    match period_allowed(letters, kind, int(amount), period.get("jangka_satuan") or "tahun"):
        case "tidak_permanen":
            return {f"{place}jenis_jangka": "Huruf a sampai f dan i tidak bersifat permanen (Pasal 20)."}
        case "terlalu_lama":
            return {f"{place}jangka_angka": f"Paling lama {longest_years(letters)} tahun."}
        case _:
            return {}


@uji.check("tetapkan")
def day_of_decision(situation: Situation) -> Mapping[str, str]:
    """Refuse a decision of a day to come, or of one before the test was registered."""
    day, first = situation.values.get("tanggal_keputusan"), situation.values.get("tanggal_catat")
    if day and not (first or day) <= day <= local_day(situation.at):
        return {"tanggal_keputusan": "Antara tanggal usulan dicatat dan hari ini."}
    return {}


@uji.computes("tetapkan")
def numbered(situation: Situation) -> Mapping[str, Any]:
    """Return the number of the decision."""
    day = situation.values["tanggal_keputusan"]
    return {"nomor_keputusan": register_number(situation, "keputusan-klasifikasi", day)}


@uji.paper("lembar-uji")
@uji.paper("lembar-uji-lanjutan")
def tested(situation: Situation) -> Mapping[str, Any]:
    """Return the sheet of the meeting: one row for the information tested, its period still a proposal."""
    values = situation.values
    years = values.get("usulan_jangka")
    letters = values.get("huruf_final") or values.get("usulan_huruf") or []
    statute = values.get("uu_final") or values.get("usulan_uu")
    grounds = [f"Pasal 17 huruf {', '.join(letters)}"] if letters else []
    row = {
        "informasi": values.get("uraian_informasi"),
        "dasar": "; ".join([*grounds, str(statute)] if statute else grounds),
        "jangka": f"Usulan {int(years)} tahun" if years else "Ditetapkan kemudian",
        "batas": _longest(letters),
    }
    return {"baris_uji": [row]}


@uji.paper("lembar-uji-penetapan")
def tested_by_information(situation: Situation) -> Mapping[str, Any]:
    """Return the sheet of the decision: a row for each exempt part, with its own ground, period and end."""
    try:
        rows = list(entries(situation.values, local_day(situation.at), situation.calendar))
    except KeyError:  # a value of the decision is missing: its entries cannot be told yet
        return {"baris_uji": []}
    return {
        "baris_uji": [
            {
                "informasi": each["informasi"],
                "dasar": each["dasar"],
                "jangka": each["jangka"],
                "batas": f"Berakhir {each['berakhir']:%d-%m-%Y}"
                if each["berakhir"]
                else "Tanpa tanggal berakhir",
            }
            for each in rows
        ]
    }


def _longest(letters: Sequence[str]) -> str:
    """Return how long these letters may be exempt, in words; "" where the law leaves it to the team."""
    if not letters:
        return ""
    if all(LETTERS[letter].permanen == "ya" for letter in letters):
        return "Boleh tanpa batas (Pasal 20)"
    years = longest_years(letters)
    return f"Paling lama {years} tahun" if years else "Tidak permanen; diisi tim"


@uji.automatic("jadwal-peninjauan-pengecualian")
def listed(situation: Situation) -> Done:
    """Return the entries of the list, one for each part, and when the exemption ends and is to be reviewed.

    With several parts the decision ends with the last of them; one without an end leaves it without one.
    """
    values, calendar = situation.values, situation.calendar
    decided, rows = values["tanggal_keputusan"], list(entries(values, local_day(situation.at), calendar))
    ends = [entry["berakhir"] for entry in rows]
    end = None if None in ends else max(ends)
    return Done(
        {
            "entri_dik": rows,
            "tanggal_berakhir": end,
            "tanggal_peninjauan": review_day(end, decided, calendar) if end else None,
            "peninjauan_sementara": any(day and calendar.is_forecast(day) for day in ends),
        }
    )


@uji.row("dik")
def decision_named(situation: Situation) -> Mapping[str, Any]:
    """Return the number and day of the decision as one cell."""
    values = situation.values
    return {
        "nomor_dan_tanggal_keputusan": f"{values['nomor_keputusan']}, {values['tanggal_keputusan']:%d-%m-%Y}"
    }


@uji.computes("nyatakan-terbuka")
def opened(situation: Situation) -> Mapping[str, Any]:
    """Return that the information is open, also against the team's result, and of a review what became of the old entry."""
    values, today = situation.values, local_day(situation.at)
    ground = values.get("dasar_peninjauan")
    end = values.get("tanggal_terbuka") if ground in ENDED else None
    old = status(today, today, end, ground == "putusan") if ground else None
    return {"hasil_uji": "terbuka", "status_dik": old}


@uji.computes("sampaikan")
def told(situation: Situation) -> Mapping[str, Any]:
    """Return the day on which the result went out."""
    return {"tanggal_selesai": local_day(situation.at)}
