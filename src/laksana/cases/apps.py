"""Django application `cases`."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class CasesConfig(AppConfig):
    """Registers `laksana.cases`."""

    name = "laksana.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let people be told of their work, and let deadlines follow the calendar."""
        from laksana.cases import announcing, deadlines, hooks
        from laksana.worktime.services import on_change

        post_migrate.connect(_guard_again, sender=self)
        hooks.on_items_opened.append(announcing.order_for_items)
        hooks.on_item_recalled.append(announcing.order_for_recalled)
        hooks.on_clock_breached.append(announcing.order_for_clock)
        on_change.append(deadlines.recount)


def _guard_again(*, using: str, **told: Any) -> None:
    """Put the guards and the search index back after every migration, not after a mere flush of a test database."""
    from laksana.cases import guards

    if "plan" in told:
        guards.reinstall(connections[using])
