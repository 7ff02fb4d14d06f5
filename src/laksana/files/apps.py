"""Django application `files`."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Registers `laksana.files`."""

    name = "laksana.files"
    label = "files"
    default_auto_field = "django.db.models.BigAutoField"
