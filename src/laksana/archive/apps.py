"""Django application `archive`."""

from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    """Registers `laksana.archive`."""

    name = "laksana.archive"
    label = "archive"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Join the actions of cases: what ends enters the archive in the same transaction."""
        from laksana.archive.filing import file_case
        from laksana.archive.signing import verification
        from laksana.cases.hooks import on_case_cancelled, on_case_ended
        from laksana.signing.services import elsewhere

        on_case_ended.append(file_case)
        on_case_cancelled.append(file_case)
        elsewhere.append(verification)
