"""Addresses of the public's pages."""

from django.urls import path

from laksana.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("sop/", views.library, name="library"),
    path("sop/<slug:procedure>/", views.procedure, name="procedure"),
    path("sop/<slug:procedure>/unduh.pdf", views.pdf, name="procedure-pdf"),
]
