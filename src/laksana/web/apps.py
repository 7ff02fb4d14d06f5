"""Django application `web`."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Registers `laksana.web`."""

    name = "laksana.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"
