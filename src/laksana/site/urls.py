"""Addresses."""

from django.urls import include, path

urlpatterns = [
    path("akun/", include("laksana.people.urls")),
    path("akun/", include("allauth.urls")),
    path("", include("laksana.web.urls")),
    path("layanan/", include("laksana.portal.urls")),
    path("verifikasi/", include("laksana.portal.verification.urls")),
    path("berita/", include("laksana.portal.news_urls")),
    path("lacak/", include("laksana.portal.track_urls")),
    path("", include("laksana.workspace.urls")),
]
