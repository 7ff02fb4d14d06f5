"""Django application `rumah_tangga`: the household of the office."""

from django.apps import AppConfig


class RumahTanggaConfig(AppConfig):
    """Registers `laksana.library.rumah_tangga`."""

    name = "laksana.library.rumah_tangga"
    label = "rumah_tangga"
    default_auto_field = "django.db.models.BigAutoField"
