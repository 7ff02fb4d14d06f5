"""What the write-off of assets adds to its definition: what may be proposed, who approves, auctions, and the list."""

from collections.abc import Mapping
from typing import Any

from laksana.cases.behaviour import Behaviour, Done, Situation
from laksana.library.aset.penghapusan_barang import authority, goods
from laksana.library.aset.penghapusan_barang.rules import destroyed_until
from laksana.library.numbered import number_once
from laksana.library.rupiah import rupiah
from laksana.worktime.zone import local_day

penghapusan = Behaviour("penghapusan-barang")
number_once(penghapusan, "tanda-tangan", "nomor_usulan", "UPH-BMD")

# -- the list, and who approves ----------------------------------------------------------------------------------

penghapusan.check("inventarisasi", "teliti")(goods.proposed_once)
penghapusan.computes("inventarisasi", "teliti")(goods.valued_today)
penghapusan.check("teliti")(goods.examined)
penghapusan.computes("tgr")(goods.claimed)
penghapusan.computes("susun")(goods.valued_at_proposal)
penghapusan.computes("administrasi")(authority.accepted)
penghapusan.check("rekomendasi")(authority.old_enough)
penghapusan.computes("rekomendasi", "kewenangan")(authority.who_approves)
penghapusan.check("kewenangan")(authority.council_asked)
penghapusan.check("persetujuan")(authority.approved_lawfully)

# -- the letter, auctions, destruction and the list --------------------------------------------------------------


@penghapusan.check("susun")
def not_to_come(situation: Situation) -> Mapping[str, str]:
    """Refuse a letter dated in the future."""
    late = situation.values["tanggal_usul"] > local_day(situation.at)
    return {"tanggal_usul": "Tanggal ini belum tiba."} if late else {}


@penghapusan.check("lelang", "ulang")
def sold_at_limit(situation: Situation) -> Mapping[str, str]:
    """Refuse a limit below the fair value, and a sale without a price or below the limit."""
    values, found = situation.values, {}
    limit, price = values["nilai_limit"], values.get("harga_terbentuk")
    if limit < values["nilai_wajar"]:
        found["nilai_limit"] = f"Paling sedikit nilai wajar {rupiah(values['nilai_wajar'])}."
    if situation.outcome == "Laku" and (price is None or price < limit):
        found["harga_terbentuk"] = "Isi harga yang terbentuk, paling sedikit nilai limit."
    if situation.outcome != "Laku" and price is not None:
        found["harga_terbentuk"] = "Lelang yang tidak laku tidak membentuk harga."
    if values["tanggal_lelang"] < values["tanggal_persetujuan"]:
        found["tanggal_lelang"] = "Sebelum tanggal persetujuan."
    return found


@penghapusan.computes("lelang", "ulang")
def auctions(situation: Situation) -> Mapping[str, Any]:
    """Return all auctions so far with their minutes."""
    values = situation.values
    held = {
        "tanggal": values["tanggal_lelang"], "nilai_limit": values["nilai_limit"], "hasil": situation.outcome,
        "harga_terbentuk": values.get("harga_terbentuk"), "nomor_risalah": values["nomor_risalah"],
    }  # fmt: skip
    return {"riwayat_lelang": [*(values.get("riwayat_lelang") or ()), held]}


@penghapusan.check("serah-pemenang")
def gross_paid_in(situation: Situation) -> Mapping[str, str]:
    """Refuse a deposit other than the gross price: the costs of the auction are never netted."""
    price = situation.values["harga_terbentuk"]
    if situation.values["nilai_setor"] == price:
        return {}
    return {"nilai_setor": f"Setor bruto sebesar {rupiah(price)}."}


@penghapusan.check("musnah")
def destroyed_after_approval(situation: Situation) -> Mapping[str, str]:
    """Refuse a destruction before its approval or on a day to come."""
    values = situation.values
    if values["tanggal_persetujuan"] <= values["tanggal_musnah"] <= local_day(situation.at):
        return {}
    return {"tanggal_musnah": "Antara tanggal persetujuan dan hari ini."}


@penghapusan.computes("musnah")
def days_late(situation: Situation) -> Mapping[str, Any]:
    """Return the calendar days by which the destruction was late."""
    values = situation.values
    late = (values["tanggal_musnah"] - destroyed_until(values["tanggal_persetujuan"])).days
    return {"hari_terlambat_musnah": max(0, late)}


@penghapusan.automatic("hapus-dari-kib")
def removed(situation: Situation) -> Done:
    """Return the day on which the goods left the list."""
    return Done(values={"tanggal_hapus": local_day(situation.at)})


@penghapusan.row("buku-usulan")
def proposal_row(situation: Situation) -> Mapping[str, Any]:
    """Return how many goods a proposal has, and what became of it once that is known."""
    values, ended = situation.values, None
    match situation.step.id, situation.outcome:
        case "administrasi", "Tidak dapat diproses":
            ended = "Tidak dapat diproses"
        case (("setuju-dprd" | "persetujuan"), "Tolak"):
            ended = "Ditolak"
        case "hapus", _:
            ended = f"Dihapus, {values['nomor_sk']}"
    return {"jumlah_barang": len(values["daftar_barang"]), "status": ended}
