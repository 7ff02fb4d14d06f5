"""Django application `publishing`."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """Registers `laksana.publishing`."""

    name = "laksana.publishing"
    label = "publishing"
    default_auto_field = "django.db.models.BigAutoField"
