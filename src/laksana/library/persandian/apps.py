"""Django application `persandian`: classified messages of the crypto service."""

from django.apps import AppConfig


class PersandianConfig(AppConfig):
    """Registers `laksana.library.persandian`."""

    name = "laksana.library.persandian"
    label = "persandian"
    default_auto_field = "django.db.models.BigAutoField"
