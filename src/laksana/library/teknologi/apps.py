"""Django application `teknologi`: applications, accounts, backups and the data centre."""

from django.apps import AppConfig


class TeknologiConfig(AppConfig):
    """Registers `laksana.library.teknologi`."""

    name = "laksana.library.teknologi"
    label = "teknologi"
    default_auto_field = "django.db.models.BigAutoField"
