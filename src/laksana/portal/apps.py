"""Django application `portal`."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Registers `laksana.portal`."""

    name = "laksana.portal"
    label = "portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let applicants be told of each change of their case."""
        from laksana.cases import hooks
        from laksana.portal import telling

        hooks.on_items_opened.append(telling.order_for_items)
        hooks.on_step_done.append(telling.order_for_step)
        hooks.on_case_ended.append(telling.order_for_end)
        hooks.on_case_cancelled.append(telling.order_for_cancelled)
