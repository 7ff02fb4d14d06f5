"""Django application `evaluation`: the yearly evaluation of SOPs."""

from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    """Registers `laksana.library.evaluation`."""

    name = "laksana.library.evaluation"
    label = "evaluation"
    default_auto_field = "django.db.models.BigAutoField"
