"""Django application `library`."""

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    """Registers `laksana.library`."""

    name = "laksana.library"
    label = "library"
    default_auto_field = "django.db.models.BigAutoField"
