"""Django application `library`."""

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    """Registers `laksana.library`, and the Python side of its procedures once all applications are loaded."""

    name = "laksana.library"
    label = "library"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Import the rules and actions of every procedure."""
        from laksana.library import catalogue, checks  # noqa: F401  (registers the check)
        from laksana.library.law.current import Stored
        from laksana.library.tables import keep_versions_in

        catalogue.register()
        keep_versions_in(Stored())
