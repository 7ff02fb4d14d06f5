"""The archive's background work."""

from datetime import datetime, time

from laksana.archive.erasing import erase_destroyed, erase_left
from laksana.archive.filing import file_cases
from laksana.archive.models import Dossier
from laksana.cases.models import Case
from laksana.jobs.services import job, scheduled

__all__ = ["erase_destroyed", "erase_left", "file_ended"]
_AT_ONCE = 500


@scheduled(daily=time(1, 50))
@job()
def file_ended(*, at: datetime) -> None:
    """Put cases into the archive that ended before there was one."""
    ended = Case.objects.filter(dossier=None).exclude(state=Case.State.RUNNING).order_by("pk")
    while batch := list(ended[:_AT_ONCE]):
        file_cases(batch, at)


@scheduled(daily=time(1, 55))
@job()
def date_anew(*, at: datetime) -> None:
    """Give dates to berkas that had none, once the office has put their code into its retention schedule."""
    undated = Dossier.objects.filter(inactive_on=None, condition="", custody=Dossier.Custody.UNIT, note="")
    cases = Case.objects.filter(dossier__in=undated.exclude(fate=Dossier.Fate.KEEP)).order_by("pk")
    file_cases(cases.iterator(chunk_size=_AT_ONCE), at)
