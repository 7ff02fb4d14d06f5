"""What food and drink add to their definition: what is refused, what an order costs, who approves it, what is paid after tax."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from laksana.cases.behaviour import Behaviour, Situation
from laksana.library import spending_tax
from laksana.library.numbered import number_once
from laksana.library.rumah_tangga.makanan_minuman import rules
from laksana.library.rumah_tangga.rapat_bimtek_sosialisasi.rules import food
from laksana.library.rupiah import rupiah
from laksana.worktime.zone import local_day

konsumsi = Behaviour("makanan-minuman")
number_once(konsumsi, "minta", "nomor_permintaan", "KONSUMSI")


@konsumsi.check("minta")
def sensible_request(situation: Situation) -> Mapping[str, str]:
    """Refuse an event that ends before it begins, and portions above those invited and serving."""
    values, wrong = situation.values, {}
    if values["waktu_selesai"] <= values["waktu_mulai"]:
        wrong["waktu_selesai"] = "Waktu selesai harus sesudah waktu mulai."
    kinds = [row["jenis"] for row in values["rincian"]]
    most = values["jumlah_undangan"] + values["jumlah_petugas"]
    snacks = rules.snacks_at_most(values["waktu_mulai"], values["waktu_selesai"])
    if len(set(kinds)) < len(kinds):
        wrong["rincian"] = "Setiap jenis hanya satu baris."
    for row in values["rincian"]:
        allowed = most * (snacks if row["jenis"] == "kudapan" else 1)
        ceiling = rules.CEILINGS[row["jenis"]].harga
        if row["jumlah"] > allowed:
            wrong["rincian"] = f"Porsi {row['jenis']} paling banyak {allowed}: undangan dan petugas."
        if row["harga_satuan"] > ceiling:
            wrong["rincian"] = f"Harga {row['jenis']} paling tinggi {rupiah(ceiling)} seporsi."
    return wrong


@konsumsi.warns("minta")
def early_enough(situation: Situation) -> Mapping[str, str]:
    """Warn of a request that comes late, and of what the event may not be served."""
    start = local_day(situation.values["waktu_mulai"])
    ready = situation.calendar.add_workdays(local_day(situation.at), 2)
    late = {"waktu_mulai": "Permintaan paling lambat 2 hari kerja sebelum acara."} if start < ready else {}
    return late | ({"rincian": why} if (why := _not_allowed(situation.values)) else {})


def _not_allowed(values: Mapping[str, Any]) -> str:
    """Return why an event may not be served what is asked; empty when it may."""
    start, end = values["waktu_mulai"], values["waktu_selesai"]
    kinds = {row["jenis"] for row in values["rincian"]}
    if values["jenis_acara"] == "rapat":
        served = food(start, end, values["moda"], values["unsur_peserta"])
        if served == "tidak":
            return "Konsumsi rapat hanya bagi rapat luring atau hibrida sekurang-kurangnya 2 jam."
        if served == "kudapan" and "makan" in kinds:
            return "Rapat antarunit Dinas hanya diberi kudapan."
    if "makan" in kinds and not rules.covers_a_meal(start, end):
        return "Makan hanya bila acara meliputi pukul 12.00-13.00 atau lewat pukul 18.30."
    return ""


@konsumsi.computes("minta")
def priced(situation: Situation) -> Mapping[str, Any]:
    """Return the lines with their sums, the value of the order, and who will approve it."""
    rows = [
        {**row, "jumlah_harga": row["jumlah"] * row["harga_satuan"]} for row in situation.values["rincian"]
    ]
    total = sum((row["jumlah_harga"] for row in rows), Decimal())
    return {"rincian": rows, "jumlah_pesanan": total, "penyetuju": f"position:{rules.approver(total)}"}


@konsumsi.check("periksa")
def may_be_served(situation: Situation) -> Mapping[str, str]:
    """Refuse to pass what the rules do not let an event be served."""
    why = _not_allowed(situation.values) if situation.outcome == "Ya" else ""
    return {"outcome": why} if why else {}


@konsumsi.check("cek-anggaran")
def right_account(situation: Situation) -> Mapping[str, str]:
    """Refuse another account than the one that the kind of event has."""
    account = rules.ACCOUNTS.get(situation.values["jenis_acara"])
    if account is None or situation.values["kode_rekening"] == account.kode_rekening:
        return {}
    return {"kode_rekening": f"Kode rekening acara ini {account.kode_rekening}."}


@konsumsi.check("terima", "sajikan")
def plausible_delivery(situation: Situation) -> Mapping[str, str]:
    """Refuse more fit than delivered, a kind that was not ordered, and to call a shortage right."""
    ordered = {row["jenis"]: row["jumlah"] for row in situation.values["rincian"]}
    rows = situation.values["terima_tabel"]
    for row in rows:
        if row["layak"] > row["diterima"]:
            return {"terima_tabel": f"Porsi {row['jenis']} yang layak melebihi yang diterima."}
        if row["dipesan"] != ordered.get(row["jenis"]):
            return {"terima_tabel": f"Pesanan {row['jenis']} {ordered.get(row['jenis'], 0)} porsi."}
    if situation.outcome == "Sesuai" and any(row["layak"] < row["dipesan"] for row in rows):
        return {"outcome": "Ada porsi yang kurang atau tidak layak."}
    return {}


@konsumsi.computes("verifikasi")
def to_pay(situation: Situation) -> Mapping[str, Any]:
    """Return what is paid to the supplier: portions that may be paid, at the ordered price, less income tax."""
    if situation.outcome != "Lengkap":
        return {}
    values = situation.values
    prices = {row["jenis"]: row["harga_satuan"] for row in values["rincian"]}
    paid, fewest = Decimal(), None
    for row in values["terima_tabel"]:
        count = rules.payable(int(row["layak"]), int(values["jumlah_hadir"]), int(values["jumlah_petugas"]))
        paid += count * prices[row["jenis"]]
        fewest = count if fewest is None else min(fewest, count)
    delivered = sum((row["diterima"] * prices[row["jenis"]] for row in values["terima_tabel"]), Decimal())
    taxes = list(_taxes(values, paid))
    return {
        "jumlah_dibayar": paid,
        "porsi_dibayar": fewest,
        "tidak_dibayar": delivered - paid,
        "pajak": taxes,
        "neto": paid - sum((row["jumlah"] for row in taxes), Decimal()),
        "meterai": rules.stamp_duty(paid),
    }


def _taxes(values: Mapping[str, Any], paid: Decimal) -> Iterator[dict[str, Any]]:
    """Yield the income tax of a caterer; restaurants and stalls bear none, and food bears no VAT."""
    if values["jenis_penyedia"] != "katering":
        return
    base = spending_tax.without("pbjt-mamin", paid) if values["penyedia_pbjt"] else Fraction(paid)
    has_npwp = bool(values.get("npwp_penyedia"))
    code, tax = spending_tax.income_tax("pph23", base, has_npwp=has_npwp, small_business=values["suket_pp55"])
    yield spending_tax.line(code, base, tax, has_npwp=has_npwp)


_COME_TO = {"pesan": "Dipesan", "sajikan": "Disajikan", "bayar": "Dibayar"}


@konsumsi.row("register-konsumsi")
def requested(situation: Situation) -> Mapping[str, Any]:
    """Return the day of the request's approval, its portions with their prices, and how far it has come."""
    rows = situation.values["rincian"]
    return {
        "tanggal_catat": local_day(situation.at),
        "porsi": ", ".join(f"{row['jenis']} {row['jumlah']:f}" for row in rows),
        "harga": ", ".join(f"{row['jenis']} {rupiah(row['harga_satuan'])}" for row in rows),
        "status": _COME_TO.get(situation.step.id)
        or ("Disetujui" if situation.outcome == "Ya" else "Ditolak"),
    }


@konsumsi.row("kartu-kendali")
def booked(situation: Situation) -> Mapping[str, Any]:
    """Return the day of payment and what is left of the account."""
    values = situation.values
    return {
        "tanggal_catat": local_day(situation.at),
        "sisa": values["sisa_anggaran"] - values["jumlah_dibayar"],
    }
