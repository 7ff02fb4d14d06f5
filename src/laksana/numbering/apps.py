"""Django application `numbering`."""

from django.apps import AppConfig


class NumberingConfig(AppConfig):
    """Registers `laksana.numbering`."""

    name = "laksana.numbering"
    label = "numbering"
    default_auto_field = "django.db.models.BigAutoField"
