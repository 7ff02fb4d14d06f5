"""Django application `signing`."""

from django.apps import AppConfig


class SigningConfig(AppConfig):
    """Registers `laksana.signing`."""

    name = "laksana.signing"
    label = "signing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Join the actions of cases: after `documents`, which orders the papers."""
        from laksana.cases.hooks import before_completing, on_step_done
        from laksana.signing.hooks import refuse_unsigned, step_done

        on_step_done.append(step_done)
        before_completing.append(refuse_unsigned)
