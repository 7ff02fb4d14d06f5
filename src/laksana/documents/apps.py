"""Django application `documents`."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Registers `laksana.documents`."""

    name = "laksana.documents"
    label = "documents"
    default_auto_field = "django.db.models.BigAutoField"
