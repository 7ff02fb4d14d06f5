"""What the distribution of assets adds to its definition: its numbers."""

from laksana.cases.behaviour import Behaviour
from laksana.library.numbered import number_once

distribusi = Behaviour("distribusi-barang-modal")
number_once(distribusi, "rencana", "nomor_rencana", "RDBM")
number_once(distribusi, "putusan", "nomor_sppb", "SPPB-M", outcome="Setuju")
number_once(distribusi, "bast", "nomor_bast", "BAST-M")
