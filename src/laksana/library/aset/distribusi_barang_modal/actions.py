"""What the distribution of assets adds to its definition: its numbers, what may be given, and one of a kind for a person."""

from laksana.cases.behaviour import Behaviour
from laksana.library.aset.distribusi_barang_modal import holding, inventory
from laksana.library.numbered import number_once

distribusi = Behaviour("distribusi-barang-modal")
number_once(distribusi, "rencana", "nomor_rencana", "RDBM")
number_once(distribusi, "putusan", "nomor_sppb", "SPPB-M", outcome="Setuju")
number_once(distribusi, "bast", "nomor_bast", "BAST-M")
distribusi.check("rencana")(holding.fit_to_give)
distribusi.check("verifikasi")(holding.within_standard)


distribusi.row("daftar-pemegang")(inventory.row)
distribusi.row("buku-inventaris")(inventory.row)
distribusi.row("kir")(inventory.row)
distribusi.paper("kir")(inventory.room_card)
