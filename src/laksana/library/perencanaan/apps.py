"""Django application `perencanaan`: plans and budgets of the office."""

from django.apps import AppConfig


class PerencanaanConfig(AppConfig):
    """Registers `laksana.library.perencanaan`."""

    name = "laksana.library.perencanaan"
    label = "perencanaan"
    default_auto_field = "django.db.models.BigAutoField"
