"""What handing out consumables adds to its definition: what the cards can give, the lots that it takes, and its books."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from laksana.cases.behaviour import Behaviour, Done, Situation
from laksana.library.aset import cards, stock
from laksana.library.aset.distribusi_barang_pakai_habis import books, lines
from laksana.library.numbered import number_once

distribusi = Behaviour("distribusi-barang-pakai-habis")
number_once(distribusi, "minta", "nomor_npb", "NPB")
number_once(distribusi, "spb", "nomor_spb", "SPB")
number_once(distribusi, "sppb", "nomor_sppb", "SPPB", outcome="Setuju")
number_once(distribusi, "bast", "nomor_bast", "SBBK")
# Taking this number also lets bookings wait for each other, so that two never take the same of a lot.
number_once(distribusi, "bukukan", "nomor_pengeluaran", "KPB")
NONE = Decimal()


@distribusi.check("minta")
def one_line_for_each(situation: Situation) -> Mapping[str, str]:
    """Refuse an item that stands in the request twice."""
    code = stock.twice(situation.values["daftar_permintaan"])
    return (
        {"daftar_permintaan": f"Barang {code} ditulis dua kali; jumlahkan dalam satu baris."} if code else {}
    )


@distribusi.check("cek-saldo")
def answers_what_the_cards_say(situation: Situation) -> Mapping[str, str]:
    """Refuse an answer that the cards contradict."""
    any_left = any(line["dapat_dipenuhi"] > 0 for line in lines.checked_lines(situation))
    if any_left == (situation.outcome == "Ada"):
        return {}
    return {
        "outcome": "Ada barang yang dapat dipenuhi." if any_left else "Tidak ada barang yang dapat dipenuhi."
    }


@distribusi.computes("cek-saldo")
def offered(situation: Situation) -> Mapping[str, Any]:
    """Return what can be given, a first SPB of it, and what is missing as a proposal to buy."""
    checked = lines.checked_lines(situation)
    short = [line for line in checked if line["dapat_dipenuhi"] < line["jumlah_diminta"]]
    return {
        "hasil_cek": checked,
        "jumlah_lewat_jatah": sum((line["lewat_jatah"] for line in checked), NONE),
        "jumlah_disetujui": [
            {
                "kode_barang": line["kode_barang"],
                "jumlah": line["dapat_dipenuhi"],
                "alasan_pengurangan": "Saldo tidak mencukupi" if line in short else None,
            }
            for line in checked
        ],
        "usulan_pengadaan": [
            lines.proposal(
                line, line["jumlah_diminta"] - line["dapat_dipenuhi"], situation.values["keperluan"]
            )
            for line in short
        ],
    }


@distribusi.check("spb")
def approved_what_was_found(situation: Situation) -> Mapping[str, str]:
    """Refuse a quantity above what can be given, a reduction without its reason, and an SPB for other items."""
    found = {line["kode_barang"]: line for line in situation.values["hasil_cek"]}
    rows = situation.values["jumlah_disetujui"]
    if stock.twice(rows) or {row["kode_barang"] for row in rows} != set(found):
        return {"jumlah_disetujui": "SPB memuat setiap barang yang diminta, masing-masing satu kali."}
    for place, row in enumerate(rows):
        line = found[row["kode_barang"]]
        if row["jumlah"] > line["dapat_dipenuhi"]:
            return {f"jumlah_disetujui.{place}.jumlah": f"Paling banyak {line['dapat_dipenuhi']:f}."}
        if row["jumlah"] < line["jumlah_diminta"] and not row.get("alasan_pengurangan"):
            return {f"jumlah_disetujui.{place}.alasan_pengurangan": "Alasan wajib bila jumlah dikurangi."}
    if not any(row["jumlah"] for row in rows):
        return {"jumlah_disetujui": "SPB tanpa jumlah tidak dapat disalurkan."}
    return {}


@distribusi.computes("spb")
def above_quota(situation: Situation) -> Mapping[str, Any]:
    """Return how much of what the SPB gives is above the unit's quota."""
    approved, over = lines.approved(situation.values), NONE
    for line in situation.values["hasil_cek"]:
        over += stock.within_quota(approved[line["kode_barang"]], line["tersedia"], line.get("jatah_sisa"))[1]
    return {"jumlah_lewat_jatah": over}


@distribusi.check("sppb", "siapkan", "serah")
def store_is_open(situation: Situation) -> Mapping[str, str]:
    """Refuse to let goods out while the store is frozen for a count."""
    releases = situation.outcome in (None, "Setuju", "Sesuai")
    count = stock.frozen(situation.at) if releases else None
    return {"": f"Gudang dibekukan: {count.keterangan} belum disahkan."} if count else {}


@distribusi.check("sppb", "bukukan")
def still_in_store(situation: Situation) -> Mapping[str, str]:
    """Refuse to order out or to book what the cards do not hold, or other orders have taken since the SPB was written."""
    if situation.outcome not in (None, "Setuju"):
        return {}
    for code, quantity in lines.approved(situation.values).items():
        others = cards.promised(code, situation.case) if situation.outcome else NONE
        left = cards.balance(code)[0] - others
        if quantity > left:
            where = "outcome" if situation.outcome else ""
            return {where: f"Saldo {code} tinggal {left:f}; saldo tidak boleh negatif."}
    return {}


@distribusi.check("serah")
def day_of_handover(situation: Situation) -> Mapping[str, str]:
    """Refuse a day of handover that has not come, or that a count has closed."""
    return stock.dates_closed(situation.at, "tanggal_serah", situation.values.get("tanggal_serah"))


@distribusi.computes("sppb")
def lots_to_fetch(situation: Situation) -> Mapping[str, Any]:
    """Return which lots the store clerk takes, once the order is signed."""
    return {"rincian_lot": lines.taken_lots(situation.values)} if situation.outcome == "Setuju" else {}


@distribusi.automatic("buku-persediaan")
def book(situation: Situation) -> Done:
    """Return the lots and the value that leave, and what is to be bought: what was missing or reached its reorder point."""
    values = situation.values
    lots = lines.taken_lots(values)
    wanted = {row["kode_barang"]: row for row in values.get("usulan_pengadaan") or ()}
    for line in values["hasil_cek"]:
        code, standard = line["kode_barang"], stock.STANDARDS.get(line["kode_barang"])
        out = sum((row["jumlah"] for row in lots if row["kode_barang"] == code), NONE)
        left = cards.balance(code)[0] - out
        if (
            standard
            and code not in wanted
            and stock.to_be_reordered(left, standard.titik_pesan, cards.proposed(code))
        ):
            wanted[code] = lines.proposal(
                line, standard.titik_pesan, "Pengisian kembali stok yang mencapai titik pesan"
            )
    proposals = [row for code, row in wanted.items() if not cards.proposed(code)]
    return Done(
        values={
            "rincian_lot": lots,
            "nilai_keluar": sum((row["nilai"] for row in lots), NONE),
            "usulan_pengadaan": proposals,
            "perlu_pengadaan": "ya" if proposals else None,
        }
    )


distribusi.row("buku-npb")(books.request_row)
distribusi.row("kartu-barang")(books.card_row)
distribusi.row("laporan-persediaan")(books.report_row)
distribusi.paper("sppb")(books.order_paper)
distribusi.paper("bast")(books.handover_paper)
