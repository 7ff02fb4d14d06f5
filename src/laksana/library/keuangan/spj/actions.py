"""What the monthly accounts add to their definition: months in order, receipts that hold, books that agree, the sending."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from laksana.cases.behaviour import Behaviour, Done, Situation
from laksana.library.gathering import gathered
from laksana.library.keuangan.spj import entries, ledger, months, report, rules
from laksana.library.keuangan.spj.ledger import amount
from laksana.library.rupiah import rupiah
from laksana.worktime.calendar import END_OF_DAY
from laksana.worktime.zone import OFFICE_ZONE, local_day

spj = Behaviour("spj")
spj.check("buka")(months.opening_faults)
spj.computes("buka")(months.taken_over)


@spj.computes("buka")
def limits(situation: Situation) -> Mapping[str, Any]:
    """Return by when the month is sent and its tax paid over, and the last working day before, on which the office is warned."""
    month, calendar = situation.values["bulan"], situation.calendar
    limit = rules.sent_by(month, calendar)
    warned = calendar.workday_on_or_before(limit - timedelta(days=1))
    tax = rules.tax_paid_by(month, calendar)
    return {"batas_spj": limit, "peringatan_spj": warned, "batas_setor_pajak": tax}


@spj.deadline("tanggal-10")
def due(situation: Situation) -> datetime | None:
    """Return the end of the last day for sending the month; the day counts to midnight, holiday or not."""
    limit = rules.sent_by(situation.values["bulan"], situation.calendar)
    return datetime.combine(limit, END_OF_DAY, OFFICE_ZONE)


# -- receipts ----------------------------------------------------------------------------------------------------


@spj.check("kumpulkan")
def receipts_hold(situation: Situation) -> Mapping[str, str]:
    """Refuse receipts of another month, numbers given twice, and those that an account cannot pay."""
    values, wrong = situation.values, {}
    first, last = rules.first_day(values["bulan"]), rules.last_day(values["bulan"])
    numbers: set[str] = set()
    for place, row in enumerate(values["bukti_belanja"]):
        if not first <= row["tanggal"] <= last:
            wrong[f"bukti_belanja.{place}.tanggal"] = "Di luar bulan SPJ ini."
        if row["nomor_bukti"] in numbers:
            wrong[f"bukti_belanja.{place}.nomor_bukti"] = "Nomor bukti ini sudah ada."
        numbers.add(row["nomor_bukti"])
    return wrong or _within_budget(values, values["bukti_belanja"])


def _within_budget(values: Mapping[str, Any], receipts: ledger.Rows) -> dict[str, str]:
    over = [
        f"{code} menjadi minus {rupiah(over)}"
        for code, over in ledger.overspent(values.get("pagu") or (), receipts)
    ]
    return {"bukti_belanja": f"Sisa pagu {'; '.join(over)}."} if over else {}


@spj.automatic("himpun-bukti")
def put_together(situation: Situation) -> Done:
    """Return the receipts of all sub kegiatan as one table of the case."""
    return Done(values=gathered(situation.case, "bukti_belanja"))


@spj.check("teliti")
def all_seen(situation: Situation) -> Mapping[str, str]:
    """Refuse to pass receipts that nobody looked at, that lack something, or that together go over a budget."""
    if situation.outcome != "Lengkap":
        return {}
    receipts = situation.values["bukti_belanja"]
    seen = {row["nomor_bukti"]: row for row in situation.values["hasil_teliti"]}
    for row in receipts:
        number = row["nomor_bukti"]
        if number not in seen:
            return {"hasil_teliti": f"Bukti {number} belum diteliti."}
        if lacking := rules.faults_of_receipt(row["bruto"], seen[number]):
            return {"outcome": f"Bukti {number} belum memuat {', '.join(lacking)}."}
    numbers = [row["nomor_bukti"] for row in receipts]
    if twice := sorted({number for number in numbers if numbers.count(number) > 1}):
        return {"outcome": f"Nomor bukti ganda: {', '.join(twice)}."}
    over = _within_budget(situation.values, receipts)
    return {"outcome": over["bukti_belanja"]} if over else {}


# -- the books ---------------------------------------------------------------------------------------------------


@spj.check("catat", "betulkan")
def entries_hold(situation: Situation) -> Mapping[str, str]:
    """Refuse entries that are not whole, and books that do not agree with the receipts and with each other."""
    values = situation.values
    wrong = dict(entries.faults(values))
    if not wrong and (fault := next(entries.disagreements(values), None)):
        wrong["bku"] = fault
    return wrong


@spj.computes("catat", "betulkan")
def booked(situation: Situation) -> Mapping[str, Any]:
    """Return the books, their sums and the report by account."""
    return ledger.books(situation.values)


def _closing(values: Mapping[str, Any]) -> dict[str, Any]:
    rows = values.get("bank_rekonsiliasi") or ()
    moving = {
        kind: sum((row["jumlah"] for row in rows if row["jenis"] == kind), Decimal())
        for kind in ("setoran_dalam_perjalanan", "cek_beredar")
    }
    bank = rules.reconciled(values["saldo_bank"], *moving.values())
    advances = values["panjar"] if rules.figure("panjar_bagian_saldo") else Decimal()
    others = (amount(values, name) for name in ("pajak_belum_setor", "sisa_tu", "lain_lain"))
    held = values["saldo_akhir"] - sum(others, Decimal())
    short = rules.float_missing(values["besaran_up"], held, values["spj_belum_gu"])
    return {
        "bank_rekon": bank,
        "selisih_kas": rules.cash_missing(values["saldo_akhir"], values["kas_tunai"], bank, advances),
        "kas_up": held,
        "selisih_up": Decimal() if rules.first_day(values["bulan"]).month == 12 else short,
    }


@spj.check("tutup", "betulkan")
def counted(situation: Situation) -> Mapping[str, str]:
    """Refuse cash that its notes and coins do not make up, and a difference that nobody explains."""
    values = dict(situation.values)
    notes = sum((row["pecahan"] * row["lembar"] for row in values["lembar_uang"]), Decimal())
    if notes != values["kas_tunai"]:
        return {"kas_tunai": f"Lembar dan keping berjumlah {rupiah(notes)}."}
    if situation.step.id == "betulkan":
        if entries_hold(situation):
            return {}
        values |= ledger.books(values)
    gap = _closing(values)["selisih_kas"]
    if gap and not values.get("penjelasan_selisih"):
        return {"penjelasan_selisih": f"Selisih kas {rupiah(gap)}; jelaskan."}
    return {}


@spj.computes("tutup", "betulkan")
def closed(situation: Situation) -> Mapping[str, Any]:
    """Return the reconciled balance of the bank, and what cash and float lack; the float is returned in December."""
    values = situation.values
    notes = [{**row, "jumlah": row["pecahan"] * row["lembar"]} for row in values["lembar_uang"]]
    return {"lembar_uang": notes, **_closing(values)}


@spj.warns("uji", "sahkan")
def float_short(situation: Situation) -> Mapping[str, str]:
    """Warn of a float that is not whole."""
    short = situation.values.get("selisih_up")
    return (
        {"": f"Kas UP dan belanja yang belum diganti berbeda {rupiah(short)} dari besaran UP."}
        if short
        else {}
    )


# -- examining, approving, sending -------------------------------------------------------------------------------


@spj.check("periksa-kas", "betulkan")
def examined(situation: Situation) -> Mapping[str, str]:
    """Refuse minutes of an examination that is still to come."""
    day = situation.values.get("tgl_ba_kas")
    return {"tgl_ba_kas": "Tanggal ini belum tiba."} if day and day > local_day(situation.at) else {}


@spj.check("sahkan")
def examined_this_quarter(situation: Situation) -> Mapping[str, str]:
    """Refuse to approve a quarter's last month when the cash was not examined in that quarter."""
    values = situation.values
    if situation.outcome != "Sah" or rules.examined_in_quarter(values["bulan"], values["tgl_ba_kas"]):
        return {}
    return {"outcome": "Belum ada berita acara pemeriksaan kas dalam triwulan ini."}


@spj.computes("sahkan")
def approved(situation: Situation) -> Mapping[str, Any]:
    """Return the day of the approval: from it on the month is locked and the next may be opened."""
    return {"tgl_pengesahan": local_day(situation.at)} if situation.outcome == "Sah" else {}


@spj.check("kirim-fungsional")
def sent_after_approval(situation: Situation) -> Mapping[str, str]:
    """Refuse a day of sending before the approval or still to come."""
    day = situation.values["tgl_kirim_fungsional"]
    if situation.values["tgl_pengesahan"] <= day <= local_day(situation.at):
        return {}
    return {"tgl_kirim_fungsional": "Antara tanggal pengesahan dan hari ini."}


@spj.computes("kirim-fungsional")
def in_time(situation: Situation) -> Mapping[str, Any]:
    """Return whether the month was sent in time, and by how many days it was late."""
    late = max(0, (situation.values["tgl_kirim_fungsional"] - situation.values["batas_spj"]).days)
    return {"ketepatan": "terlambat" if late else "tepat", "hari_terlambat": late}


spj.paper("lpj-adm")(report.tables)
