"""What surat masuk adds to its definition, step by step. Each function lives with its own matter."""

from laksana.cases.behaviour import Behaviour, Done, Situation
from laksana.library.persuratan.surat_masuk import (
    books,
    dispositions,
    duplicates,
    mail,
    papers,
    registration,
    rules,
)
from laksana.numbering.services import give
from laksana.worktime.zone import local_day

surat_masuk = Behaviour("surat-masuk")

# -- receiving and sorting ---------------------------------------------------------------------------------------

surat_masuk.check("terima")(registration.receipt_errors)
surat_masuk.check("terima")(mail.mail_errors)
surat_masuk.computes("terima")(mail.mail_values)
surat_masuk.computes("terima", "pilah", "agenda", "verifikasi")(registration.limits)

# -- the agenda --------------------------------------------------------------------------------------------------

surat_masuk.check("agenda", "agenda-tertutup")(registration.date_errors)
surat_masuk.check("agenda", "berkaskan")(registration.code_errors)
surat_masuk.check("agenda")(registration.duplicate_errors)
surat_masuk.warns("agenda")(registration.registration_warnings)
surat_masuk.computes("agenda")(registration.routine)
surat_masuk.computes("agenda")(duplicates.first_agenda)
surat_masuk.automatic("gabungkan")(duplicates.merge)
surat_masuk.computes("berkaskan")(registration.kept_how_long)


@surat_masuk.automatic("nomor-agenda")
def number_letter(situation: Situation) -> Done:
    """Give the letter its agenda number, once: it stays when the entry comes back to be mended."""
    values = situation.values
    if situation.outcome == "Surat ganda" or values.get("nomor_agenda"):
        return Done()
    book, _year = rules.agenda_book(values["sifat"], values["diterima_pada"])
    received = local_day(values["diterima_pada"])
    return Done({"nomor_agenda": give(book, situation.at, situation.case.number, on=received).written})


# -- the tree of dispositions ------------------------------------------------------------------------------------

surat_masuk.check("verifikasi", "periksa-hasil", "nilai-laporan", "nilai-laporan-kadis")(
    registration.note_errors
)
surat_masuk.computes("agenda", "lapor")(registration.forget_note)
for step in (*dispositions.ROOT_STEPS, *dispositions.PASSING_ON):
    surat_masuk.check(step)(dispositions.disposition_errors)
    surat_masuk.warns(step)(dispositions.disposition_warnings)
    surat_masuk.computes(step)(dispositions.completed_rows)
surat_masuk.computes("periksa-hasil")(dispositions.judge)
surat_masuk.check("lapor")(dispositions.report_errors)
surat_masuk.automatic("kirim-disposisi")(dispositions.send_copies)

# -- time limits, books, papers ----------------------------------------------------------------------------------

surat_masuk.deadline("tindak-lanjut")(dispositions.due_follow_up)
surat_masuk.deadline("tindak-lanjut-biasa")(registration.due_follow_up)
surat_masuk.deadline("agenda-hari-sama")(registration.due_forwarding)
surat_masuk.row("agenda-masuk")(books.agenda_row)
surat_masuk.row("agenda-tertutup")(books.sealed_row)
surat_masuk.row("ekspedisi-intern")(books.expedition_row)
surat_masuk.paper("lembar-disposisi")(papers.disposition_sheet)
surat_masuk.paper("lembar-disposisi-terisi")(papers.disposition_sheet)
surat_masuk.paper("bukti-terima")(papers.receipt)
