"""Django application `measurement`."""

from django.apps import AppConfig


class MeasurementConfig(AppConfig):
    """Registers `laksana.measurement`."""

    name = "laksana.measurement"
    label = "measurement"
    default_auto_field = "django.db.models.BigAutoField"
