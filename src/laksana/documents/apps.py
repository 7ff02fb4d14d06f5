"""Django application `documents`."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Registers `laksana.documents`."""

    name = "laksana.documents"
    label = "documents"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Join the actions of cases."""
        from laksana.cases.hooks import on_step_done
        from laksana.documents.hooks import step_done

        on_step_done.append(step_done)
