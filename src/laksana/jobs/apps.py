"""Django application `jobs`."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Registers `laksana.jobs`."""

    name = "laksana.jobs"
    label = "jobs"
    default_auto_field = "django.db.models.BigAutoField"
