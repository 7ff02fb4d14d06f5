"""Addresses of the public's pages under /layanan/."""

from django.urls import path

from laksana.portal.views import form, guide, home, information, library, track

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("sop/", library.library, name="library"),
    path("sop/<slug:procedure>/", library.procedure, name="procedure"),
    path("sop/<slug:procedure>/unduh.pdf", library.pdf, name="procedure-pdf"),
    path("kinerja/", home.performance, name="performance"),
    path("panduan/", guide.citizens, name="guide"),
    path("privasi/", home.privacy, name="privacy"),
    path("aksesibilitas/", home.accessibility, name="accessibility"),
    path("informasi/", information.overview, name="information"),
    path("informasi/daftar/", information.listed, name="information-list"),
    path("informasi/daftar.csv", information.listed_csv, name="information-csv"),
    path("informasi/daftar.jsonld", information.listed_jsonld, name="information-jsonld"),
    path("informasi/daftar/<slug:key>/", information.entry, name="information-entry"),
    path("informasi/dikecualikan/", information.exempt, name="exempt"),
    path("informasi/dikecualikan.csv", information.exempt_csv, name="exempt-csv"),
    path("informasi/laporan/<int:year>/", information.report, name="information-report"),
    path("informasi/laporan/<int:year>.<slug:form>", information.report_file, name="information-report-file"),
    path("loket/<path:number>/tanda-terima.pdf", track.counter_receipt, name="counter-receipt"),
    path("isi/<str:token>/", form.first, name="form"),
    path("isi/<str:token>/nanti/", form.later, name="later"),
    path("isi/<str:token>/periksa/", form.check, name="check"),
    path("isi/<str:token>/isian/<slug:slug>/", form.page, name="page"),
    path("<slug:procedure>/", home.service, name="service"),
    path("<slug:procedure>/mulai/", form.start, name="start"),
    path("<slug:procedure>/asal/", form.origin, name="origin"),
]
