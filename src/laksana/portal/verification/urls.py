"""Addresses of the verification of signed papers."""

from django.urls import path

from laksana.portal.verification import views

app_name = "verification"
urlpatterns = [
    path("daftar-cabut.crl", views.revoked, name="revoked"),
    path("<str:token>/", views.page, name="page"),
]
