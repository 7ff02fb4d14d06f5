"""Addresses of the pages for those who look after the system, under /kelola/; their names are the workspace's."""

from django.urls import path

from laksana.workspace.views.administration import accounts, audit, papers, rights

urlpatterns = [
    path("akun/", accounts.accounts, name="accounts"),
    path("akun/buat/", accounts.add, name="account-add"),
    path("akun/<int:key>/", accounts.account, name="account"),
    path("akun/<int:key>/ubah/", accounts.change, name="account-change"),
    path("akun/<int:key>/pegawai/", accounts.link, name="account-link"),
    path("akun/<int:key>/surel/", accounts.email, name="account-email"),
    path("akun/<int:key>/kata-sandi/", accounts.password_link, name="account-password"),
    path("hak/", rights.overview, name="rights"),
    path("hak/kelompok/<slug:code>/tambah/", rights.name_in_group, name="group-add"),
    path("hak/kelompok/<slug:code>/<int:key>/keluarkan/", rights.leave_group, name="group-leave"),
    path("naskah/", papers.templates, name="paper-templates"),
    path("naskah/kop/", papers.office_data, name="office-data"),
    path("naskah/<slug:procedure>/<slug:paper>.pdf", papers.preview_template, name="paper-preview"),
    path("jejak/", audit.events, name="audit"),
    path("jejak/periksa/", audit.verify, name="audit-verify"),
    path("jejak/pembacaan/", audit.readings, name="readings"),
    path("jejak/perubahan/", audit.changes, name="office-changes"),
]
