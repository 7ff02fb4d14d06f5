"""Django application `penjagaan`: lists of what falls due."""

from django.apps import AppConfig


class PenjagaanConfig(AppConfig):
    """Registers `laksana.library.kepegawaian.penjagaan`."""

    name = "laksana.library.kepegawaian.penjagaan"
    label = "penjagaan"
    default_auto_field = "django.db.models.BigAutoField"
