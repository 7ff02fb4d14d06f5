"""Django application `notices`."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Registers `laksana.notices`."""

    name = "laksana.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"
