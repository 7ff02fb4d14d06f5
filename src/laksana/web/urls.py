"""Addresses of what all pages share."""

from django.urls import path

from laksana.web import theme

app_name = "web"
urlpatterns = [path("tema/", theme.choose, name="theme")]
