"""Where the law is read in two ways the office chooses by a table, and every clock follows."""

from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from laksana.library.informasi.permohonan_informasi import actions as permohonan
from laksana.library.informasi.readings import READINGS
from laksana.library.informasi.sengketa_informasi import actions as sengketa
from laksana.library.informasi.tests.calendars import CALENDAR
from laksana.library.tables import TableError
from laksana.worktime.zone import OFFICE_ZONE


@pytest.fixture
def choose(settings: Any, tmp_path: Path) -> Any:
    """Let the office choose a reading."""
    settings.HOME = tmp_path

    def chosen(before: str, after: str) -> None:
        (tmp_path / "tables").mkdir(exist_ok=True)
        shipped = READINGS.shipped.read_text(encoding="utf-8")
        (tmp_path / "tables" / READINGS.name).write_text(shipped.replace(before, after), encoding="utf-8")

    return chosen


def at(values: dict[str, Any], outcome: str | None = None) -> Any:
    """Return a situation with these values."""
    instant = datetime(2026, 3, 27, 9, tzinfo=OFFICE_ZONE)
    return SimpleNamespace(values=values, calendar=CALENDAR, at=instant, outcome=outcome)


def test_an_extension_joins_on_or_counts_from_its_notice(choose: Any) -> None:
    given = at(
        {"batas_setelah_perpanjangan": date(2026, 4, 9), "tanggal_perpanjangan": date(2026, 3, 27)},
        "Diperpanjang",
    )
    assert permohonan.extended(given)["batas_aktif"] == date(2026, 4, 9)
    choose("perpanjangan,sambung", "perpanjangan,sejak_pemberitahuan")
    assert permohonan.extended(given)["batas_aktif"] == date(2026, 4, 8)


def test_cassation_counts_in_calendar_or_in_working_days(choose: Any) -> None:
    given = at({"tanggal_putusan_pengadilan": date(2026, 8, 10)})
    assert sengketa.cassation_limit(given)["batas_kasasi"] == date(2026, 8, 24)
    choose("kasasi,hari_kalender", "kasasi,hari_kerja")
    assert sengketa.cassation_limit(given)["batas_kasasi"] == date(2026, 9, 1)


def test_the_hundred_days_count_from_the_hearing_or_from_the_registration(choose: Any) -> None:
    hearing = datetime(2026, 6, 8, 9, tzinfo=OFFICE_ZONE)
    given = at({"tanggal_sidang": hearing, "tanggal_registrasi": date(2026, 5, 22)})
    assert sengketa.end_limit(given)["batas_selesai"] == date(2026, 10, 29)
    choose("penyelesaian,sidang_pertama", "penyelesaian,registrasi")
    assert sengketa.end_limit(given)["batas_selesai"] == date(2026, 10, 19)


def test_a_reading_that_does_not_exist_is_refused_with_those_that_do(choose: Any) -> None:
    choose("kasasi,hari_kalender", "kasasi,minggu")
    with pytest.raises(TableError, match="hari_kalender, hari_kerja"):
        READINGS.rows()
