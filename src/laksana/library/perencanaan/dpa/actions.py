"""What the budget execution document adds to its definition: days of law, shifts and their authority, SPD, officials."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from laksana.cases.behaviour import Behaviour, Situation
from laksana.library.perencanaan.dpa import draft, report, rules
from laksana.worktime.zone import local_day

dpa = Behaviour("dpa")
dpa.check("isi-kas", "perbaiki")(draft.months_add_up)
dpa.computes("isi-rincian", "isi-kas", "perbaiki")(draft.of_this_sub)
dpa.automatic("himpun-rincian")(draft.gather_lines)
dpa.automatic("himpun-kas")(draft.gather_plans)
dpa.automatic("uji-dpa")(draft.test_draft)
dpa.automatic("uji-perbaikan")(draft.test_again)
STARTS = {
    "jt_pemberitahuan": ("tgl_perwali", "pemberitahuan_hari_kerja"),
    "jt_serah": ("tgl_pemberitahuan", "penyerahan_hari_kerja"),
    "jt_verifikasi": ("tgl_perwali", "verifikasi_hari_kerja"),
}
"""Field of a limit -> the field it counts from, and the name of its working days."""


# -- the start ---------------------------------------------------------------------------------------------------


@dpa.check("terima", "himpun-perbaikan")
def sensible_start(situation: Situation) -> Mapping[str, str]:
    """Refuse a letter before its Perwali or still to come, lines of no sub kegiatan, and shifts that nobody may approve."""
    values, wrong = situation.values, {}
    told = values.get("tgl_pemberitahuan")
    if told and not values["tgl_perwali"] <= told <= local_day(situation.at):
        wrong["tgl_pemberitahuan"] = "Antara tanggal Perwali dan hari ini."
    known = {row["kode"] for row in values["sub_kegiatan"]}
    shifts = _shifts(values)
    for table, rows in (("penjabaran", values["penjabaran"]), ("pergeseran", shifts)):
        for place, row in enumerate(rows):
            if row["sub_kegiatan"] not in known:
                wrong[f"{table}.{place}.sub_kegiatan"] = "Sub kegiatan ini tidak tercantum."
    for place, row in enumerate(shifts):
        if rules.authority([_level(row)]) == "APBD":
            wrong[f"pergeseran.{place}.ke_rekening"] = "Pergeseran ini hanya dengan perubahan APBD."
    after = rules.shifted(rules.lines(values["penjabaran"]), shifts)
    short = sorted(key[1] for key, amount in after.items() if amount < 0)
    if short and not wrong:
        wrong["pergeseran"] = f"Menjadi minus: {', '.join(short)}."
    return wrong


def _shifts(values: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return list(values.get("pergeseran") or ()) if values["jenis_dpa"] == "pergeseran" else []


def _level(shift: Mapping[str, Any]) -> str:
    return rules.level_of_shift(shift["dari_rekening"], shift["ke_rekening"], bool(shift.get("item_baru")))


@dpa.computes("terima", "himpun-perbaikan")
def limits(situation: Situation) -> Mapping[str, Any]:
    """Return the days of law, or of a shift its levels and who approves it."""
    values, calendar = situation.values, situation.calendar
    if values["jenis_dpa"] == "pergeseran":
        shifts = [{**row, "tingkat": _level(row)} for row in _shifts(values)]
        return {"pergeseran": shifts, "kewenangan": rules.authority([row["tingkat"] for row in shifts])}
    found: dict[str, Any] = {
        name: rules.due_after(values[start], rules.figure(days), calendar)
        for name, (start, days) in STARTS.items()
    }
    return {**found, "pergeseran": []}


@dpa.deadline("beritahu")
def letter_due(situation: Situation) -> datetime | None:
    """Return until when the PPKD's letter was due; where it came in time, the end of the day on which it is recorded."""
    values, calendar = situation.values, situation.calendar
    due: date = values["jt_pemberitahuan"]
    if values["tgl_pemberitahuan"] <= due:
        due = max(due, calendar.workday_on_or_after(local_day(situation.at)))
    return calendar.closing(due)


