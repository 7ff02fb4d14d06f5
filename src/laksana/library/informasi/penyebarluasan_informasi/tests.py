"""The monthly recap of releases, with the figures of the office's reference."""

from datetime import date
from decimal import Decimal

import pytest

from laksana.library.informasi.penyebarluasan_informasi.actions import recap_due, share_in_time
from laksana.worktime.services import calendar


@pytest.mark.django_db
@pytest.mark.usefixtures("office")
@pytest.mark.reference("penyebarluasan-informasi/laporan-bulanan")
def test_the_recap_of_october_is_due_on_the_fifth_working_day() -> None:
    assert recap_due(date(2026, 10, 13), calendar()) == date(2026, 11, 6)
    assert share_in_time(88, 96) == Decimal("91.7")
    assert share_in_time(0, 0) is None
