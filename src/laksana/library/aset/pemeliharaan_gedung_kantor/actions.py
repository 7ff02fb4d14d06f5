"""What building repair adds to its definition: damage and cost, methods, progress, and what is paid and held back."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from laksana.cases.behaviour import Behaviour, Situation
from laksana.library import spending_tax
from laksana.library.aset import procurement
from laksana.library.aset.accounting import is_capitalised
from laksana.library.aset.codes import BUILDINGS
from laksana.library.aset.pemeliharaan_gedung_kantor import rules
from laksana.library.numbered import number_once
from laksana.library.rounding import half_up
from laksana.library.rupiah import rupiah
from laksana.sop.duration import Duration
from laksana.worktime.calendar import months_later
from laksana.worktime.zone import local_day

gedung = Behaviour("pemeliharaan-gedung-kantor")
number_once(gedung, "lapor", "nomor_laporan", "KERUSAKAN")
number_once(gedung, "pho", "nomor_bast", "BAST-GEDUNG", outcome="Diterima")
METHODS = {"Swakelola": "swakelola", "Pengadaan langsung": "pengadaan_langsung", "Tender": "tender"}


@gedung.deadline("survei")
def surveyed_by(situation: Situation) -> datetime | None:
    """Return until when the damage is surveyed: sooner where it endangers people."""
    urgent = situation.values.get("mendesak")
    days = rules.figure("survei_mendesak_hari_kerja" if urgent else "survei_hari_kerja")
    return situation.calendar.deadline(situation.at, Duration.parse(f"{days:f} hari kerja"))


@gedung.deadline("pekerjaan")
def finished_by(situation: Situation) -> datetime | None:
    """Return the end of the day on which the contract has the work finished."""
    due = situation.values.get("tanggal_selesai_rencana")
    return situation.calendar.closing(situation.calendar.workday_on_or_after(due)) if due else None


@gedung.check("survei")
def sound_survey(situation: Situation) -> Mapping[str, str]:
    """Refuse weights that do not sum to a hundred, and a budget above what the damage allows."""
    values = situation.values
    weights = sum((row["bobot"] for row in values["komponen"]), Decimal())
    if weights != 100:
        return {"komponen": f"Jumlah bobot {weights:f}, harus 100."}
    kind = rules.category(rules.grade(values["komponen"]))
    limit = rules.highest_cost(kind, values["harga_satuan_m2"], values["luas"])
    if kind != "bangun_baru" and values["rab"] > limit:
        return {"rab": f"Di atas batas biaya perawatan {rupiah(limit)}."}
    return {}


@gedung.computes("survei")
def graded(situation: Situation) -> Mapping[str, Any]:
    """Return the grade and category of the damage, the limit of its cost, and the cost by the grade beside it."""
    values = situation.values
    percent = rules.grade(values["komponen"])
    kind = rules.category(percent)
    new = values["harga_satuan_m2"] * values["luas"]
    return {
        "tingkat_kerusakan": percent,
        "kategori": kind,
        "batas_biaya": rules.highest_cost(kind, values["harga_satuan_m2"], values["luas"]),
        "biaya_tingkat": half_up(percent * new / 100, 0),
    }


@gedung.check("pilih-metode")
def within_the_limit(situation: Situation) -> Mapping[str, str]:
    """Refuse direct procurement above its limit."""
    estimate = situation.values.get("hps")
    if situation.outcome != "Pengadaan langsung" or estimate is None:
        return {}
    if procurement.direct_allowed(estimate, konstruksi=True):
        return {}
    limit = rupiah(procurement.figure("pengadaan_langsung_konstruksi"))
    return {"outcome": f"Di atas {limit} pekerjaan ditenderkan."}


@gedung.computes("pilih-metode")
def method(situation: Situation) -> Mapping[str, Any]:
    """Return the method as a datum of the case."""
    return {"metode": METHODS[str(situation.outcome)]}


@gedung.check("kontrak")
def sensible_contract(situation: Situation) -> Mapping[str, str]:
    """Refuse a contract above the estimate, and work that ends before it begins."""
    values, wrong = situation.values, {}
    if values["nilai_kontrak"] > values["hps"]:
        wrong["nilai_kontrak"] = "Nilai kontrak melebihi HPS."
    if values["tanggal_selesai_rencana"] <= values["tanggal_mulai"]:
        wrong["tanggal_selesai_rencana"] = "Tanggal selesai harus sesudah tanggal mulai."
    return wrong


@gedung.computes("kontrak")
def bonds(situation: Situation) -> Mapping[str, Any]:
    """Return the performance bond of the contract."""
    values = situation.values
    value = values["nilai_kontrak"]
    return {"jaminan_pelaksanaan": procurement.bond(value, values["metode"], value, values["hps"])}


@gedung.computes("kerjakan")
def progress(situation: Situation) -> Mapping[str, Any]:
    """Return the weeks with their deviations, that of the last one, and whether it is critical."""
    rows = [
        {**row, "deviasi": row["realisasi_persen"] - row["rencana_persen"]}
        for row in situation.values["progres"]
    ]
    last = max(rows, key=lambda row: row["minggu"])
    late = rules.critical(last["rencana_persen"], last["deviasi"])
    return {"progres": rows, "deviasi": last["deviasi"], "kritis": late}


@gedung.check("awasi")
def finished(situation: Situation) -> Mapping[str, str]:
    """Refuse to call work finished that is not."""
    done = max(row["realisasi_persen"] for row in situation.values["progres"])
    unfinished = situation.outcome == "Selesai" and done < 100
    return {"outcome": f"Realisasi baru {done:f}%."} if unfinished else {}


@gedung.computes("pho")
def settled(situation: Situation) -> Mapping[str, Any]:
    """Return taxes, retention, fine and the earliest final handover, once the work is accepted; and whether it is capitalised."""
    values = situation.values
    if situation.outcome != "Diterima":
        return {}
    cost = values["rab"] if values["metode"] == "swakelola" else values["nilai_kontrak"]
    found = {"kapitalisasi": bool(values["menambah_manfaat"]) and is_capitalised(BUILDINGS, cost)}
    if values["metode"] == "swakelola":
        return found
    base = spending_tax.without("ppn", cost)
    late = max(0, (values["tanggal_pho"] - values["tanggal_selesai_rencana"]).days)
    code = rules.CONSTRUCTION.get(values["kualifikasi"], "konstruksi-lain")
    return found | {
        "dpp": half_up(base, 0),
        "ppn": spending_tax.amount("ppn", base),
        "pph_final": spending_tax.amount(code, base),
        "retensi": rules.retention(cost),
        "denda": procurement.fine([(cost, late)]),
        "fho_paling_awal": months_later(values["tanggal_pho"], int(values["masa_pemeliharaan_bulan"])),
    }


@gedung.check("fho")
def not_too_early(situation: Situation) -> Mapping[str, str]:
    """Refuse a final handover before the end of the maintenance period."""
    first = situation.values.get("fho_paling_awal")
    early = situation.outcome == "Baik" and first and situation.values["tanggal_fho"] < first
    return {"tanggal_fho": f"Masa pemeliharaan berakhir {first:%d-%m-%Y}."} if early else {}


@gedung.row("buku-kerusakan")
def reported(situation: Situation) -> Mapping[str, Any]:
    """Return the day of a report."""
    return {"tanggal_catat": local_day(situation.at)}


@gedung.row("kendali")
def controlled(situation: Situation) -> Mapping[str, Any]:
    """Return the newest plan and progress in percent."""
    rows = situation.values.get("progres") or ()
    last: Mapping[str, Any] = max(rows, key=lambda row: row["minggu"], default={})
    return {"rencana": last.get("rencana_persen"), "realisasi": last.get("realisasi_persen")}


@gedung.row("kib-c")
def added(situation: Situation) -> Mapping[str, Any]:
    """Return what is added to the value of the building, and what it is worth with it."""
    values = situation.values
    addition = values["rab"] if values["metode"] == "swakelola" else values["nilai_kontrak"]
    return {"penambahan": addition, "nilai_akhir": values["nilai_awal"] + addition}
