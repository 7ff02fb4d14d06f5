"""Django application `registers`."""

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    """Registers `laksana.registers`."""

    name = "laksana.registers"
    label = "registers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Join the actions of cases."""
        from laksana.cases.hooks import on_step_done
        from laksana.registers.writing import step_done

        on_step_done.append(step_done)
