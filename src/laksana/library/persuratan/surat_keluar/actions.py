"""What surat keluar adds to its definition, step by step. Each function lives with its own matter."""

from laksana.cases.behaviour import Behaviour
from laksana.library.persuratan.surat_keluar import books, drafting, initials, signing

surat_keluar = Behaviour("surat-keluar")

# -- the draft and its way up ------------------------------------------------------------------------------------

surat_keluar.check("konsep")(drafting.draft_errors)
surat_keluar.computes("konsep")(drafting.version)
surat_keluar.computes("konsep")(drafting.way_up)
surat_keluar.computes("konsep", "paraf-kabid")(drafting.coordinating_units)
for step in initials.STEPS:
    surat_keluar.check(step)(drafting.correction_errors)
    if step != "paraf-koordinasi":  # its values stay with the unit that gave them
        surat_keluar.computes(step)(initials.table)
        surat_keluar.computes(step)(drafting.no_longer_editorial)
surat_keluar.check("putusan-setda")(drafting.correction_errors)
surat_keluar.computes("putusan-setda")(drafting.no_longer_editorial)
surat_keluar.check("tata-naskah")(drafting.style_errors)
surat_keluar.check("paraf-sekretaris", "setujui")(initials.missing_errors)

# -- number, signature, books, papers ----------------------------------------------------------------------------

surat_keluar.automatic("nomor-surat")(signing.number_letter)
surat_keluar.automatic("batalkan-nomor")(signing.void_number)
surat_keluar.computes("tanda-tangan")(signing.wet_ink)
surat_keluar.check("tanda-tangan-basah")(signing.final_errors)
surat_keluar.deadline("konsep-sampai-kirim")(drafting.due)
surat_keluar.row("agenda-keluar")(books.agenda_row)
surat_keluar.row("agenda-setda")(books.agenda_row)
surat_keluar.row("ekspedisi")(books.expedition_row)
surat_keluar.row("daftar-tembusan")(books.expedition_row)
surat_keluar.paper("lembar-verbal")(books.file_copy)
for letter in ("surat-dinas", "nota-dinas", "naskah-judul"):
    surat_keluar.paper(letter)(signing.signature)
