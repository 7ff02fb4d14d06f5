"""The calendar an office begins with."""

from datetime import date

import pytest

from laksana.worktime import services
from laksana.worktime.models import CalendarChange, Decree, Holiday, OfficeHours, Ramadan
from laksana.worktime.seed import decreed_days_off, packaged_days_off
from laksana.worktime.tests.offices import HOLIDAYS, OFFICE, wib

pytestmark = pytest.mark.django_db
AT = wib("2026-11-10 09:00")


def test_the_list_of_2026_and_the_package_agree_on_every_day_and_its_category() -> None:
    decreed = {(day.date, day.category) for day in decreed_days_off(2026)}
    packaged = {(day.date, str(day.category)) for day in packaged_days_off(2026)}
    assert decreed == packaged
    assert len([day for day in decreed if day[1] == "libur"]) == 17
    assert len([day for day in decreed if day[1] == "cuti_bersama"]) == 8


def test_the_days_off_of_2026_carry_their_decree_and_it_was_read() -> None:
    services.seed(AT)
    decrees = Decree.objects.filter(holidays__date__year=2026).distinct()
    assert [(decree.number, decree.checked) for decree in decrees] == [
        ("SKB 3 Menteri Nomor 1497/2025, 2/2025, 5/2025", True)
    ]
    assert not Holiday.objects.filter(date__year=2026, decree=None).exists()


def test_years_that_no_decree_has_set_are_a_forecast() -> None:
    services.seed(AT)
    calendar = services.calendar()
    assert [calendar.is_forecast(date(year, 6, 1)) for year in (2025, 2026, 2027, 2028)] == [
        False,
        False,
        True,
        True,
    ]
    assert not calendar.is_workday(date(2027, 12, 25))


def test_the_seeded_calendar_counts_as_the_law_does() -> None:
    services.seed(AT)
    calendar = services.calendar()
    assert {day: calendar.holidays[day] for day in calendar.holidays if day.year == 2026}.keys() >= {
        day for day in HOLIDAYS if day.year == 2026
    }
    for day in (
        date(2026, 2, 18),
        date(2026, 2, 19),
        date(2026, 3, 13),
        date(2026, 3, 25),
        date(2026, 11, 13),
    ):
        assert (calendar.opening(day), calendar.closing(day)) == (OFFICE.opening(day), OFFICE.closing(day))
        hours, expected = calendar.hours_of(day), OFFICE.hours_of(day)
        assert hours is not None
        assert expected is not None
        assert hours.spans == expected.spans


@pytest.mark.parametrize(
    ("kind", "minutes"), [(OfficeHours.Kind.ORDINARY, 2250), (OfficeHours.Kind.RAMADAN, 1950)]
)
def test_the_seeded_week_holds_the_hours_of_perpres_21_of_2023(kind: OfficeHours.Kind, minutes: int) -> None:
    services.seed(AT)
    monday = date(2026, 11, 9) if kind == OfficeHours.Kind.ORDINARY else date(2026, 2, 23)
    hours = [services.calendar().hours_of(date.fromordinal(monday.toordinal() + n)) for n in range(7)]
    assert sum(day.minutes for day in hours if day) == minutes


def test_ramadan_ends_on_the_day_before_idulfitri() -> None:
    services.seed(AT)
    for ramadan in Ramadan.objects.filter(since__year__lte=2028):
        feast = date.fromordinal(ramadan.until.toordinal() + 1)
        assert "fitri" in Holiday.objects.get(date=feast).name.lower()
        assert (ramadan.until - ramadan.since).days + 1 in (29, 30)


def test_seeding_again_changes_nothing_and_records_nothing() -> None:
    assert services.seed(AT) > 0
    assert services.seed(AT) == 0
    assert CalendarChange.objects.count() == 1


def test_seeding_in_a_later_year_adds_that_year_and_leaves_what_the_office_changed() -> None:
    services.seed(AT)
    decree = services.record_decree("Edaran 1/2026", "Contoh")
    services.remove_holiday(date(2028, 12, 25), decree, AT)
    assert services.seed(wib("2027-01-04 08:00")) > 0
    assert Holiday.objects.filter(date__year=2029).exists()
    assert not Holiday.objects.filter(date=date(2028, 12, 25)).exists()
