"""What payment requests add to their definition: the number of the SPP, its net value, and what an advance (TU) leaves."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from laksana.cases.behaviour import Behaviour, Situation
from laksana.cases.models import Case, WorkItem
from laksana.library.numbered import number_once
from laksana.library.others import other_cases
from laksana.library.rounding import percent
from laksana.library.rupiah import rupiah
from laksana.library.tables import Settings
from laksana.sop.rules import rule
from laksana.worktime.calendar import months_later
from laksana.worktime.zone import local_day

spp_spm = Behaviour("spp-spm")
figure = Settings(__file__, "../ketentuan-spp.csv")
number_once(spp_spm, "susun-spp", "nomor_spp", "SPP")


@rule("spp-spm.nilai-bersih", title="Nilai bersih pembayaran", source="Permendagri 77/2020")
def net_value(nilai: Decimal, *deductions: Decimal | None) -> Decimal:
    """Return what is paid out in rupiah: the gross value without taxes and other deductions."""
    return nilai - sum((part or Decimal() for part in deductions), Decimal())


@rule("spp-spm.jatuh-tempo-tu", title="Jatuh tempo pertanggungjawaban TU", source="PP 12/2019")
def one_month_after(day: date) -> date:
    """Return the same day of the next month, or its last day."""
    return months_later(day, 1)


@spp_spm.check("ajukan", "perbaiki")
def adds_up(situation: Situation) -> Mapping[str, str]:
    """Refuse a value that is not the sum of its lines."""
    lines, value = situation.values.get("rincian") or (), situation.values.get("nilai")
    total = sum((line.get("bruto") or Decimal() for line in lines), Decimal())
    return {"nilai": f"Jumlah rincian {rupiah(total)}; nilai harus sama."} if lines and value != total else {}


@spp_spm.check("ajukan")
def float_is_spent(situation: Situation) -> Mapping[str, str]:
    """Refuse to refill a float (GU) of which too little is accounted for, or by another amount than that."""
    values = situation.values
    whole, spent = values.get("besaran_up"), values.get("belanja_sah")
    if values.get("jenis_spp") != "GU" or not whole or spent is None:
        return {}
    share, least = percent(spent, whole), figure("ambang_gu")
    if spent * 100 < least * whole:
        told = str(share).replace(".", ",")
        return {"belanja_sah": f"Belanja sah baru {told} persen dari UP; GU diajukan mulai {least} persen."}
    if spent > whole:
        return {"belanja_sah": "Belanja sah melampaui besaran UP."}
    return (
        {} if values.get("nilai") == spent else {"nilai": "Nilai GU sama dengan belanja yang sudah disahkan."}
    )


def is_settled(case: Case) -> bool:
    """Return whether an advance is accounted for: its file lies with the archive, or is there already."""
    return WorkItem.objects.filter(case=case, step="arsip").exists()


@spp_spm.check("ajukan")
def earlier_advance_is_settled(situation: Situation) -> Mapping[str, str]:
    """Refuse an advance (TU) while an earlier one is overdue and its account not yet approved."""
    if situation.values.get("jenis_spp") != "TU":
        return {}
    today = local_day(situation.at)
    for case in other_cases(situation, jenis_spp="TU"):
        until = case.data.get("jatuh_tempo_tu")
        if until and date.fromisoformat(until) < today and not is_settled(case):
            return {"jenis_spp": f"TU {case.number} lewat jatuh tempo dan belum disahkan."}
    return {}


@spp_spm.computes("teliti", "perbaiki")
def net(situation: Situation) -> Mapping[str, Any]:
    """Return the net value once the taxes are known."""
    known = situation.values
    return {
        "nilai_bersih": net_value(
            known["nilai"], *(known.get(key) for key in ("ppn", "pph", "potongan_lain"))
        )
    }


@spp_spm.deadline("kembali-spp")
def sent_back_by(situation: Situation) -> datetime | None:
    """Return by when a faulty SPP goes back: working days after it was received, not after it was examined."""
    received = situation.values.get("tgl_spp_diterima")
    if received is None:
        return None
    calendar = situation.calendar
    return calendar.closing(calendar.add_workdays(received, figure.whole("kembali_hari_kerja")))


@spp_spm.computes("terbit-sp2d")
def due(situation: Situation) -> Mapping[str, Any]:
    """Return until when an advance is accounted for."""
    known = situation.values
    return {"jatuh_tempo_tu": one_month_after(known["tgl_sp2d"])} if known.get("jenis_spp") == "TU" else {}


@spp_spm.computes("lpj-tu")
def left(situation: Situation) -> Mapping[str, Any]:
    """Return what of an advance goes back to the treasury."""
    return {"sisa_tu": situation.values["nilai"] - situation.values["belanja_tu"]}


@spp_spm.check("teliti")
def balances_within_their_wholes(situation: Situation) -> Mapping[str, str]:
    """Refuse a balance that is more than the ceiling or the SPD that it is left of."""
    values = situation.values
    told = {"pagu": "Sisa pagu melampaui pagu.", "spd": "Sisa SPD melampaui SPD."}
    return {
        f"sisa_{name}": words
        for name, words in told.items()
        if values.get(name) is not None and (values.get(f"sisa_{name}") or Decimal()) > values[name]
    }


@spp_spm.row("kartu-kendali")
def charged(situation: Situation) -> Mapping[str, Any]:
    """Return in which column a payment is charged, and what it leaves of the ceiling and of the SPD."""
    values = situation.values
    paid = values["nilai"]
    column = "realisasi_ls" if values["jenis_spp"].startswith("LS") else "realisasi_up_gu_tu"
    left = {
        name: None if values.get(of) is None else values[of] - paid
        for name, of in (("pagu_sesudah", "sisa_pagu"), ("spd_sesudah", "sisa_spd"))
    }
    return {column: paid, **left}
