"""Addresses of the pages for those who look after the system; they stand among the workspace's, and share its names."""

from django.urls import path

from laksana.workspace.views.administration import accounts, audit, papers, rights

urlpatterns = [
    path("kelola/akun/", accounts.accounts, name="accounts"),
    path("kelola/akun/buat/", accounts.add, name="account-add"),
    path("kelola/akun/<int:key>/", accounts.account, name="account"),
    path("kelola/akun/<int:key>/ubah/", accounts.change, name="account-change"),
    path("kelola/akun/<int:key>/pegawai/", accounts.link, name="account-link"),
    path("kelola/akun/<int:key>/surel/", accounts.email, name="account-email"),
    path("kelola/akun/<int:key>/kata-sandi/", accounts.password_link, name="account-password"),
    path("kelola/hak/", rights.overview, name="rights"),
    path("kelola/hak/kelompok/<slug:code>/tambah/", rights.name_in_group, name="group-add"),
    path("kelola/hak/kelompok/<slug:code>/<int:key>/keluarkan/", rights.leave_group, name="group-leave"),
    path("kelola/naskah/", papers.templates, name="paper-templates"),
    path("kelola/naskah/kop/", papers.office_data, name="office-data"),
    path("kelola/naskah/<slug:procedure>/<slug:paper>.pdf", papers.preview_template, name="paper-preview"),
    path("kelola/jejak/", audit.events, name="audit"),
    path("kelola/jejak/periksa/", audit.verify, name="audit-verify"),
    path("kelola/jejak/pembacaan/", audit.readings, name="readings"),
    path("kelola/jejak/perubahan/", audit.changes, name="office-changes"),
]
