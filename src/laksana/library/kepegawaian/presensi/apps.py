"""Django application `presensi`: attendance by machine."""

from django.apps import AppConfig


class PresensiConfig(AppConfig):
    """Registers `laksana.library.kepegawaian.presensi`."""

    name = "laksana.library.kepegawaian.presensi"
    label = "presensi"
    default_auto_field = "django.db.models.BigAutoField"
