"""Django application `cases`."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Registers `laksana.cases`."""

    name = "laksana.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let people be told of their work, and let deadlines follow the calendar."""
        from laksana.cases import announcing, deadlines, hooks
        from laksana.worktime.services import on_change

        hooks.on_items_opened.append(announcing.order_for_items)
        hooks.on_item_recalled.append(announcing.order_for_recalled)
        hooks.on_clock_breached.append(announcing.order_for_clock)
        on_change.append(deadlines.recount)
