"""Django application `riwayat`: the employee file."""

from django.apps import AppConfig


class RiwayatConfig(AppConfig):
    """Registers `laksana.library.kepegawaian.riwayat`."""

    name = "laksana.library.kepegawaian.riwayat"
    label = "riwayat"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let ended cases write what they decided into the file."""
        from laksana.cases import hooks
        from laksana.library.kepegawaian.riwayat.from_cases import keep_result

        if keep_result not in hooks.on_case_ended:
            hooks.on_case_ended.append(keep_result)
