"""Finding the cases of public information by what is in them, through an index: the data of cases have none.

What is looked for is told here; a step that changes it writes it anew.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import QuerySet

from laksana.cases.behaviour import Situation
from laksana.cases.models import Case, WorkItem
from laksana.library.informasi.models import Finding

FIELDS: Mapping[str, tuple[str, ...]] = {
    "permohonan-informasi": ("nomor_pendaftaran",),
    "keberatan-informasi": ("nomor_registrasi", "nomor_pendaftaran_permohonan"),
    "sengketa-informasi": ("nomor_keberatan",),
    "pewarta-warga": ("nik",),
}
"""Procedure -> the fields by which its cases are found."""
_LONGEST = 120


def cases_with(procedure: str, field: str, value: object) -> "QuerySet[Case]":
    """Return the cases of a procedure that hold a value in a field; none for a field that is not kept for it, or no value."""
    if field not in FIELDS.get(procedure, ()) or not value:
        return Case.objects.none()
    keys = Finding.objects.filter(name=field, value=str(value)[:_LONGEST]).values_list("case", flat=True)
    return Case.objects.filter(
        pk__in=list(keys), procedure=procedure
    )  # two look-ups: as one it is sorted first


def step_done(situation: Situation, _item: WorkItem) -> None:
    """Keep what a finished step has left in its case."""
    keep(situation.case)


def items_opened(case: Case, _items: list[WorkItem], _at: datetime) -> None:
    """Keep what another case has handed over to one that begins."""
    keep(case)


def keep(case: Case) -> None:
    """Keep by what a case is found now."""
    fields = FIELDS.get(case.procedure)
    if fields is None:
        return
    known = dict(Finding.objects.filter(case=case).values_list("name", "value"))
    for name in fields:
        value = str(case.data.get(name) or "")[:_LONGEST]
        if value and known.get(name) != value:
            Finding.objects.update_or_create(case=case, name=name, defaults={"value": value})
        elif not value and name in known:
            Finding.objects.filter(case=case, name=name).delete()
