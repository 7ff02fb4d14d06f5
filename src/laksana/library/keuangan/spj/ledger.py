"""The books of a month, reckoned from its entries: balances, auxiliary books, and what each account has spent."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from laksana.library.keuangan.spj.rules import closing_balance, first_day, last_day

Row = Mapping[str, Any]
Rows = Sequence[Row]
RECEIPTS = ("sp2d_up", "sp2d_gu", "sp2d_tu", "sp2d_ls_gaji", "sp2d_ls_bj", "pajak_dipungut", "terima_lain")
SHIFT = "pergeseran"
GROUPS = {"belanja_ls_gaji": "ls_gaji", "belanja_ls_bj": "ls_bj", "belanja_up": "up"}
"""Kind of expenditure in the cash book -> the group of the report it belongs to."""
ZERO = Decimal()


def amount(row: Row, column: str) -> Decimal:
    """Return a cell in rupiah, 0 where it is empty."""
    return row.get(column) or ZERO


def total(rows: Rows, column: str, *kinds: str) -> Decimal:
    """Return the sum of a column in rupiah, of the rows of some kinds or of all but the shifts between cash and bank."""
    wanted = (row for row in rows if (row["jenis"] in kinds if kinds else row["jenis"] != SHIFT))
    return sum((amount(row, column) for row in wanted), ZERO)


def spent(receipts: Rows, group: str | None = None) -> dict[str, Decimal]:
    """Return account -> rupiah of the receipts of a group, or of all."""
    found: defaultdict[str, Decimal] = defaultdict(Decimal)
    for row in receipts:
        if group in (None, row["kelompok"]):
            found[row["kode_rekening"]] += row["bruto"]
    return found


def before(account: Row) -> Decimal:
    """Return what was spent of an account up to the month before, in rupiah."""
    return sum((amount(account, f"{group}_lalu") for group in GROUPS.values()), ZERO)


def overspent(accounts: Rows, receipts: Rows) -> Iterator[tuple[str, Decimal]]:
    """Yield the accounts whose rest would be below zero, and by how many rupiah; one without a budget by all of it."""
    left = {row["kode_rekening"]: row["pagu"] - before(row) for row in accounts}
    for code, rupiah in spent(receipts).items():
        if (over := rupiah - left.get(code, ZERO)) > 0:
            yield code, over


def books(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the cash book with numbers and balances, the auxiliary books, the sums, and the report by account."""
    entries = _numbered(values)
    advances = _advances(values.get("buku_panjar") or ())
    receipts, accounts = values.get("bukti_belanja") or (), values.get("pagu") or ()
    received, paid = total(entries, "penerimaan"), total(entries, "pengeluaran")
    withheld = amount(values, "pajak_awal") + total(entries, "penerimaan", "pajak_dipungut")
    found: dict[str, Any] = {
        "bku": entries, "buku_panjar": advances, "total_penerimaan": received, "total_pengeluaran": paid,
        "saldo_akhir": closing_balance(values["saldo_awal"], received, paid),
        "panjar": sum((amount(row, "jumlah") - amount(row, "dipertanggungjawabkan") for row in advances), ZERO),
        "pajak_belum_setor": withheld - total(entries, "pengeluaran", "pajak_disetor"),
        "bp_pajak": _taxes(entries, amount(values, "pajak_awal")),
        "bp_rincian": _details(entries, accounts),
    }  # fmt: skip
    month, open_before = values["bulan"], ZERO
    for row in advances:
        open_before += row["jumlah"] if row["tanggal"] < first_day(month) else ZERO
    cash = amount(values, "saldo_awal_tunai")
    found["bp_kas_tunai"] = _moves(entries, advances, "tunai", cash, month)
    found["bp_bank"] = _moves(entries, advances, "bank", values["saldo_awal"] - cash - open_before, month)
    for group in GROUPS.values():
        now = spent(receipts, group)
        found[f"realisasi_{group}"] = [_progress(row, group, now[row["kode_rekening"]]) for row in accounts]
    now = spent(receipts)
    found["sisa_pagu"] = [_rest(row, now.get(row["kode_rekening"], ZERO)) for row in accounts]
    found["jumlah_up"] = sum(spent(receipts, "up").values(), ZERO)
    found["jumlah_ls"] = sum(now.values(), ZERO) - found["jumlah_up"]
    return found


