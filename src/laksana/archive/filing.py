"""A case that has ended enters the archive, with its code and the dates of its retention."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from laksana.archive.models import Dossier
from laksana.archive.retention import Dates, dates, period
from laksana.archive.tables import PROCEDURES, figure
from laksana.cases.models import Case
from laksana.library.persuratan.naskah import CODES, retention
from laksana.sop.law import law_of
from laksana.worktime.zone import local_day

CODE_FIELD = "kode_klasifikasi"
"""The field in which a procedure asks for the code, where it does."""
_REFILED = (
    "code", "description", "active", "inactive", "fate", "condition", "closed_on", "inactive_on", "final_on"
)  # fmt: skip


@dataclass(frozen=True)
class Schedule:
    """What the JRA says of a berkas."""

    code: str
    description: str
    active: str
    inactive: str
    fate: str


def file_case(case: Case, at: datetime) -> None:
    """Put a case that has ended into the archive; one that ended anew is filed anew. One statement."""
    file_cases([case], at)


def file_cases(cases: Iterable[Case], at: datetime) -> None:
    """Put ended cases into the archive."""
    Dossier.objects.bulk_create(
        [_filed(case, local_day(case.ended_at or at)) for case in cases],
        update_conflicts=True,
        unique_fields=["case"],
        update_fields=_REFILED,
    )


def _filed(case: Case, closed_on: date) -> Dossier:
    """Return the berkas of a case, by the schedule in force on the day it was closed; not saved."""
    with law_of(closed_on):
        return described(case, closed_on)


def described(case: Case, closed_on: date) -> Dossier:
    """Return the berkas of a case, not saved."""
    found = schedule(case)
    due = due_dates(closed_on, found.active, found.inactive, None)
    active = period(found.active)
    return Dossier(
        case=case,
        code=found.code,
        description=found.description[:300],
        active=found.active,
        inactive=found.inactive,
        fate=found.fate,
        condition=active.condition if active else "",
        closed_on=closed_on,
        inactive_on=due.inactive_on,
        final_on=due.final_on,
    )


def due_dates(closed_on: date, active: str, inactive: str, condition_met_on: date | None) -> Dates:
    """Return the dates of a retention in words, counted as the office counts."""
    return dates(
        closed_on,
        period(active),
        period(inactive),
        condition_met_on=condition_met_on,
        from_next_year=bool(figure("hitung_dari_tahun_berikutnya")),
    )


def schedule(case: Case) -> Schedule:
    """Return what the JRA says: by the code given in the case, else by the procedure, else by the procedure's code."""
    given = str(case.data.get(CODE_FIELD) or "")
    row = PROCEDURES.get(case.procedure)
    code = given or (row.kode if row else "")
    description = known.uraian if (known := CODES.get(code)) else ""
    if not given and row and (row.retensi_aktif or row.nasib_akhir):
        return Schedule(code, description, row.retensi_aktif, row.retensi_inaktif, row.nasib_akhir)
    by_code = retention(code)
    if by_code is None:
        return Schedule(code, description, "", "", "")
    return Schedule(code, description, by_code.retensi_aktif, by_code.retensi_inaktif, by_code.nasib_akhir)
