"""The other cases of a procedure, which tell what was done before and what is under way."""

from typing import Any

from django.db.models import QuerySet

from laksana.cases.behaviour import Situation
from laksana.cases.models import Case


def other_cases(situation: Situation, **having: Any) -> "QuerySet[Case]":
    """Return the other cases of the procedure in the order in which they were opened; cancelled ones count for nothing.

    `having` are look-ups of their data as it is kept: `bulan="2026-11-01"`, `tanggal__startswith="2026"`.
    """
    found = Case.objects.filter(
        procedure=situation.procedure.id, **{f"data__{name}": value for name, value in having.items()}
    )
    return found.exclude(pk=situation.case.pk).exclude(state=Case.State.CANCELLED).order_by("opened_at", "pk")
