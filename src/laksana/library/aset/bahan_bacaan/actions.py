"""What reading matter adds to its definition: what is free, the form of purchase, taxes, and the numbers of books."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from laksana.cases.behaviour import Behaviour, Situation
from laksana.library import spending_tax
from laksana.library.aset import procurement
from laksana.library.aset.bahan_bacaan import rules
from laksana.library.months import months_between
from laksana.library.numbered import number_once
from laksana.library.others import other_cases
from laksana.library.rupiah import rupiah
from laksana.numbering.services import declare_simple, give
from laksana.people.models import Person
from laksana.worktime.zone import local_day

bahan_bacaan = Behaviour("bahan-bacaan")
number_once(bahan_bacaan, "periksa", "nomor_bast", "BAST-BACAAN", outcome="Sesuai")
_COPIES = declare_simple(
    "bahan-bacaan-induk", "{urut:04}/PERPUS-DISKOMINFO/{tahun}", "bahan-bacaan", "nomor_induk"
).key


@bahan_bacaan.computes("rekap")
def compared(situation: Situation) -> Mapping[str, Any]:
    """Return the list with what may be bought of each title, and why not more."""
    rows, units = [], int(situation.values["jumlah_unit"])
    for row in situation.values["rekap"]:
        count, why = rules.approved(
            row["jenis"],
            bool(row.get("tersedia_jdih")),
            bool(row.get("alasan")),
            int(row["jumlah"]),
            int(row["dimiliki"]),
            units,
        )
        rows.append({**row, "disetujui": count, "catatan": why})
    return {"rekap": rows}


@bahan_bacaan.check("telaah")
def something_to_buy(situation: Situation) -> Mapping[str, str]:
    """Refuse to pass a list of which nothing may be bought, or that the budget cannot bear."""
    rows = situation.values["rekap"]
    if situation.outcome != "Ya":
        return {}
    if not any(row["disetujui"] for row in rows):
        return {"outcome": "Tidak ada bahan bacaan yang dapat dibeli."}
    cost = sum((row["disetujui"] * row["harga_perkiraan"] for row in rows), Decimal())
    return (
        {"outcome": "Perkiraan harga melebihi sisa anggaran."}
        if cost > situation.values["sisa_anggaran"]
        else {}
    )


@bahan_bacaan.computes("survei-harga")
def package(situation: Situation) -> Mapping[str, Any]:
    """Return the value that decides the form: with what was bought of the same account this month."""
    return {"nilai_gabungan": _together(situation), "tanggal_survei": local_day(situation.at)}


def _together(situation: Situation) -> Decimal:
    values, month = situation.values, local_day(situation.at).replace(day=1)
    total: Decimal = values["nilai_pengadaan"]
    for case in other_cases(situation, kode_rekening=values["kode_rekening"]):
        surveyed = case.data.get("tanggal_survei")
        if surveyed and date.fromisoformat(surveyed).replace(day=1) == month:
            total += Decimal(str(case.data["nilai_pengadaan"]))
    return total


@bahan_bacaan.check("survei-harga")
def right_form(situation: Situation) -> Mapping[str, str]:
    """Refuse another form of purchase than the value has, and a package without an estimate where one is needed."""
    values = situation.values
    total, electronic = _together(situation), values["metode"] == "e_purchasing"
    method = procurement.E_PURCHASING if electronic else procurement.DIRECT
    due = procurement.form_code(total, method)
    wrong = {}
    if not electronic and values["metode"] != due:
        titles = situation.procedure.fields["metode"].choices or {}
        wrong["metode"] = f"Nilai paket sejenis bulan ini {rupiah(total)}: {titles[due]}."
    if procurement.hps_needed(total, total, method) and values.get("hps") is None:
        wrong["hps"] = "HPS wajib bagi nilai ini."
    return wrong


@bahan_bacaan.check("periksa")
def counted(situation: Situation) -> Mapping[str, str]:
    """Refuse counts that do not add up, and to call an incomplete delivery right."""
    for row in situation.values["hasil_periksa"]:
        if row["baik"] + row["rusak"] != row["diterima"]:
            return {"hasil_periksa": f"{row['judul']}: baik dan rusak harus sama dengan diterima."}
        if situation.outcome == "Sesuai" and row["baik"] < row["dipesan"]:
            return {
                "outcome": f"{row['judul']}: baru {row['baik']:f} dari {row['dipesan']:f} eksemplar baik."
            }
    return {}


@bahan_bacaan.computes("verifikasi")
def taxed(situation: Situation) -> Mapping[str, Any]:
    """Return the taxes on the purchase and what is paid to the supplier."""
    if situation.outcome != "Lengkap":
        return {}
    values = situation.values
    base = Fraction(values["harga_tanpa_ppn"])
    taxes = list(_taxes(values, base))
    vat = sum((row["jumlah"] for row in taxes if row["jenis"] == "PPN"), Decimal())
    withheld = sum((row["jumlah"] for row in taxes if row["dipungut"]), Decimal())
    return {"pajak": taxes, "jumlah_bayar": values["harga_tanpa_ppn"] + vat - withheld}


def _taxes(values: Mapping[str, Any], base: Fraction) -> Iterator[dict[str, Any]]:
    if values["penyedia_pkp"] and values["kena_ppn"]:
        collected = spending_tax.is_withheld("ppn", base) and not values.get("ppn_dipungut_lokapasar")
        yield {**spending_tax.line("ppn", base, spending_tax.amount("ppn", base)), "dipungut": collected}
    has_npwp = bool(values.get("npwp_penyedia"))
    code, tax = spending_tax.income_tax("pph22", base, has_npwp=has_npwp, small_business=values["suket_pp55"])
    if tax:
        yield {**spending_tax.line(code, base, tax, has_npwp=has_npwp), "dipungut": True}


@bahan_bacaan.computes("catat")
def numbered(situation: Situation) -> Mapping[str, Any]:
    """Return a number for every good copy of a book, and what subscriptions are paid."""
    values = situation.values
    found: dict[str, Any] = {"masa_langganan": [_paid(row) for row in values.get("masa_langganan") or ()]}
    if not values.get("nomor_induk"):
        found["nomor_induk"] = list(_numbers(situation))
    return found


def _paid(row: Mapping[str, Any]) -> Mapping[str, Any]:
    if not row.get("seharusnya") or row.get("diterima") is None:
        return row
    return {
        **row,
        "dibayar": rules.subscription(row["harga_per_bulan"], int(row["diterima"]), int(row["seharusnya"])),
    }


def _numbers(situation: Situation) -> Iterator[dict[str, Any]]:
    values = situation.values
    kinds = {row["judul"]: row["jenis"] for row in values["rekap"]}
    for row in values["hasil_periksa"]:
        kind = kinds.get(row["judul"], "buku")
        for _copy in range(int(row["baik"]) if kind in rules.CATALOGUED else 0):
            number = give(_COPIES, situation.at, situation.case.number).written
            yield {
                "judul": row["judul"],
                "nomor_induk": number,
                "klasifikasi": kind,
                "lokasi": values["lokasi"],
            }


@bahan_bacaan.check("sajikan")
def not_too_many(situation: Situation) -> Mapping[str, str]:
    """Refuse to lend one person more than one may have."""
    rows = situation.values.get("peminjaman") or ()
    if rules.too_many_loans(row["pegawai"] for row in rows if not row.get("tanggal_kembali")):
        return {
            "peminjaman": f"Seorang meminjam paling banyak {rules.figure('pinjam_terbanyak')} bahan bacaan."
        }
    return {}


@bahan_bacaan.computes("sajikan")
def lent(situation: Situation) -> Mapping[str, Any]:
    """Return the loans with the day on which they are due."""
    add, days = situation.calendar.add_workdays, rules.figure("pinjam_hari_kerja")
    rows = situation.values.get("peminjaman") or ()
    return {"peminjaman": [{**row, "batas": add(row["tanggal_pinjam"], days)} for row in rows]}


@bahan_bacaan.row("buku-induk")
@bahan_bacaan.row("kib-e")
def catalogued(situation: Situation) -> Mapping[str, Any]:
    """Return what the proposal and the list say of the title of a copy."""
    values, title = situation.values, situation.values["judul"]
    told: Mapping[str, Any] = next((row for row in values["usulan"] if row["judul"] == title), {})
    listed: Mapping[str, Any] = next((row for row in values["rekap"] if row["judul"] == title), {})
    return {
        "pengarang": told.get("pengarang"),
        "penerbit": told.get("penerbit"),
        "tahun_terbit": told.get("tahun_terbit"),
        "isbn": told.get("isbn"),
        "harga": listed.get("harga_perkiraan"),
        "kode_barang": rules.CODES[values["klasifikasi"]].kode_barang,
        "jenis_bacaan": values["klasifikasi"],
        "kondisi": "baik",
        "satu": 1,
        "tanggal_catat": local_day(situation.at),
    }


@bahan_bacaan.row("kartu-langganan")
def not_published(situation: Situation) -> Mapping[str, Any]:
    """Return which months a row of the subscription is of, and how many of its issues did not come."""
    values = situation.values
    due, came = values.get("seharusnya"), values.get("diterima")
    return {
        "bulan": months_between(values["mulai"], values["selesai"]),
        "tidak_terbit": due - came if due is not None and came is not None else None,
    }


@bahan_bacaan.row("kartu-pinjam")
def borrower(situation: Situation) -> Mapping[str, Any]:
    """Return the number of the person who borrows."""
    return {"nip": Person.objects.get(pk=situation.values["pegawai"]).nip}
