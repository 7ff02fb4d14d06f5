"""What the attendance recap adds to its definition: months, codes of each day, corrections, locking and thresholds."""

from collections.abc import Mapping
from typing import Any

from laksana.cases.behaviour import Behaviour, Done, Known, Situation
from laksana.library.gathering import gathered
from laksana.library.kepegawaian.kehadiran_manual import papers
from laksana.library.kepegawaian.kehadiran_manual.days import COUNTED, PRESENT, Rows, gaps, merged
from laksana.library.kepegawaian.kehadiran_manual.entries import Faults, faults, leave, signed_for
from laksana.library.kepegawaian.kehadiran_manual.reckoning import (
    corrections,
    people_of,
    reckoned,
    with_machine,
)
from laksana.library.kepegawaian.kehadiran_manual.rules import cut, days_of_month
from laksana.library.kepegawaian.kehadiran_manual.years import MONTHS, accumulated, of_month, violations
from laksana.library.kepegawaian.riwayat.prefill import from_file
from laksana.people.models import Person
from laksana.worktime.calendar import months_later
from laksana.worktime.zone import local_day

attendance = Behaviour("kehadiran-manual")
attendance.rests(
    "rekap", on="kehadiran.potongan", tables=("potongan-kehadiran.csv", "ketentuan-kehadiran.csv")
)
attendance.rests("akumulasi", "pelanggaran", on="kehadiran.hukuman", tables=("disiplin-ketidakhadiran.csv",))
attendance.paper("rekap-kehadiran")(papers.recap_sheet)
attendance.paper("daftar-hadir")(papers.unit_sheet)


def _last_month(situation: Situation, _person: Person) -> Mapping[str, Known]:
    """Return the month that is over last, where it has no recap yet."""
    month = months_later(local_day(situation.at).replace(day=1), -1)
    return {} if any(of_month(situation, month)) else {"bulan": Known(month, "kalender kantor")}


attendance.prefills("buka-bulan")(from_file({}, remembers=("sebab_manual",), more=_last_month))
attendance.prefills("minta")(from_file({}, remembers=("daftar_bidang",)))


# -- the month ---------------------------------------------------------------------------------------------------------


@attendance.check("buka-bulan")
def month_is_over_and_free(situation: Situation) -> Mapping[str, str]:
    """Refuse a month that is not over, or that has a recap which this one does not say it corrects."""
    month, named = situation.values["bulan"], situation.values.get("koreksi_atas")
    if month.day != 1 or month >= local_day(situation.at).replace(day=1):
        return {"bulan": "Tulis tanggal 1 dari bulan yang sudah lewat."}
    others = [case.number for case in of_month(situation, month)]
    if others and named not in others:
        return {
            "koreksi_atas": f"Rekap bulan itu sudah ada ({', '.join(others)}); koreksi menyebut nomornya."
        }
    if named and not others:
        return {"koreksi_atas": "Tidak ada rekap bulan itu yang dikoreksi."}
    return {}


@attendance.automatic("buka-rekap-bulanan")
def open_month(situation: Situation) -> Done:
    """Return the month's name, its working days, and which of its days lie in Ramadan, by the office's calendar."""
    month = situation.values["bulan"]
    days = [day for day in days_of_month(month) if situation.calendar.is_workday(day)]
    fasting = [day for day in days if (hours := situation.calendar.hours_of(day)) and hours.until is not None]
    return Done(
        values={
            "bulan_rekap": f"{MONTHS[month.month - 1].capitalize()} {month.year}",
            "tanggal_buka": local_day(situation.at),
            "jumlah_hari_kerja": len(days),
            "ramadan_mulai": min(fasting, default=None),
            "ramadan_selesai": max(fasting, default=None),
        }
    )


@attendance.computes("minta")
def asked(situation: Situation) -> Mapping[str, Any]:
    """Return the units with the desk at which each keeper of a sheet works."""
    rows: Rows = situation.values.get("daftar_bidang") or ()
    return {"daftar_bidang": [{**row, "meja": f"person:{row['pengelola']}"} for row in rows]}


# -- entries -----------------------------------------------------------------------------------------------------------


@attendance.check("kumpulkan", "perbaiki-hadir")
def sheet_is_in_order(situation: Situation) -> Mapping[str, str]:
    """Refuse entries outside the month, of a wrong order or code, and two for one day."""
    return faults(situation, "entri")


@attendance.check("gabung")
def recap_is_complete(situation: Situation) -> Mapping[str, str]:
    """Refuse entries that are not in order, and employees with working days that have no code."""
    found = {**faults(situation, "entri"), **faults(situation, "entri_lain")}
    if found:
        return found
    values = situation.values
    missing = dict(
        gaps(
            merged(with_machine(values, situation.calendar), situation.calendar),
            values["bulan"],
            situation.calendar,
        )
    )
    names = people_of(missing)
    told = [
        f"{names[person].name}: {', '.join(str(day.day) for day in days)}" for person, days in missing.items()
    ]
    return {"entri": f"Hari kerja tanpa kode: {'; '.join(told)}."} if told else {}


