"""Django application `statistik`: sectoral statistics of the city, with BPS Kota Serang."""

from django.apps import AppConfig


class StatistikConfig(AppConfig):
    """Registers `laksana.library.statistik`."""

    name = "laksana.library.statistik"
    label = "statistik"
    default_auto_field = "django.db.models.BigAutoField"
