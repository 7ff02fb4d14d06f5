"""Changing the calendar: what changes with it, who sees it, and what is left when it fails."""

from collections.abc import Iterator
from datetime import date, datetime, time

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from laksana.sop.duration import Duration
from laksana.worktime import current, services
from laksana.worktime.calendar import NoWorkingTimeError, WorkCalendar
from laksana.worktime.hours import Hours
from laksana.worktime.models import CalendarChange, CalendarRevision, Decree, Holiday
from laksana.worktime.tests.offices import wib

AT = wib("2026-11-10 09:00")
FIVE_DAYS = Duration.parse("5 hari kerja")


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    services.forget_calendar()
    yield
    services.forget_calendar()


@pytest.fixture
def decree() -> Decree:
    return services.record_decree("Keppres 99/2026", "Libur pemungutan suara", date(2026, 11, 1))


@pytest.fixture
def deadlines() -> Iterator[list[datetime]]:
    """An app above that keeps one deadline: five working days from the morning of 10 November."""
    kept = [services.calendar().deadline(AT, FIVE_DAYS)]

    def recompute(calendar: WorkCalendar, at: datetime) -> list[str]:
        due = calendar.deadline(AT, FIVE_DAYS)
        if due == kept[0]:
            return []
        line = f"{kept[0]:%d %b} -> {due:%d %b}"
        kept[0] = due
        return [line]

    services.on_change.append(recompute)
    yield kept
    services.on_change.remove(recompute)


@pytest.fixture
def _seeded(db: None) -> None:
    services.seed(AT)


@pytest.mark.django_db
def test_an_office_without_hours_is_told_what_to_run() -> None:
    with pytest.raises(NoWorkingTimeError, match="laksana init"):
        services.calendar()


@pytest.mark.usefixtures("_seeded")
class TestChanges:
    def test_a_new_day_off_moves_open_deadlines_and_says_so(
        self, decree: Decree, deadlines: list[datetime]
    ) -> None:
        change = services.set_holiday(
            date(2026, 11, 12), "Pemungutan suara", "libur", decree, AT, by="Kasubag"
        )
        assert change.moved == ["17 Nov -> 18 Nov"]
        assert deadlines == [wib("2026-11-18 16:00")]
        kept = CalendarChange.objects.get(pk=change.pk)
        assert (kept.decree, kept.by, kept.moved, kept.at) == (decree, "Kasubag", ["17 Nov -> 18 Nov"], AT)
        assert "2026-11-12" in kept.what
        assert "Pemungutan suara" in kept.what

    def test_a_day_off_taken_back_moves_them_back(self, decree: Decree, deadlines: list[datetime]) -> None:
        services.set_holiday(date(2026, 11, 12), "Pemungutan suara", "libur", decree, AT)
        change = services.remove_holiday(date(2026, 11, 12), decree, AT)
        assert change.moved == ["18 Nov -> 17 Nov"]
        assert not Holiday.objects.filter(date=date(2026, 11, 12)).exists()

    def test_a_day_off_is_renamed_and_its_decree_replaced_in_place(self, decree: Decree) -> None:
        services.set_holiday(date(2026, 12, 24), "Natal", "libur", decree, AT)
        holiday = Holiday.objects.get(date=date(2026, 12, 24))
        assert (holiday.name, holiday.category, holiday.decree) == ("Natal", "libur", decree)

    def test_taking_back_an_ordinary_day_is_refused_and_recorded_nowhere(self, decree: Decree) -> None:
        before = CalendarChange.objects.count()
        with pytest.raises(Holiday.DoesNotExist), transaction.atomic():
            services.remove_holiday(date(2026, 11, 12), decree, AT)
        assert CalendarChange.objects.count() == before

    def test_an_unknown_category_is_refused(self, decree: Decree) -> None:
        with pytest.raises(ValueError, match="minggu"):
            services.set_holiday(date(2026, 11, 12), "Libur", "minggu", decree, AT)

    def test_the_decree_of_a_new_year_replaces_its_forecast_in_one_change(self) -> None:
        skb = services.record_decree("SKB 3 Menteri 2027 (contoh)", "Hari libur 2027")
        change = services.apply_decree(
            skb,
            [
                services.DayOff(date(2027, 1, 1), "libur", "Tahun Baru 2027 Masehi"),
                services.DayOff(date(2027, 7, 7), "cuti_bersama", "Contoh"),
            ],
            AT,
        )
        days = services.calendar().holidays
        assert sorted(day for day in days if day.year == 2027) == [date(2027, 1, 1), date(2027, 7, 7)]
        assert not services.calendar().is_forecast(date(2027, 6, 1))
        assert "2027-07-07" in change.what
        assert "2027-12-25" in change.what

    def test_the_sidang_isbat_moves_ramadan(self) -> None:
        services.set_ramadan(date(2027, 2, 9), date(2027, 3, 9), "Sidang isbat (contoh)", AT, checked=True)
        calendar = services.calendar()
        assert calendar.opening(date(2027, 2, 8)).time() == time(7, 30)
        assert calendar.opening(date(2027, 2, 9)).time() == time(8, 0)

    def test_a_ramadan_that_ends_before_it_begins_is_refused(self) -> None:
        with pytest.raises(ValueError, match="2027-02-09"):
            services.set_ramadan(date(2027, 3, 9), date(2027, 2, 9), "keliru", AT)

    def test_new_hours_hold_from_their_day_and_the_old_ones_until_then(self) -> None:
        week = [Hours(day, time(8, 0), time(16, 0), time(12, 0), time(12, 30)) for day in range(5)]
        services.set_hours("biasa", date(2027, 1, 4), week, "Perwal (contoh)", AT)
        calendar = services.calendar()
        assert calendar.opening(date(2026, 12, 31)).time() == time(7, 30)
        assert calendar.opening(date(2027, 1, 4)).time() == time(8, 0)
        assert calendar.opening(date(2027, 2, 8)).time() == time(8, 0)
        assert calendar.closing(date(2027, 2, 8)).time() == time(15, 0)

    def test_new_hours_replace_later_ones_that_never_came_into_force(self) -> None:
        for opening in (time(9, 0), time(8, 0)):
            week = [Hours(day, opening, time(16, 0)) for day in range(4)]
            services.set_hours("biasa", date(2027, 1, 4), week, "Perwal (contoh)", AT)
        calendar = services.calendar()
        assert calendar.opening(date(2027, 1, 4)).time() == time(8, 0)
        assert not calendar.is_workday(date(2027, 1, 8))

    def test_settling_moves_what_was_computed_from_the_old_calendar(self, deadlines: list[datetime]) -> None:
        deadlines[0] = wib("2026-11-19 16:00")
        assert services.settle(AT) == ["19 Nov -> 17 Nov"]
        assert services.settle(AT) == []


