"""What the entries of the cash book must satisfy before its sums mean anything."""

from collections.abc import Iterator, Mapping
from typing import Any

from laksana.library.keuangan.spj import ledger, rules
from laksana.library.keuangan.spj.ledger import amount
from laksana.library.rupiah import rupiah


def faults(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the cells of the cash book and of the advances that are not as their kind asks, each with what is wrong."""
    first, last = rules.first_day(values["bulan"]), rules.last_day(values["bulan"])
    for place, row in enumerate(values["bku"]):
        kind, cell = row["jenis"], f"bku.{place}"
        plus, minus = amount(row, "penerimaan"), amount(row, "pengeluaran")
        right, left = (plus, minus) if kind in ledger.RECEIPTS else (minus, plus)
        if kind != ledger.SHIFT and (left or not right):
            side = "penerimaan" if kind in ledger.RECEIPTS else "pengeluaran"
            yield f"{cell}.{side}", f"Jenis ini hanya mempunyai {side}."
        if not first <= row["tanggal"] <= last:
            yield f"{cell}.tanggal", "Di luar bulan SPJ ini."
        if kind in ledger.GROUPS and not row.get("kode_rekening"):
            yield f"{cell}.kode_rekening", "Belanja memerlukan kode rekening."
        if kind.startswith("pajak_") and not row.get("jenis_pajak"):
            yield f"{cell}.jenis_pajak", "Sebutkan jenis pajaknya."
        if kind == "pajak_disetor" and not row.get("ntpn"):
            yield f"{cell}.ntpn", "Setoran pajak memerlukan NTPN."
    yield from _advance_faults(values)


def _advance_faults(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    first, last = rules.first_day(values["bulan"]), rules.last_day(values["bulan"])
    for place, row in enumerate(values.get("buku_panjar") or ()):
        if bool(row.get("dipertanggungjawabkan")) != bool(row.get("tanggal_selesai")):
            yield (
                f"buku_panjar.{place}.tanggal_selesai",
                "Diisi bila, dan hanya bila, ada yang dipertanggungjawabkan.",
            )
        elif (day := row.get("tanggal_selesai")) and not first <= day <= last:
            yield f"buku_panjar.{place}.tanggal_selesai", "Di luar bulan SPJ ini."
        elif amount(row, "dipertanggungjawabkan") > row["jumlah"]:
            yield f"buku_panjar.{place}.dipertanggungjawabkan", "Melebihi panjar yang diberikan."


def disagreements(values: Mapping[str, Any]) -> Iterator[str]:
    """Yield what does not agree: the book with the receipts, payments by LS with their SP2D, shifts, and tax paid too much."""
    rows: ledger.Rows = values["bku"]
    booked = {
        (row["nomor_bukti"], row["kode_rekening"], ledger.GROUPS[row["jenis"]], row["pengeluaran"])
        for row in rows
        if row["jenis"] in ledger.GROUPS
    }
    given = {
        (row["nomor_bukti"], row["kode_rekening"], row["kelompok"], row["bruto"])
        for row in values["bukti_belanja"]
    }
    if different := sorted({row[0] for row in booked ^ given}):
        yield f"BKU tidak sama dengan bukti belanja: {', '.join(different)}."
    for group in ("ls_gaji", "ls_bj"):
        gap = ledger.total(rows, "penerimaan", f"sp2d_{group}") - ledger.total(
            rows, "pengeluaran", f"belanja_{group}"
        )
        if gap:
            yield f"SP2D-LS dan belanja LS berbeda {rupiah(abs(gap))}."
    if ledger.total(rows, "penerimaan", ledger.SHIFT) != ledger.total(rows, "pengeluaran", ledger.SHIFT):
        yield "Pergeseran kas tunai dan bank tidak seimbang."
    if ledger.books(values)["pajak_belum_setor"] < 0:
        yield "Pajak disetor melebihi yang dipungut."
