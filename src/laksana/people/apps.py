"""Django application `people`."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Registers `laksana.people`."""

    name = "laksana.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Watch the tables of the office."""
        from laksana.people import picture

        picture.watch()
