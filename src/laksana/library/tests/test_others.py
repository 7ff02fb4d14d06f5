"""The other cases of a procedure."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest

from laksana.cases.behaviour import Situation
from laksana.cases.models import Case, SopVersion
from laksana.library import services
from laksana.library.others import other_cases

AT = datetime(2026, 11, 10, 2, tzinfo=UTC)


def opened(number: str, procedure: str, minutes: int, **given: Any) -> Case:
    version = SopVersion.objects.get(procedure=procedure)
    at = AT + timedelta(minutes=minutes)
    return Case.objects.create(
        number=number, sop=version, procedure=procedure, level="terbuka", opened_at=at, **given
    )


@pytest.mark.django_db
def test_other_cases_are_those_of_the_procedure_that_were_not_cancelled_in_their_order() -> None:
    services.install()
    mine = opened("A", "spj", 1, data={"bulan": "2026-11-01"})
    opened("later", "spj", 5, data={"bulan": "2026-10-01"})
    opened("earlier", "spj", 0, data={"bulan": "2026-10-01"}, state=Case.State.ENDED)
    opened("other-month", "spj", 2, data={"bulan": "2026-09-01"})
    opened("cancelled", "spj", 3, data={"bulan": "2026-10-01"}, state=Case.State.CANCELLED)
    opened("another", "lkpj", 3, data={"bulan": "2026-10-01"})
    situation = cast("Situation", SimpleNamespace(case=mine, procedure=SimpleNamespace(id="spj")))
    assert [case.number for case in other_cases(situation)] == ["earlier", "other-month", "later"]
    assert [case.number for case in other_cases(situation, bulan="2026-10-01")] == ["earlier", "later"]
    assert [case.number for case in other_cases(situation, bulan__lt="2026-10-01")] == ["other-month"]
