"""Django application `cases`."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Registers `laksana.cases`."""

    name = "laksana.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"