@attendance.automatic("himpun-hadir")
def collected(situation: Situation) -> Done:
    """Return the entries of all units with who signed for whom, and the leave that the month has by the letters of leave."""
    return Done(
        values={
            **gathered(situation.case, "entri"),
            "atasan_pegawai": list(signed_for(situation.case)),
            "data_cuti": list(leave(situation)),
        }
    )


# -- recap and corrections ---------------------------------------------------------------------------------------------


@attendance.automatic("hitung-kehadiran")
def summed(situation: Situation) -> Done:
    """Return the recap of every employee."""
    return Done(values=reckoned(situation, situation.values))


@attendance.check("umumkan")
def corrects_what_stands(situation: Situation) -> Mapping[str, str]:
    """Refuse a correction of a day outside the month, of a code that is not the recap's, or to no other code."""
    values, rows = situation.values, situation.values.get("koreksi") or ()
    if situation.outcome != "Ada koreksi":
        return {}
    days = merged(with_machine(values, situation.calendar), situation.calendar)[values["pegawai"]]
    found: Faults = {}
    for place, row in enumerate(rows):
        mark = days.get(row["tanggal"])
        if mark is None or mark.counted != row["kode_semula"]:
            stands = mark.counted if mark else "tidak ada"
            found[f"koreksi.{place}.kode_semula"] = f"Kode hari itu pada rekap: {stands}."
        elif row["kode_seharusnya"] not in COUNTED:
            found[f"koreksi.{place}.kode_seharusnya"] = "Pilih kode hari kerja."
        elif row["kode_semula"] == row["kode_seharusnya"] != PRESENT:
            found[f"koreksi.{place}.kode_seharusnya"] = "Kode seharusnya lain daripada kode semula."
    return found


@attendance.computes("putus-koreksi")
def accepted(situation: Situation) -> Mapping[str, Any]:
    """Return the corrections of the employee that hold from now on."""
    rows: Rows = situation.values.get("koreksi") or ()
    holds = situation.outcome == "Diterima"
    return {"koreksi_sah": [{**row, "pegawai": situation.values["pegawai"]} for row in rows] if holds else []}


@attendance.automatic("himpun-koreksi")
def corrected(situation: Situation) -> Done:
    """Return all corrections that hold, and the recap with them."""
    rows = corrections(situation)
    values = {**situation.values, "koreksi_sah": rows}
    return Done(values={"koreksi_sah": rows, **reckoned(situation, values)})


# -- locking, payment, discipline --------------------------------------------------------------------------------------


@attendance.computes("tanda-tangan")
def signed(situation: Situation) -> Mapping[str, Any]:
    """Return the day of the signature."""
    return {"tanggal_sah": local_day(situation.at)} if situation.outcome == "Ditandatangani" else {}


@attendance.automatic("kunci-bulan")
def locked(situation: Situation) -> Done:
    """Return that the month is locked, absence of the year, and who has reached a threshold."""
    rows = accumulated(situation)
    return Done(values={"terkunci": True, "akumulasi": rows, "pelanggaran": violations(rows)})


@attendance.check("terima-bkpsdm")
def received_after_signature(situation: Situation) -> Mapping[str, str]:
    """Refuse a day of receipt before the signature or still to come."""
    values = situation.values
    if values["tanggal_sah"] <= values["tanggal_serah"] <= local_day(situation.at):
        return {}
    return {"tanggal_serah": "Tanggal terima antara tanda tangan dan hari ini."}


@attendance.check("serah-bendahara")
def paid_are_in_the_recap(situation: Situation) -> Mapping[str, str]:
    """Refuse TPP of who is not in the recap."""
    known = {row["pegawai"] for row in situation.values["rekap"]}
    return {
        f"daftar_tpp.{place}.pegawai": "Pegawai ini tidak ada dalam rekap."
        for place, row in enumerate(situation.values.get("daftar_tpp") or ())
        if row["pegawai"] not in known
    }


@attendance.computes("serah-bendahara")
def cuts(situation: Situation) -> Mapping[str, Any]:
    """Return the day of the receipt, and the cut of each TPP by the recap."""
    percents = {row["pegawai"]: row["persen_potongan"] for row in situation.values["rekap"]}
    rows = [
        {
            **row,
            "persen": percents[row["pegawai"]],
            "potongan": cut(row["tpp_bulanan"], percents[row["pegawai"]]),
        }
        for row in situation.values.get("daftar_tpp") or ()
        if row["pegawai"] in percents
    ]
    return {"tanggal_bendahara": local_day(situation.at), "daftar_tpp": rows}


@attendance.row("akumulasi-tk")
def year_in_the_book(situation: Situation) -> Mapping[str, Any]:
    """Return the year that the recap belongs to."""
    return {"tahun_rekap": situation.values["bulan"].year}
