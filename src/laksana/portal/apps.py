"""Django application `portal`."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Registers `laksana.portal`."""

    name = "laksana.portal"
    label = "portal"
    default_auto_field = "django.db.models.BigAutoField"
