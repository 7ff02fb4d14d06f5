"""Django application `worktime`."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class WorktimeConfig(AppConfig):
    """Registers `laksana.worktime`."""

    name = "laksana.worktime"
    label = "worktime"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Give up a calendar whose tables were emptied or made anew."""
        post_migrate.connect(_forget, sender=self)


def _forget(**_: Any) -> None:
    from laksana.worktime.current import forget_calendar

    forget_calendar()