def _running(rows: Rows, opening: Decimal, change: Callable[[Row], Decimal]) -> list[dict[str, Any]]:
    balance, found = opening, []
    for row in rows:
        balance += change(row)
        found.append({**row, "saldo": balance})
    return found


def _numbered(values: Mapping[str, Any]) -> list[dict[str, Any]]:
    rows = [{**row, "nomor": number} for number, row in enumerate(values["bku"], 1)]
    return _running(rows, values["saldo_awal"], lambda r: amount(r, "penerimaan") - amount(r, "pengeluaran"))


def _advances(rows: Rows) -> list[dict[str, Any]]:
    return _running(rows, ZERO, lambda r: amount(r, "jumlah") - amount(r, "dipertanggungjawabkan"))


def _taxes(entries: Rows, opening: Decimal) -> list[dict[str, Any]]:
    rows = [
        {
            "tanggal": row["tanggal"], "nomor_bku": str(row["nomor"]), "jenis_pajak": row["jenis_pajak"],
            "uraian": row["uraian"], "dipungut": row.get("penerimaan"), "disetor": row.get("pengeluaran"),
            "ntpn": row.get("ntpn"),
        }
        for row in entries if row["jenis"] in ("pajak_dipungut", "pajak_disetor")
    ]  # fmt: skip
    return _running(rows, opening, lambda r: amount(r, "dipungut") - amount(r, "disetor"))


def _details(entries: Rows, accounts: Rows) -> list[dict[str, Any]]:
    sums = {row["kode_rekening"]: before(row) for row in accounts}
    found = []
    for row in entries:
        if (group := GROUPS.get(row["jenis"])) is None:
            continue
        code, rupiah = row["kode_rekening"], amount(row, "pengeluaran")
        sums[code] = sums.get(code, ZERO) + rupiah
        found.append({
            "tanggal": row["tanggal"], "nomor_bku": str(row["nomor"]), "kode_rekening": code, "uraian": row["uraian"],
            "ls": None if group == "up" else rupiah, "up": rupiah if group == "up" else None, "jumlah_kumulatif": sums[code],
        })  # fmt: skip
    return found


def _moves(entries: Rows, advances: Rows, where: str, opening: Decimal, month: str) -> list[dict[str, Any]]:
    """Return the book of cash or of the bank: its entries, and the advances given from it and come back to it this month."""
    rows = [
        _move(row["tanggal"], str(row["nomor"]), row["uraian"], row.get("penerimaan"), row.get("pengeluaran"))
        for row in entries
        if row["kas"] == where
    ]
    for row in advances:
        if row["kas"] != where:
            continue
        if first_day(month) <= row["tanggal"] <= last_day(month):
            words = f"Panjar {row['penerima']}: {row['uraian']}"
            rows.append(_move(row["tanggal"], row["nomor_bukti"], words, None, row["jumlah"]))
        if (back := row.get("dipertanggungjawabkan")) and row.get("tanggal_selesai"):
            words = f"Pertanggungjawaban panjar {row['penerima']}"
            rows.append(_move(row["tanggal_selesai"], row["nomor_bukti"], words, back, None))
    rows.sort(key=lambda row: row["tanggal"])
    return _running(rows, opening, lambda r: amount(r, "penerimaan") - amount(r, "pengeluaran"))


def _move(day: date, number: str, words: str, plus: Decimal | None, minus: Decimal | None) -> dict[str, Any]:
    return {"tanggal": day, "nomor_bku": number, "uraian": words, "penerimaan": plus, "pengeluaran": minus}


def _progress(account: Row, group: str, now: Decimal) -> dict[str, Any]:
    past = amount(account, f"{group}_lalu")
    return {"kode_rekening": account["kode_rekening"], "sd_lalu": past, "ini": now, "sd_ini": past + now}


def _rest(account: Row, now: Decimal) -> dict[str, Any]:
    done = before(account) + now
    code, budget = account["kode_rekening"], account["pagu"]
    return {"kode_rekening": code, "pagu": budget, "jumlah_spj": done, "sisa": budget - done}
