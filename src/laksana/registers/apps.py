"""Django application `registers`."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


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
        post_migrate.connect(_guard_again, sender=self)


def _guard_again(*, using: str, **told: Any) -> None:
    """Put the guards back after every migration, for SQLite builds a changed table anew without its triggers."""
    from laksana.registers import guards
    from laksana.registers.models import Entry

    connection = connections[using]
    if "plan" in told and Entry._meta.db_table in connection.introspection.table_names():
        guards.install(connection)
