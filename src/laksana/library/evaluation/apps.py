"""Django application `evaluation`: the yearly evaluation of SOPs."""

from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    """Registers `laksana.library.evaluation`."""

    name = "laksana.library.evaluation"
    label = "evaluation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare the table of criteria, so that the office's own is examined with the others."""
        from laksana.library.evaluation import criteria  # noqa: F401  (declares the table)
