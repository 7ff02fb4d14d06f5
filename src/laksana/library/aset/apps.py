"""Django application `aset`: supplies and assets of the office."""

from django.apps import AppConfig


class AsetConfig(AppConfig):
    """Registers `laksana.library.aset`."""

    name = "laksana.library.aset"
    label = "aset"
    default_auto_field = "django.db.models.BigAutoField"
