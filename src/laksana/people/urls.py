"""Addresses of what sign-in has beyond django-allauth."""

from django.urls import path

from laksana.people import views

app_name = "people"
urlpatterns = [path("demo/", views.demonstration, name="demonstration")]
