"""Putting together what units gave."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from laksana.cases.models import Case, SopVersion
from laksana.library import services
from laksana.library.gathering import gathered

AT = datetime(2026, 11, 10, 2, tzinfo=UTC)


def case_with(given: Sequence[tuple[str, str, Mapping[str, Any]]]) -> Case:
    """Return a case with an instance for each step, unit and data."""
    services.install()
    version = SopVersion.objects.get(procedure="lkpj")
    case = Case.objects.create(number="X/1", sop=version, procedure="lkpj", level="terbuka", opened_at=AT)
    for path, (step, unit, data) in enumerate(given, start=1):
        case.instances.create(path=str(path), made_by=step, row={"bidang": unit}, data=data, made_at=AT)
    return case


@pytest.mark.django_db
def test_of_a_unit_asked_again_only_its_newest_rows_count() -> None:
    case = case_with(
        [
            ("terima", "egov", {"masalah": [1], "kebijakan": [9]}),
            ("terima", "statistik", {"masalah": [2]}),
            ("terima", "egov", {"masalah": [3, 4]}),
        ]
    )
    assert gathered(case, "masalah", "kebijakan") == {"masalah": [3, 4, 2], "kebijakan": []}


@pytest.mark.django_db
def test_two_steps_that_ask_one_unit_lose_nothing_and_the_later_one_mends_the_other() -> None:
    case = case_with(
        [
            ("rincian", "egov", {"masalah": [1], "kebijakan": [5]}),
            ("kas", "egov", {"kas": [7]}),
            ("perbaiki", "egov", {"masalah": [2], "kas": None}),
        ]
    )
    assert gathered(case, "masalah", "kebijakan", "kas") == {"masalah": [2], "kebijakan": [5], "kas": []}


@pytest.mark.django_db
def test_a_step_that_asks_again_after_another_has_the_last_word() -> None:
    case = case_with(
        [
            ("rincian", "egov", {"masalah": [1]}),
            ("perbaiki", "egov", {"masalah": [2]}),
            ("rincian", "egov", {"masalah": [3]}),
        ]
    )
    assert gathered(case, "masalah") == {"masalah": [3]}
