"""Django application `worktime`."""

from django.apps import AppConfig


class WorktimeConfig(AppConfig):
    """Registers `laksana.worktime`."""

    name = "laksana.worktime"
    label = "worktime"
    default_auto_field = "django.db.models.BigAutoField"
