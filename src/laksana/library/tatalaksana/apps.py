"""Django application `tatalaksana`:  legal drafts, SOPs, service standards, satisfaction surveys.:the office's own rules and service standards."""

from django.apps import AppConfig


class TatalaksanaConfig(AppConfig):
    """Registers `laksana.library.tatalaksana`."""

    name = "laksana.library.tatalaksana"
    label = "tatalaksana"
    default_auto_field = "django.db.models.BigAutoField"
