"""Django application `disclosure`."""

from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    """Registers `laksana.disclosure`."""

    name = "laksana.disclosure"
    label = "disclosure"
    default_auto_field = "django.db.models.BigAutoField"
