"""Django application `aspirasi`: what citizens report and call for."""

from django.apps import AppConfig


class AspirasiConfig(AppConfig):
    """Registers `laksana.library.aspirasi`."""

    name = "laksana.library.aspirasi"
    label = "aspirasi"
    default_auto_field = "django.db.models.BigAutoField"