@pytest.mark.usefixtures("_seeded")
class TestCalendarInForce:
    def test_it_is_kept_and_not_read_again(self, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        services.forget_calendar()
        kept = services.calendar()
        with django_assert_num_queries(0):
            assert services.calendar() is kept

    def test_after_a_second_one_query_asks_whether_it_is_still_in_force(
        self, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        services.forget_calendar()
        kept = services.calendar()
        monkeypatch.setattr(current, "TRUSTED_SECONDS", 0)
        with django_assert_num_queries(1):
            assert services.calendar() is kept

    def test_a_change_by_another_process_is_seen_after_a_second(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        services.forget_calendar()
        assert services.calendar().is_workday(date(2026, 11, 12))
        Holiday.objects.create(date=date(2026, 11, 12), name="Libur", category="libur")
        CalendarRevision.objects.update(token="9e107d9d-372b-4682-8db0-000000000000")
        assert services.calendar().is_workday(date(2026, 11, 12))
        monkeypatch.setattr(current, "TRUSTED_SECONDS", 0)
        assert not services.calendar().is_workday(date(2026, 11, 12))

    def test_who_changed_it_sees_it_at_once_and_no_longer_after_a_rollback(
        self, decree: Decree, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        assert services.calendar().is_workday(date(2026, 11, 12))
        with transaction.atomic():
            services.set_holiday(date(2026, 11, 12), "Libur", "libur", decree, AT)
            assert not services.calendar().is_workday(date(2026, 11, 12))
            transaction.set_rollback(True)
        assert services.calendar().is_workday(date(2026, 11, 12))
        with django_assert_num_queries(0):
            services.calendar()

    def test_when_recomputing_fails_nothing_has_changed(self, decree: Decree) -> None:
        def fails(calendar: WorkCalendar, at: datetime) -> list[str]:
            assert not calendar.is_workday(date(2026, 11, 12))
            raise RuntimeError

        services.on_change.append(fails)
        try:
            with pytest.raises(RuntimeError), transaction.atomic():
                services.set_holiday(date(2026, 11, 12), "Libur", "libur", decree, AT)
        finally:
            services.on_change.remove(fails)
        assert services.calendar().is_workday(date(2026, 11, 12))
        assert not CalendarChange.objects.filter(decree=decree).exists()


@pytest.mark.django_db(transaction=True)
def test_after_a_commit_the_changed_calendar_is_kept(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    services.seed(AT)
    kept = services.calendar()
    with django_assert_num_queries(0):
        assert services.calendar() is kept
