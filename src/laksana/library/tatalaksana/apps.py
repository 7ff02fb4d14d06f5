"""Django application `tatalaksana`: the office's own rules and service standards."""

from django.apps import AppConfig


class TatalaksanaConfig(AppConfig):
    """Registers `laksana.library.tatalaksana`."""

    name = "laksana.library.tatalaksana"
    label = "tatalaksana"
    default_auto_field = "django.db.models.BigAutoField"
