"""Django application `informasi`: public information, its requests, lists and spreading."""

from django.apps import AppConfig


class InformasiConfig(AppConfig):
    """Registers `laksana.library.informasi`."""

    name = "laksana.library.informasi"
    label = "informasi"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let pages and letters tell the story from a request to its dispute, and steps publish."""
        from laksana.cases.hooks import on_items_opened, on_step_done
        from laksana.library.informasi import (
            found,
            publication,
            story,  # noqa: F401  (the story registers what it tells)
        )
        from laksana.library.informasi.pewarta_warga import telling  # noqa: F401

        for does in (found.step_done, publication.step_done):
            if does not in on_step_done:
                on_step_done.append(does)
        if found.items_opened not in on_items_opened:
            on_items_opened.append(found.items_opened)
