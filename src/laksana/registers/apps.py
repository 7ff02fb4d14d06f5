"""Django application `registers`."""

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    """Registers `laksana.registers`."""

    name = "laksana.registers"
    label = "registers"
    default_auto_field = "django.db.models.BigAutoField"
