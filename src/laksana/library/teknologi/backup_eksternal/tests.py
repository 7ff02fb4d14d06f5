"""The rules of the backup outside the building, with the figures of the office's reference and at their limits."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from laksana.library.teknologi import backup_policy
from laksana.library.teknologi.backup_eksternal import rules
from laksana.worktime.services import calendar
from laksana.worktime.zone import OFFICE_ZONE

NOW = datetime(2026, 11, 24, 9, tzinfo=OFFICE_ZONE)


def copy(origin: str, **more: Any) -> dict[str, Any]:
    return {"kelas": "biasa", "asal": origin, "media": "HDD", "titik_akhir": NOW, **more}


@pytest.mark.django_db
@pytest.mark.usefixtures("office")
@pytest.mark.reference("backup-eksternal/libur-geser")
def test_what_is_carried_on_a_day_off_goes_the_next_working_day() -> None:
    assert rules.due_on(date(2026, 8, 17), "media_fisik", calendar()) == date(2026, 8, 18)
    assert rules.due_on(date(2026, 8, 17), "elektronik", calendar()) == date(2026, 8, 17)
    assert backup_policy.test_due(date(2026, 9, 1), "eksternal", ["biasa"], calendar()) == date(2027, 3, 1)
    assert backup_policy.test_due(date(2026, 9, 1), "eksternal", ["biasa", "vital"], calendar()) == date(
        2026, 12, 1
    )


@pytest.mark.reference("backup-eksternal/posisi-kurang")
def test_three_copies_of_one_kind_near_by_and_online_are_not_enough() -> None:
    found = rules.position("biasa", [copy("kerja"), copy("internal"), copy("eksternal", jarak_km=Decimal(6))])
    assert found == {
        "kelas": "biasa", "salinan": 3, "jenis_media": 1, "luar_lokasi": 0, "luring_atau_kekal": 0, "galat": 0,
        "patuh": False,
        "alasan": "jenis media 1 dari 2; salinan luar lokasi 0 dari 1; salinan luring atau kekal 0 dari 1",
    }  # fmt: skip
    far = copy("eksternal", jarak_km=Decimal(10), media="LTO", luring_atau_kekal=True)
    assert rules.position("biasa", [copy("kerja"), copy("internal"), far])["patuh"] is True
    assert rules.position("biasa", [copy("kerja"), copy("internal"), {**far, "galat": 1}])["patuh"] is False


@pytest.mark.parametrize(
    ("origin", "hours", "counted"),
    [("internal", 60, True), ("internal", 61, False), ("eksternal", 384, True), ("kerja", 9999, True)],
)
def test_a_copy_older_than_twice_its_promise_does_not_count(origin: str, hours: int, counted: bool) -> None:
    assert rules.counts(copy(origin, titik_akhir=NOW - timedelta(hours=hours)), NOW) is counted


def test_media_are_replaced_after_four_fifths_of_their_life() -> None:
    assert rules.replace_by("HDD", date(2022, 11, 20)) == date(2026, 11, 20)
    assert rules.replace_by("objek", date(2022, 11, 20)) is None