@dpa.deadline("serah")
def submission_due(situation: Situation) -> datetime | None:
    """Return the closing of the last day for handing in the draft."""
    return situation.calendar.closing(situation.values["jt_serah"])


@dpa.deadline("verif")
def verification_due(situation: Situation) -> datetime | None:
    """Return the closing of the last day for the TAPD."""
    return situation.calendar.closing(situation.values["jt_verifikasi"])


# -- approval, SPD, officials ------------------------------------------------------------------------------------


@dpa.check("sahkan")
def approved_by_today(situation: Situation) -> Mapping[str, str]:
    """Refuse an approval still to come, or before the Sekda agreed."""
    day, agreed = situation.values["tgl_pengesahan"], situation.values.get("tgl_setuju_sekda")
    if day > local_day(situation.at) or (agreed and day < agreed):
        return {"tgl_pengesahan": "Sesudah persetujuan Sekretaris Daerah, paling lambat hari ini."}
    return {}


@dpa.check("terbit-spd")
def quarters_once(situation: Situation) -> Mapping[str, str]:
    """Refuse two SPD of one quarter."""
    quarters = [row["triwulan"] for row in situation.values["nomor_spd"]]
    return {"nomor_spd": "Satu SPD untuk satu triwulan."} if len(set(quarters)) < len(quarters) else {}


@dpa.computes("terbit-spd")
def released(situation: Situation) -> Mapping[str, Any]:
    """Return the SPD with what their quarters release."""
    by_quarter = {row["triwulan"]: row for row in situation.values["spd_triwulan"]}
    return {"nomor_spd": [{**row, **by_quarter[row["triwulan"]]} for row in situation.values["nomor_spd"]]}


@dpa.row("register-spd")
def spd_row(situation: Situation) -> Mapping[str, Any]:
    """Return what an SPD is for."""
    values = situation.values
    return {"uraian_spd": f"Penyediaan dana triwulan {values['triwulan']} tahun {values['tahun']}"}


@dpa.check("tetapkan-pejabat", "tetapkan-bendahara")
def officials_named(situation: Situation) -> Mapping[str, str]:
    """Refuse officials unchanged for a new year, roles without a decree, and duties that one person may not join."""
    values = situation.values
    if values.get("pejabat_tetap"):
        new = values["jenis_dpa"] == "DPA"
        return {"pejabat_tetap": "DPA tahun baru memerlukan penetapan pejabat."} if new else {}
    rows = values.get("pejabat") or ()
    roles: dict[str, list[str]] = {}
    for row in rows:
        roles.setdefault(row["peran"], []).append(row["nama"])
    if missing := [role for role in ("PPTK", "PPK_SKPD", "BENDAHARA") if role not in roles]:
        return {"pejabat": f"Belum ada: {', '.join(missing)}."}
    if twice := rules.doubled(roles):
        return {"pejabat": f"{', '.join(twice)}: PPK-SKPD tidak merangkap bendahara atau PPTK."}
    of_mayor = situation.step.id == "tetapkan-bendahara"
    decreed = ("KPA", "BENDAHARA") if of_mayor else ("PPTK", "PPK_SKPD", "PEJABAT_PENGADAAN")
    for place, row in enumerate(rows):
        if row["peran"] in decreed and not (row.get("nomor_sk") and row.get("tanggal_sk")):
            return {f"pejabat.{place}.nomor_sk": "Isilah nomor dan tanggal keputusannya."}
    return {}


@dpa.check("distribusikan")
def sent_after(situation: Situation) -> Mapping[str, str]:
    """Refuse copies sent before the approval or on a day to come."""
    day = situation.values["salinan_dikirim"]
    if situation.values["tgl_pengesahan"] <= day <= local_day(situation.at):
        return {}
    return {"salinan_dikirim": "Antara tanggal pengesahan dan hari ini."}


dpa.paper("dpa")(report.budget)
dpa.paper("anggaran-kas")(report.cash_plan)
