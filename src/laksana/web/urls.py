"""Addresses of what all pages share."""

from django.urls import path

from laksana.web import attachments, language, theme

app_name = "web"
urlpatterns = [
    path("tema/", theme.choose, name="theme"),
    path("bahasa/", language.choose, name="language"),
    path("lampiran/<int:key>/lihat/", attachments.look, name="look"),
    path("lampiran/<int:key>/halaman/<int:number>/", attachments.page, name="attachment-page"),
    path("lampiran/<int:key>/", attachments.attachment, name="attachment"),
]
