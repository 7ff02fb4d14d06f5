"""What the purchase of capital goods adds to its definition, step by step. Each function lives with its own matter."""

from laksana.cases.behaviour import Behaviour
from laksana.library.aset.pengadaan_belanja_modal import assets, books, planning, selection
from laksana.library.numbered import number_once

belanja_modal = Behaviour("pengadaan-belanja-modal")
number_once(belanja_modal, "usul", "nomor_usulan", "UBM")
number_once(belanja_modal, "bast", "nomor_bast", "BASTP")

# -- need and budget ---------------------------------------------------------------------------------------------

belanja_modal.check("usul")(planning.proposal_errors)
belanja_modal.computes("usul")(planning.sheet)
belanja_modal.check("telaah")(planning.review_errors)
belanja_modal.computes("telaah")(planning.reviewed)
belanja_modal.computes("rkbmd")(planning.submitted)
belanja_modal.check("telaah-rkbmd")(planning.granted_errors)
belanja_modal.computes("telaah-rkbmd")(planning.granted)
belanja_modal.check("cek-dpa", "periksa-dpa")(planning.budget_errors)

# -- purchase ----------------------------------------------------------------------------------------------------

belanja_modal.check("persiapan")(selection.preparation_errors)
belanja_modal.computes("persiapan")(selection.prepared)
belanja_modal.check("tetapkan-metode")(selection.method_errors)
belanja_modal.computes("tetapkan-metode")(selection.method)
belanja_modal.check("pengadaan-langsung", "tender")(selection.deadline_errors)
belanja_modal.check("kontrak")(selection.contract_errors)
belanja_modal.computes("kontrak")(selection.contract)
belanja_modal.check("periksa")(selection.inspection_errors)
belanja_modal.computes("periksa")(selection.received)

# -- entering the assets -----------------------------------------------------------------------------------------

belanja_modal.computes("bast")(assets.rows_to_fill)
belanja_modal.check("catat-kib")(assets.entry_errors)
belanja_modal.computes("catat-kib")(assets.entered)
belanja_modal.row("kendali-kontrak")(books.contract_row)
belanja_modal.paper("nota-dinas-usulan")(books.proposal_paper)
belanja_modal.paper("spk")(books.contract_paper)
belanja_modal.paper("bast")(books.handover_paper)
belanja_modal.paper("usul-psp")(books.status_paper)
