"""Django application `informasi`: public information, its requests, lists and spreading."""

from django.apps import AppConfig


class InformasiConfig(AppConfig):
    """Registers `laksana.library.informasi`."""

    name = "laksana.library.informasi"
    label = "informasi"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let pages and letters tell the story from a request to its dispute."""
        from laksana.library.informasi import story  # noqa: F401  (registers what it tells)
