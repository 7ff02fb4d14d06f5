"""Numbers of an office: in turn, kept, cancelled, inserted, checked."""

from datetime import date, datetime

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from laksana.numbering import services
from laksana.numbering.models import AllottedNumber, Series
from laksana.numbering.services import NumberRefused
from laksana.worktime.tests.offices import OFFICE, wib

pytestmark = pytest.mark.django_db
AT = wib("2026-11-25 10:00")
CONSENT = "Persetujuan tertulis Kasubag Umum dan Kepegawaian"


def inserted(on: date, at: datetime = AT, reason: str = CONSENT, back: int = 5) -> AllottedNumber:
    return services.insert_between("umum", on, at, reason, calendar=OFFICE, max_workdays_back=back)


class TestCounting:
    def test_numbers_rise_by_one_from_one(self) -> None:
        assert [services.allot("umum", 2026, AT) for _ in range(3)] == [1, 2, 3]
        assert [services.next_number("case:cuti", 2026) for _ in range(3)] == [1, 2, 3]

    def test_each_series_and_each_year_counts_by_itself(self) -> None:
        services.allot("umum", 2026, AT)
        assert services.allot("umum", 2027, wib("2027-01-04 08:00")) == 1
        assert services.allot("kep_dinas", 2026, AT) == 1
        assert services.allot("umum", 2026, AT) == 2

    def test_a_number_carries_its_label_and_the_day_of_jakarta(self) -> None:
        services.allot("umum", 2026, wib("2026-11-25 00:30"), "500.12/1/Diskominfo/2026")
        number = services.allotted("umum", 2026, 1)
        assert (number.label, number.on, number.state) == (
            "500.12/1/Diskominfo/2026",
            date(2026, 11, 25),
            "diberikan",
        )

    def test_what_is_undone_spends_no_number(self) -> None:
        with transaction.atomic():
            services.allot("umum", 2026, AT)
            transaction.set_rollback(True)
        assert services.allot("umum", 2026, AT) == 1

    def test_giving_a_number_costs_two_statements_and_counting_one(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        services.allot("umum", 2026, AT)
        with django_assert_num_queries(2):
            services.allot("umum", 2026, AT)
        with django_assert_num_queries(1):
            services.next_number("umum", 2026)

    def test_the_database_itself_refuses_a_number_given_twice(self) -> None:
        services.allot("umum", 2026, AT)
        Series.objects.update(last=0)
        with pytest.raises(IntegrityError), transaction.atomic():
            services.allot("umum", 2026, AT)

    def test_a_series_goes_on_from_the_book_on_paper(self) -> None:
        assert services.last("agenda", 2026) == 0
        services.set_last("agenda", 2026, 1317)
        assert services.allot("agenda", 2026, AT) == 1318
        assert services.last("agenda", 2026) == 1318
        assert services.gaps("agenda", 2026) == []

    def test_a_series_never_goes_back(self) -> None:
        services.set_last("agenda", 2026, 1317)
        services.set_last("agenda", 2026, 12)
        assert services.allot("agenda", 2026, AT) == 1318

    def test_what_a_started_series_skips_shows_as_a_gap(self) -> None:
        services.allot("agenda", 2026, AT)
        services.set_last("agenda", 2026, 4)
        assert services.gaps("agenda", 2026) == [2, 3, 4]

    def test_a_label_that_is_too_long_is_cut_and_stops_nothing(self) -> None:
        services.allot("umum", 2026, AT, "x" * 1000)
        assert len(services.allotted("umum", 2026, 1).label) == 300


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_no_number_is_given() -> None:
    with pytest.raises(transaction.TransactionManagementError, match="gap"):
        services.allot("umum", 2026, AT)
    assert not Series.objects.exists()


class TestStates:
    def test_a_void_number_stays_with_its_reason_and_never_returns(self) -> None:
        services.allot("umum", 2026, AT)
        number = services.allotted("umum", 2026, 1)
        services.void(number, "Surat dibatalkan", AT)
        assert (number.state, number.reason, number.changed_at) == ("batal", "Surat dibatalkan", AT)
        assert services.allot("umum", 2026, AT) == 2
        assert services.gaps("umum", 2026) == []

    def test_a_number_is_voided_once_and_with_a_reason(self) -> None:
        services.allot("umum", 2026, AT)
        number = services.allotted("umum", 2026, 1)
        with pytest.raises(NumberRefused, match="1"):
            services.void(number, "  ", AT)
        services.void(number, "Salah alamat", AT)
        with pytest.raises(NumberRefused, match="1"):
            services.void(number, "Lagi", AT)
        assert services.allotted("umum", 2026, 1).reason == "Salah alamat"

    def test_a_reserved_number_is_given_later_and_only_once(self) -> None:
        assert services.reserve("umum", 2026, AT, "Surat tugas menunggu nama") == 1
        number = services.allotted("umum", 2026, 1)
        assert number.state == "dicadangkan"
        services.give_reserved(number, "Surat tugas", AT)
        assert (number.state, number.label, number.reason) == (
            "diberikan",
            "Surat tugas",
            "Surat tugas menunggu nama",
        )
        with pytest.raises(NumberRefused):
            services.give_reserved(number, "Surat lain", AT)

    def test_a_reserved_number_may_be_voided(self) -> None:
        services.reserve("umum", 2026, AT, "Cadangan")
        number = services.allotted("umum", 2026, 1)
        services.void(number, "Tidak jadi", AT)
        assert number.state == "batal"


class TestInserted:
    @pytest.fixture(autouse=True)
    def _series(self) -> None:
        """884 to 886 carry 23 November 2026, 887 to 890 the two days after it."""
        services.set_last("umum", 2026, 883)
        for day in (23, 23, 23, 24, 24, 25, 25):
            services.allot("umum", 2026, wib(f"2026-11-{day} 09:00"))

    def test_it_follows_the_last_number_of_its_date_with_the_next_free_letter(self) -> None:
        assert str(inserted(date(2026, 11, 23))) == "886.a"
        assert str(inserted(date(2026, 11, 23))) == "886.b"
        assert str(inserted(date(2026, 11, 24))) == "888.a"
        assert services.allotted("umum", 2026, 886, "a").on == date(2026, 11, 23)

    def test_a_date_without_numbers_takes_the_last_one_before_it(self) -> None:
        monday = wib("2026-11-30 09:00")
        assert str(inserted(date(2026, 11, 27), monday)) == "890.a"

    def test_it_lies_at_most_so_many_working_days_back(self) -> None:
        with pytest.raises(NumberRefused, match="8"):
            inserted(date(2026, 11, 13))
        with pytest.raises(NumberRefused, match="bertanggal 2026-11-18"):
            inserted(date(2026, 11, 18))

    @pytest.mark.parametrize(
        ("on", "at", "message"),
        [
            (date(2026, 11, 25), AT, "berurutan"),
            (date(2026, 11, 26), AT, "berurutan"),
            (date(2026, 12, 31), wib("2027-01-04 09:00"), "tahun yang sama"),
        ],
    )
    def test_it_is_refused_for_today_and_for_another_year(self, on: date, at: datetime, message: str) -> None:
        with pytest.raises(NumberRefused, match=message):
            inserted(on, at)

    def test_without_a_written_consent_it_is_refused(self) -> None:
        with pytest.raises(NumberRefused, match="persetujuan tertulis"):
            inserted(date(2026, 11, 23), reason=" ")

    def test_after_z_no_letter_is_left(self) -> None:
        for _ in range(26):
            inserted(date(2026, 11, 23))
        with pytest.raises(NumberRefused, match="886"):
            inserted(date(2026, 11, 23))

    def test_it_neither_fills_nor_makes_a_gap_and_dates_still_rise(self) -> None:
        inserted(date(2026, 11, 23))
        assert services.gaps("umum", 2026) == []
        assert services.out_of_order("umum", 2026) == []
        assert services.allot("umum", 2026, AT) == 891


class TestCheck:
    def test_a_number_without_a_row_is_a_gap(self) -> None:
        for _ in range(4):
            services.allot("umum", 2026, AT)
        AllottedNumber.objects.filter(value__in=(2, 4)).delete()
        assert services.gaps("umum", 2026) == [2, 4]
        assert services.gaps("umum", 2025) == []

    def test_a_number_dated_before_a_lower_one_is_out_of_order(self) -> None:
        for day in (23, 25, 24, 25):
            services.allot("umum", 2026, wib(f"2026-11-{day} 09:00"))
        assert [number.value for number in services.out_of_order("umum", 2026)] == [3]


@settings(max_examples=30)
@given(st.lists(st.sampled_from(["allot", "reserve", "void", "undo"]), max_size=30))
def test_whatever_happens_every_number_has_its_row(steps: list[str]) -> None:
    with transaction.atomic():
        for step in steps:
            with transaction.atomic():
                value = (
                    services.reserve("umum", 2026, AT, "-")
                    if step == "reserve"
                    else services.allot("umum", 2026, AT)
                )
                if step == "void":
                    services.void(services.allotted("umum", 2026, value), "batal", AT)
                transaction.set_rollback(step == "undo")
        kept = AllottedNumber.objects.order_by("value").values_list("value", flat=True)
        assert list(kept) == list(range(1, len([step for step in steps if step != "undo"]) + 1))
        assert services.gaps("umum", 2026) == []
        transaction.set_rollback(True)
