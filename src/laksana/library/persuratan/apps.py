"""Django application `persuratan`: letters, incoming and outgoing."""

from django.apps import AppConfig


class PersuratanConfig(AppConfig):
    """Registers `laksana.library.persuratan`."""

    name = "laksana.library.persuratan"
    label = "persuratan"
    default_auto_field = "django.db.models.BigAutoField"
