"""Django application `workspace`."""

from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    """Registers `laksana.workspace`."""

    name = "laksana.workspace"
    label = "workspace"
    default_auto_field = "django.db.models.BigAutoField"
