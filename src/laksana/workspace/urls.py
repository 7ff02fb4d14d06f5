"""Addresses of the workspace. A case is named by its number, whose slashes are part of the address."""

from django.urls import path

from laksana.workspace.views import (
    calendar,
    case,
    case_actions,
    cases,
    failed_jobs,
    form_page,
    inbox,
    library,
    measurement,
    notices,
    organisation,
    profile,
    registers,
    start,
    step,
)

app_name = "workspace"
urlpatterns = [
    path("", inbox.home, name="home"),
    path("tugas/", inbox.inbox, name="inbox"),
    path("mulai/", start.choose, name="start"),
    path("mulai/<slug:procedure>/", start.form, name="start-form"),
    path("mulai/<slug:procedure>/isian/", form_page.refresh_start, name="start-refresh"),
    path("mulai/<slug:procedure>/draf/", form_page.draft_start, name="start-draft"),
    path("berkas/", cases.search, name="cases"),
    path("berkas/<path:number>/langkah/<int:item>/isian/", form_page.refresh_step, name="step-refresh"),
    path("berkas/<path:number>/langkah/<int:item>/draf/", form_page.draft_step, name="step-draft"),
    path("berkas/<path:number>/langkah/<int:item>/ambil/", case_actions.claim, name="claim"),
    path("berkas/<path:number>/langkah/<int:item>/lepas/", case_actions.release, name="release"),
    path("berkas/<path:number>/langkah/<int:item>/limpahkan/", case_actions.delegate, name="delegate"),
    path("berkas/<path:number>/langkah/<int:item>/tarik/", case_actions.withdraw, name="withdraw"),
    path("berkas/<path:number>/langkah/<int:item>/cabut/", case_actions.recall, name="recall"),
    path("berkas/<path:number>/langkah/<int:item>/jurnal/", case_actions.record_row, name="record-row"),
    path("berkas/<path:number>/langkah/<int:item>/", step.step, name="step"),
    path("berkas/<path:number>/komentar/", case_actions.comment, name="comment"),
    path("berkas/<path:number>/lampiran/", case_actions.attach, name="attach"),
    path("berkas/<path:number>/batal/", case_actions.cancel, name="cancel"),
    path(
        "berkas/<path:number>/batas/<int:clock>/<slug:what>/", case_actions.change_clock, name="change-clock"
    ),
    path("berkas/<path:number>/", case.case, name="case"),
    path("sop/", library.library, name="library"),
    path("sop/<slug:procedure>/", library.procedure, name="procedure"),
    path("sop/<slug:procedure>/unduh.<slug:form>", library.download, name="procedure-download"),
    path("register/", registers.books, name="registers"),
    path("register/<slug:procedure>/<slug:register>/", registers.book, name="register"),
    path(
        "register/<slug:procedure>/<slug:register>/unduh.<slug:form>",
        registers.export,
        name="register-export",
    ),
    path("kinerja/", measurement.overview, name="measurement"),
    path("kinerja/<slug:procedure>/", measurement.procedure, name="procedure-measurement"),
    path("organisasi/", organisation.organisation, name="organisation"),
    path("kalender/", calendar.month, name="calendar"),
    path("pekerjaan-gagal/", failed_jobs.failed_jobs, name="failed-jobs"),
    path("pemberitahuan/", notices.notices, name="notices"),
    path("pemberitahuan/<int:key>/", notices.follow, name="notice"),
    path("profil/", profile.profile, name="profile"),
]
