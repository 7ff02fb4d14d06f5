"""Django application `keuangan`: payments and accounts of the office."""

from django.apps import AppConfig


class KeuanganConfig(AppConfig):
    """Registers `laksana.library.keuangan`."""

    name = "laksana.library.keuangan"
    label = "keuangan"
    default_auto_field = "django.db.models.BigAutoField"
