"""Django application `kepegawaian`: the office's own people."""

from django.apps import AppConfig


class KepegawaianConfig(AppConfig):
    """Registers `laksana.library.kepegawaian`."""

    name = "laksana.library.kepegawaian"
    label = "kepegawaian"
    default_auto_field = "django.db.models.BigAutoField"
