"""The draft of the document: the cash plan of each line, and the test of all lines to the rupiah."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from laksana.cases.behaviour import Done, Situation
from laksana.library import months
from laksana.library.gathering import gathered
from laksana.library.perencanaan.dpa import rules
from laksana.library.rupiah import rupiah

MONTHS = tuple(f"b{number}" for number in range(1, 13))
NAMES = (*months.MONTHS, "Triwulan I", "Triwulan II", "Triwulan III", "Triwulan IV")
TABLES = ("rincian_dpa", "indikator_dpa", "anggaran_kas")


def months_add_up(situation: Situation) -> Mapping[str, str]:
    """Refuse a cash plan by hand whose months do not make up its line."""
    wrong = {}
    for place, row in enumerate(situation.values["anggaran_kas"]):
        gap = sum((row.get(month) or Decimal() for month in MONTHS), Decimal()) - row["jumlah"]
        if row["pola"] == "manual" and gap:
            wrong[f"anggaran_kas.{place}.jumlah"] = f"Jumlah bulan berbeda {rupiah(gap)}."
    return wrong


def of_this_sub(situation: Situation) -> Mapping[str, Any]:
    """Return the rows given, with their sub kegiatan; cash plans with the months of their pattern and their quarters."""
    values = situation.values
    found: dict[str, Any] = {
        name: [{**row, "sub_kegiatan": values["kode"]} for row in values.get(name) or ()]
        for name in TABLES
        if name in situation.step.asks
    }
    if "anggaran_kas" in found:
        found["anggaran_kas"] = [_planned(row, int(values["bulan_thr"])) for row in found["anggaran_kas"]]
    return found


def _planned(row: Mapping[str, Any], holiday_month: int) -> dict[str, Any]:
    months = [row.get(month) or Decimal() for month in MONTHS]
    if row["pola"] == "gaji_14":
        months = rules.payroll_plan(row["jumlah"], holiday_month)
    quarters = {f"tw{n + 1}": sum(months[3 * n : 3 * n + 3], Decimal()) for n in range(4)}
    return {**row, **dict(zip(MONTHS, months, strict=True)), **quarters}


def gather_lines(situation: Situation) -> Done:
    """Return the lines and indicators of all sub kegiatan as tables of the case."""
    return Done(values=gathered(situation.case, "rincian_dpa", "indikator_dpa"))


def gather_plans(situation: Situation) -> Done:
    """Return the cash plans of all sub kegiatan as one table of the case."""
    return Done(values=gathered(situation.case, "anggaran_kas"))


def test_draft(situation: Situation) -> Done:
    """Return the sums of the draft, what each quarter releases, and every line that does not agree."""
    return Done(values=_tested(situation.values))


def test_again(situation: Situation) -> Done:
    """Return the mended tables of all sub kegiatan, tested anew."""
    tables = gathered(situation.case, *TABLES)
    typed = {name: [_typed(row) for row in tables[name]] for name in ("rincian_dpa", "anggaran_kas")}
    return Done(values={**tables, **_tested({**situation.values, **typed})})


def _typed(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row as it is kept, with its amounts as numbers."""
    amounts = {"jumlah", *MONTHS}
    return {name: Decimal(str(cell)) if cell and name in amounts else cell for name, cell in row.items()}


def _tested(values: Mapping[str, Any]) -> dict[str, Any]:
    plans, lines = values["anggaran_kas"], rules.lines(values["rincian_dpa"])
    wanted = rules.shifted(rules.lines(values["penjabaran"]), values.get("pergeseran") or ())
    against_law = rules.differences(lines, wanted)
    against_plan = rules.differences(rules.lines(plans), lines)
    faults = [_fault(key, "Berbeda dengan Perwali penjabaran", gap) for key, gap in against_law]
    faults += [_fault(key, "Anggaran kas berbeda dengan rincian", gap) for key, gap in against_plan]
    months = [sum((row.get(month) or Decimal() for row in plans), Decimal()) for month in MONTHS]
    total, until = sum(lines.values(), Decimal()), rules.released(months)
    quarters = [sum(months[3 * n : 3 * n + 3], Decimal()) for n in range(4)]
    named = zip(NAMES, [*months, *quarters], strict=True)
    return {
        "total_dpa": total,
        "total_kas": [{"periode": name, "jumlah": amount} for name, amount in named],
        "spd_triwulan": [
            {"triwulan": n + 1, "jumlah": quarters[n], "kumulatif": until[n], "sisa_dpa": total - until[n]}
            for n in range(4)
        ],
        "hasil_uji": faults,
    }


def _fault(key: rules.Key, problem: str, gap: Decimal) -> dict[str, Any]:
    sub, code, source = key
    return {
        "sub_kegiatan": sub, "kode_rekening": code, "sumber_dana": source, "masalah": problem, "selisih": gap,
    }  # fmt: skip
