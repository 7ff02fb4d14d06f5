"""What the purchase of consumables adds to its definition, step by step. Each function lives with its own matter."""

from collections.abc import Mapping
from typing import Any

from laksana.cases.behaviour import Behaviour, Situation
from laksana.library.aset import stock
from laksana.library.aset.pengadaan_barang_pakai_habis import books, buying, needs, year
from laksana.library.numbered import number_once
from laksana.worktime.zone import local_day

pengadaan = Behaviour("pengadaan-barang-pakai-habis")
number_once(pengadaan, "usul", "nomor_usulan", "UPB")
number_once(pengadaan, "bast", "nomor_bast", "BAST-H")

# -- what is needed ----------------------------------------------------------------------------------------------

pengadaan.check("usul")(needs.asked_errors)
pengadaan.computes("usul")(needs.proposed)
pengadaan.check("netting")(needs.netting_errors)
pengadaan.computes("netting")(needs.net)


@pengadaan.computes("setujui")
def approved(situation: Situation) -> Mapping[str, Any]:
    """Return the day from which goods may be ordered."""
    return {"tanggal_setuju": local_day(situation.at)} if situation.outcome == "Setuju" else {}


# -- how it is bought --------------------------------------------------------------------------------------------

pengadaan.check("persiapan")(buying.method_errors)
pengadaan.warns("persiapan")(buying.split_warning)
pengadaan.computes("persiapan")(buying.method)
pengadaan.check("epurchasing", "pengadaan-langsung")(buying.contract_errors)
pengadaan.computes("epurchasing", "pengadaan-langsung")(buying.contract)
pengadaan.warns("epurchasing", "pengadaan-langsung")(year.small_warning)
pengadaan.check("periksa")(buying.inspection_errors)
pengadaan.computes("periksa")(buying.received)
pengadaan.computes("bast")(buying.bill_taxes)


@pengadaan.check("catat")
def store_is_open(situation: Situation) -> Mapping[str, str]:
    """Refuse to take goods into the store while it is frozen for a count."""
    count = stock.frozen(situation.at)
    return {"": f"Gudang dibekukan: {count.keterangan} belum disahkan."} if count else {}


pengadaan.computes("catat")(buying.lots)
pengadaan.row("buku-usulan")(books.proposal_row)
pengadaan.row("kendali-paket")(books.package_row)
pengadaan.row("kartu-barang")(books.card_row)
pengadaan.paper("nota-dinas-usulan")(books.proposal_paper)
pengadaan.paper("surat-pesanan")(books.order_paper)
pengadaan.paper("bast")(books.handover_paper)
