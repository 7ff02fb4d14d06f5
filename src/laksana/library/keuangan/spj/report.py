"""The tables of the treasurer's account: each budget line by kind of money, and what came in and went out."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from laksana.cases.behaviour import Situation
from laksana.sop.values import number_text

_PARTS = ("sd_lalu", "ini", "sd_ini")
_KINDS = ("realisasi_ls_gaji", "realisasi_ls_bj", "realisasi_up")


def tables(situation: Situation) -> Mapping[str, Any]:
    """Return the rows that the account prints, with their sums, in whole rupiah."""
    values = situation.values
    fields = situation.procedure.fields
    entries = values.get("bku") or ()
    kinds = (fields["bku"].columns or {})["jenis"].choices or {}
    return {
        "per_rekening": _by_line(values),
        "penerimaan": _summed(entries, "penerimaan", kinds),
        "pengeluaran": _summed(entries, "pengeluaran", kinds),
    }


def _by_line(values: Mapping[str, Any]) -> list[list[str]]:
    """Return each line: its budget, each kind until last month, this month and until now, the sum, and what is left."""
    names = {row["kode_rekening"]: row.get("uraian") or "" for row in values.get("pagu") or ()}
    spent = {kind: {row["kode_rekening"]: row for row in values.get(kind) or ()} for kind in _KINDS}
    rows = []
    for left in values.get("sisa_pagu") or ():
        code = left["kode_rekening"]
        by_kind = [_amount(spent[kind].get(code, {}), part) for kind in _KINDS for part in _PARTS]
        ends = [_amount(left, "jumlah_spj"), _amount(left, "sisa")]
        rows.append((code, names.get(code, ""), [_amount(left, "pagu"), *by_kind, *ends]))
    if not rows:
        return []
    sums = [
        sum(column, Decimal()) for column in zip(*(amounts for _code, _name, amounts in rows), strict=True)
    ]
    return [[code, name, *map(number_text, amounts)] for code, name, amounts in (*rows, ("Jumlah", "", sums))]


def _summed(entries: Iterable[Mapping[str, Any]], column: str, kinds: Mapping[str, str]) -> list[list[str]]:
    """Return the entries of a column summed by their kind, taxes apart by which they are."""
    found: defaultdict[str, Decimal] = defaultdict(Decimal)
    for row in entries:
        if amount := _amount(row, column):
            tax = row.get("jenis_pajak")
            kind = kinds.get(str(row.get("jenis")), str(row.get("jenis") or ""))
            found[f"{kind} ({tax})" if tax else kind] += amount
    listed = [[name, number_text(amount)] for name, amount in found.items()]
    return [*listed, ["Jumlah", number_text(sum(found.values(), Decimal()))]]


def _amount(row: Mapping[str, Any], column: str) -> Decimal:
    return Decimal(row.get(column) or 0)
