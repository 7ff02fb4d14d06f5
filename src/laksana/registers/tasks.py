"""The jobs of the books: making files of them, and removing those whose time is over."""

from datetime import datetime, time
from uuid import UUID

from laksana.jobs.services import job, scheduled
from laksana.registers import asking


@job(retries=2)
def make_export(export: str, *, at: datetime) -> None:
    """Make the file of a book that somebody asked for."""
    try:
        asking.make(UUID(export), at)
    except Exception:
        asking.give_up(UUID(export))
        raise


@scheduled(daily=time(1, 45))
@job()
def remove_old_exports(*, at: datetime) -> None:
    """Remove the files that are kept no longer."""
    asking.remove_old(at)
