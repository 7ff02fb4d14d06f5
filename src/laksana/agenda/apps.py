"""Django application `agenda`."""

from django.apps import AppConfig


class AgendaConfig(AppConfig):
    """Registers `laksana.agenda`."""

    name = "laksana.agenda"
    label = "agenda"
    default_auto_field = "django.db.models.BigAutoField"
