"""What the budget plan (RKA) adds to its definition: the sums of its lines, held against the ceilings."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from laksana.cases.behaviour import Behaviour, Situation
from laksana.cases.models import WorkItem
from laksana.library.gathering import gathered
from laksana.library.months import MONTHS
from laksana.library.perencanaan.rka import report
from laksana.library.rupiah import rupiah
from laksana.sop.rules import rule

rka = Behaviour("rka")


@rule("rka.jumlah-baris", title="Jumlah satu baris belanja", source="Permendagri 77/2020")
def line_total(row: Mapping[str, Any]) -> Decimal:
    """Return a line's amount in whole rupiah: the coefficients times the unit price, with VAT where it comes on top."""
    total = Decimal(row.get("harga_satuan") or 0)
    for place in range(1, 5):
        if (factor := row.get(f"koefisien_{place}")) is not None:
            total *= Decimal(factor)
    return (total * (1 + Decimal(row.get("ppn_persen") or 0) / 100)).quantize(Decimal(1))


@rka.computes("terima-se")
def ceilings(situation: Situation) -> Mapping[str, Any]:
    """Return the sum of the ceilings."""
    return {"jumlah_pagu": sum((row["pagu"] for row in situation.values["pagu_sub"]), Decimal())}


@rka.computes("rka-bidang", "perbaiki", "penyempurnaan")
def sums(situation: Situation) -> Mapping[str, Any]:
    """Return the lines with their amounts, their sum, the sum of each source of money, and what the ceiling leaves."""
    rows = [{**row, "jumlah": line_total(row)} for row in situation.values.get("rincian") or ()]
    if not rows:
        return {}
    total = sum((row["jumlah"] for row in rows), Decimal())
    sources = dict.fromkeys((row["sumber_dana"] for row in rows), Decimal())
    for row in rows:
        sources[row["sumber_dana"]] += row["jumlah"]
    found: dict[str, Any] = {"rincian": rows, "total_sub": total}
    found["sumber_dana"] = [{"sumber": name, "jumlah": amount} for name, amount in sources.items()]
    ceiling = situation.values.get("pagu")
    return found if ceiling is None else found | {"selisih_pagu": ceiling - total}


@rka.check("rka-bidang", "perbaiki")
def within_ceiling(situation: Situation) -> Mapping[str, str]:
    """Refuse lines that together go over the ceiling of their sub kegiatan."""
    ceiling = situation.values.get("pagu")
    over = sum((line_total(row) for row in situation.values.get("rincian") or ()), Decimal()) - (ceiling or 0)
    return (
        {"rincian": f"Jumlah rincian melampaui pagu sebesar {rupiah(over)}."}
        if ceiling is not None and over > 0
        else {}
    )


@rka.check("uji", "input-sipd-perbaikan", "penyempurnaan")
def cash_plan_adds_up(situation: Situation) -> Mapping[str, str]:
    """Refuse a cash plan whose months do not make the amount of the plan."""
    total = situation.values.get("total_rka")
    planned = sum(
        (row.get("jumlah") or Decimal() for row in situation.values.get("anggaran_kas") or ()), Decimal()
    )
    if total is None or planned == total:
        return {}
    return {"anggaran_kas": f"Rencana kas {rupiah(planned)}; jumlah RKA {rupiah(total)}."}


@rka.check("telaah")
def prices_within_standard(situation: Situation) -> Mapping[str, str]:
    """Refuse to let a price above the standard pass unless somebody approved it."""
    if situation.outcome != "Sesuai":
        return {}
    over = [row for row in situation.values.get("cek_ssh") or () if not row.get("persetujuan")]
    told = "; ".join(f"{row['baris']} {rupiah(row['harga'] - row['standar'])}" for row in over)
    return {"outcome": f"Harga melampaui standar tanpa persetujuan: {told}."} if over else {}


@rka.row("register-rka")
def registered(situation: Situation) -> Mapping[str, Any]:
    """Return which version of the plan is final, how much stands in it, and what the ceilings leave."""
    values = situation.values
    mended = WorkItem.objects.filter(
        case=situation.case, step__in=("input-sipd-perbaikan", "penyempurnaan"), state=WorkItem.State.DONE
    )
    lines = gathered(situation.case, "rincian")["rincian"] or values.get("rincian") or ()
    return {
        "versi": 1 + mended.count(),
        "jumlah_sub_kegiatan": len(values["pagu_sub"]),
        "jumlah_baris": len(lines),
        "selisih": values["jumlah_pagu"] - values["total_rka"],
    }


@rka.row("kertas-kerja")
def worked_out(situation: Situation) -> Mapping[str, Any]:
    """Return the months of a line's sub kegiatan and, once it is tested, what the test says of the line."""
    plan = situation.values.get("waktu") or ()
    first = min((int(row["bulan_mulai"]) for row in plan), default=1)
    last = max((int(row["bulan_selesai"]) for row in plan), default=12)
    months = MONTHS[first - 1] if first == last else f"{MONTHS[first - 1]} s.d. {MONTHS[last - 1]}"
    return {"bulan": months, "catatan_uji": _tested(situation) if situation.step.id == "uji" else None}


def _tested(situation: Situation) -> str:
    values = situation.values
    found = [row["masalah"] for row in values.get("cek_kode") or () if row["kode"] == values["kode_rekening"]]
    for row in values.get("cek_ssh") or ():
        if row["baris"].strip().casefold() == values["uraian"].strip().casefold():
            found.append(f"Harga {rupiah(row['harga'])} di atas standar {rupiah(row['standar'])}")
    return "; ".join(found) or "Sesuai"


rka.paper("rka-skpd")(report.tables)
