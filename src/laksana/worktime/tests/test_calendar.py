"""Working time by example: the days and hours an official would count on a wall calendar."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time

import pytest

from laksana.sop.duration import Duration
from laksana.worktime.calendar import NoWorkingTimeError, WorkCalendar
from laksana.worktime.hours import Hours
from laksana.worktime.tests.offices import HOLIDAYS, OFFICE, ORDINARY_HOURS, wib


def deadline(start: str, limit: str) -> datetime:
    return OFFICE.deadline(wib(start), Duration.parse(limit))


class TestDays:
    def test_monday_to_friday_are_working_days_except_holidays_and_cuti_bersama(self) -> None:
        week = [OFFICE.is_workday(date(2026, 3, day)) for day in range(16, 23)]
        assert week == [True, True, False, False, False, False, False]

    def test_an_office_may_work_on_saturday(self) -> None:
        six_days = WorkCalendar((*ORDINARY_HOURS, Hours(5, time(8, 0), time(12, 0))), {})
        assert six_days.is_workday(date(2026, 11, 14))
        assert six_days.add_workdays(date(2026, 11, 13), 1) == date(2026, 11, 14)

    def test_counting_forward_passes_weekends_holidays_and_the_turn_of_the_year(self) -> None:
        assert OFFICE.add_workdays(date(2026, 12, 23), 4) == date(2026, 12, 31)
        assert OFFICE.add_workdays(date(2026, 12, 23), 5) == date(2027, 1, 4)

    def test_counting_back_is_the_mirror(self) -> None:
        assert OFFICE.subtract_workdays(date(2027, 1, 4), 5) == date(2026, 12, 23)
        assert OFFICE.subtract_workdays(date(2026, 11, 15), 1) == date(2026, 11, 13)

    def test_the_working_days_between_leave_out_the_first_day_and_count_the_last(self) -> None:
        assert OFFICE.workdays_between(date(2026, 11, 13), date(2026, 11, 25)) == 8
        assert OFFICE.workdays_between(date(2026, 11, 25), date(2026, 11, 13)) == -8
        assert OFFICE.workdays_between(date(2026, 3, 12), date(2026, 3, 26)) == 5
        assert OFFICE.workdays_between(date(2026, 11, 14), date(2026, 11, 15)) == 0

    def test_the_nearest_working_day_on_either_side(self) -> None:
        assert OFFICE.workday_on_or_before(date(2026, 12, 13)) == date(2026, 12, 11)
        assert OFFICE.workday_on_or_after(date(2026, 12, 13)) == date(2026, 12, 14)
        assert OFFICE.workday_on_or_before(date(2026, 12, 14)) == date(2026, 12, 14)
        assert OFFICE.workday_on_or_after(date(2026, 12, 14)) == date(2026, 12, 14)

    def test_days_beyond_the_last_decree_are_a_forecast(self) -> None:
        assert not OFFICE.is_forecast(date(2026, 12, 31))
        assert OFFICE.is_forecast(date(2027, 1, 1))
        assert not WorkCalendar(OFFICE.hours, {}).is_forecast(date(2027, 1, 1))


class TestHours:
    def test_a_day_opens_and_closes_by_its_weekday(self) -> None:
        assert OFFICE.opening(date(2026, 11, 12)) == wib("2026-11-12 07:30")
        assert OFFICE.closing(date(2026, 11, 12)) == wib("2026-11-12 16:00")
        assert OFFICE.closing(date(2026, 11, 13)) == wib("2026-11-13 16:30")

    def test_ramadan_shortens_the_day_from_its_first_day_to_its_last(self) -> None:
        assert OFFICE.closing(date(2026, 2, 18)) == wib("2026-02-18 16:00")
        assert OFFICE.opening(date(2026, 2, 19)) == wib("2026-02-19 08:00")
        assert OFFICE.closing(date(2026, 2, 20)) == wib("2026-02-20 15:30")
        assert OFFICE.closing(date(2026, 3, 25)) == wib("2026-03-25 16:00")

    @pytest.mark.parametrize(
        ("monday", "minutes"), [("2026-11-09", 5 * 450), ("2026-02-23", 5 * 390)], ids=["biasa", "ramadan"]
    )
    def test_a_week_holds_the_hours_of_perpres_21_of_2023(self, monday: str, minutes: int) -> None:
        start = wib(f"{monday} 00:00")
        assert OFFICE.minutes_between(start, OFFICE.add_minutes(start, minutes)) == minutes
        assert OFFICE.add_minutes(start, minutes).weekday() == 4

    def test_the_office_is_open_inside_its_hours_only(self) -> None:
        open_at = {
            at: OFFICE.is_open(wib(f"2026-11-13 {at}"))
            for at in ("07:29", "07:30", "11:30", "13:00", "16:30")
        }
        assert open_at == {"07:29": False, "07:30": True, "11:30": False, "13:00": True, "16:30": False}

    def test_a_day_off_has_no_closing_and_says_why(self) -> None:
        with pytest.raises(
            NoWorkingTimeError, match="2026-12-25 is not a working day: Kelahiran Yesus Kristus"
        ):
            OFFICE.closing(date(2026, 12, 25))
        with pytest.raises(NoWorkingTimeError, match="2026-11-14 is not a working day: no office hours"):
            OFFICE.opening(date(2026, 11, 14))

    @pytest.mark.parametrize(
        ("hours", "message"),
        [
            ((7, time(8), time(16)), "weekday 7"),
            ((0, time(16), time(8)), "must run on"),
            ((0, time(8), time(16), time(12), None), "both its start and its end"),
            ((0, time(8), time(16), time(15), time(17)), "must run on"),
        ],
    )
    def test_impossible_hours_are_refused(self, hours: tuple[int, time, time], message: str) -> None:
        with pytest.raises(ValueError, match=message):
            Hours(*hours)


class TestMinutes:
    @pytest.mark.parametrize(
        ("start", "minutes", "end"),
        [
            ("2026-11-12 09:00", 30, "2026-11-12 09:30"),
            ("2026-11-12 11:50", 30, "2026-11-12 13:20"),
            ("2026-11-12 15:50", 30, "2026-11-13 07:50"),
            ("2026-11-13 11:20", 20, "2026-11-13 13:10"),
            ("2026-11-13 16:20", 20, "2026-11-16 07:40"),
            ("2026-11-12 12:15", 10, "2026-11-12 13:10"),
            ("2026-11-12 20:00", 10, "2026-11-13 07:40"),
            ("2026-11-12 04:00", 10, "2026-11-12 07:40"),
            ("2026-11-14 10:00", 10, "2026-11-16 07:40"),
            ("2026-11-12 07:30", 270, "2026-11-12 12:00"),
            ("2026-11-12 07:30", 450, "2026-11-12 16:00"),
            ("2026-11-12 07:30", 0, "2026-11-12 07:30"),
            ("2026-12-31 15:59", 1, "2026-12-31 16:00"),
            ("2026-12-31 15:59", 2, "2027-01-04 07:31"),
            ("2026-02-18 15:00", 90, "2026-02-19 08:30"),
        ],
    )
    def test_working_minutes_pass_only_while_the_office_works(
        self, start: str, minutes: int, end: str
    ) -> None:
        assert OFFICE.add_minutes(wib(start), minutes) == wib(end)

    @pytest.mark.parametrize(
        ("end", "minutes", "start"),
        [
            ("2026-11-12 09:30", 30, "2026-11-12 09:00"),
            ("2026-11-12 13:20", 30, "2026-11-12 11:50"),
            ("2026-11-16 07:40", 20, "2026-11-13 16:20"),
            ("2026-11-12 16:00", 450, "2026-11-12 07:30"),
            ("2026-11-15 10:00", 10, "2026-11-13 16:20"),
            ("2026-11-12 13:20", 20, "2026-11-12 13:00"),
            ("2027-01-04 07:31", 1, "2027-01-04 07:30"),
            ("2027-01-04 07:31", 2, "2026-12-31 15:59"),
        ],
    )
    def test_working_minutes_count_back_the_same_way(self, end: str, minutes: int, start: str) -> None:
        assert OFFICE.subtract_minutes(wib(end), minutes) == wib(start)

    def test_seconds_are_kept(self) -> None:
        assert OFFICE.add_minutes(wib("2026-11-12 15:50:30"), 10) == wib("2026-11-13 07:30:30")

    def test_measuring_counts_what_was_worked(self) -> None:
        assert OFFICE.minutes_between(wib("2026-11-13 11:00"), wib("2026-11-16 08:00")) == 30 + 210 + 30
        assert OFFICE.minutes_between(wib("2026-11-16 08:00"), wib("2026-11-13 11:00")) == -270
        assert OFFICE.minutes_between(wib("2026-11-14 08:00"), wib("2026-11-15 08:00")) == 0

    def test_a_measure_over_years_adds_the_years_between(self) -> None:
        plain = WorkCalendar(tuple(ORDINARY_HOURS), {})
        days = plain.workdays_between(date(2024, 6, 30), date(2027, 6, 30))
        assert plain.minutes_between(wib("2024-06-30 00:00"), wib("2027-07-01 00:00")) == days * 450

    def test_another_zone_is_the_same_instant_and_the_answer_is_in_jakarta_time(self) -> None:
        end = OFFICE.add_minutes(datetime(2026, 11, 12, 2, 0, tzinfo=UTC), 30)
        assert end.isoformat() == "2026-11-12T09:30:00+07:00"
        assert OFFICE.add_minutes(datetime(2026, 11, 12, 2, 0, tzinfo=UTC), 0).isoformat().endswith("+07:00")

    def test_an_instant_without_a_zone_is_refused(self) -> None:
        with pytest.raises(ValueError, match="no time zone"):
            OFFICE.add_minutes(datetime(2026, 11, 12, 9, 0), 30)  # noqa: DTZ001

    def test_a_calendar_without_hours_gives_up_instead_of_searching_for_ever(self) -> None:
        closed = WorkCalendar((), {})
        searches: list[Callable[[], object]] = [
            lambda: closed.add_minutes(wib("2026-11-12 09:00"), 1),
            lambda: closed.subtract_minutes(wib("2026-11-12 09:00"), 1),
            lambda: closed.add_workdays(date(2026, 11, 12), 1),
            lambda: closed.subtract_workdays(date(2026, 11, 12), 1),
            lambda: OFFICE.add_workdays(date(9999, 12, 31), 1),
        ]
        for search in searches:
            with pytest.raises(NoWorkingTimeError):
                search()


class TestLimits:
    @pytest.mark.parametrize(
        ("start", "limit", "end"),
        [
            ("2026-11-10 09:20", "5 hari kerja", "2026-11-17 16:00"),
            ("2026-12-07 08:00", "5 hari kerja", "2026-12-14 16:00"),
            ("2026-11-16 10:00", "3 hari kerja", "2026-11-19 16:00"),
            ("2026-03-17 10:00", "2 hari kerja", "2026-03-26 16:00"),
            ("2026-03-09 10:00", "4 hari kerja", "2026-03-13 15:30"),
            ("2026-11-10 23:59", "1 hari kerja", "2026-11-11 16:00"),
            ("2026-11-14 10:00", "0 hari kerja", "2026-11-16 16:00"),
            ("2026-11-10 09:20", "2 jam", "2026-11-10 11:20"),
            ("2026-11-10 11:20", "1,5 jam", "2026-11-10 13:50"),
            ("2026-11-10 15:50", "15 menit", "2026-11-11 07:35"),
            ("2026-11-12 10:00", "24 jam berjalan", "2026-11-13 10:00"),
            ("2026-11-13 23:50", "30 menit berjalan", "2026-11-14 00:20"),
            ("2026-11-10 09:20", "10 hari", "2026-11-20 23:59:59"),
            ("2026-11-10 09:20", "2 minggu", "2026-11-24 23:59:59"),
            ("2026-12-31 09:20", "2 bulan", "2027-02-28 23:59:59"),
            ("2026-11-10 09:20", "1 bulan", "2026-12-10 23:59:59"),
            ("2026-01-31 09:20", "2 bulan", "2026-03-31 23:59:59"),
            ("2024-02-29 09:20", "1 tahun", "2025-02-28 23:59:59"),
        ],
    )
    def test_a_limit_ends_where_its_unit_says(self, start: str, limit: str, end: str) -> None:
        assert deadline(start, limit) == wib(end)

    @pytest.mark.parametrize(
        ("end", "limit", "start"),
        [
            ("2026-11-17 09:00", "5 hari kerja", "2026-11-10 16:00"),
            ("2026-11-15 09:00", "1 hari kerja", "2026-11-13 16:30"),
            ("2026-11-15 09:00", "0 hari kerja", "2026-11-13 16:30"),
            ("2026-11-13 09:00", "2 jam berjalan", "2026-11-13 07:00"),
            ("2026-11-13 09:00", "2 jam", "2026-11-12 15:30"),
            ("2026-11-13 09:00", "10 hari", "2026-11-03 23:59:59"),
            ("2026-03-31 09:00", "1 bulan", "2026-02-28 23:59:59"),
        ],
    )
    def test_a_limit_is_taken_back_from_an_event_the_same_way(self, end: str, limit: str, start: str) -> None:
        assert OFFICE.subtract(wib(end), Duration.parse(limit)) == wib(start)

    def test_the_day_of_the_start_is_that_of_jakarta(self) -> None:
        just_after_midnight = datetime(2026, 11, 9, 17, 30, tzinfo=UTC)
        assert OFFICE.deadline(just_after_midnight, Duration.parse("1 hari kerja")) == wib("2026-11-11 16:00")


class TestUnchanging:
    def test_what_it_was_made_of_may_change_without_changing_it(self) -> None:
        holidays = dict(HOLIDAYS)
        calendar = WorkCalendar(OFFICE.hours, holidays)
        holidays[date(2026, 11, 12)] = "Libur mendadak"
        assert calendar.is_workday(date(2026, 11, 12))

    def test_its_days_off_cannot_be_written(self) -> None:
        with pytest.raises(TypeError):
            OFFICE.holidays[date(2026, 11, 12)] = "Libur mendadak"  # type: ignore[index]
