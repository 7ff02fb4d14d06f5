"""Django application `workspace`."""

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class WorkspaceConfig(AppConfig):
    """Registers `laksana.workspace`."""

    name = "laksana.workspace"
    label = "workspace"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Ask at every sign-in whether the short tour is due."""
        from laksana.workspace.tour import note_whether_due

        user_logged_in.connect(note_whether_due, dispatch_uid="workspace.tour")
