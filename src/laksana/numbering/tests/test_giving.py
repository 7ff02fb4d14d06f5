"""Numbers as papers get them: by the office's pattern, the reserved one first, none written twice, none left out."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from laksana.numbering import kinds, services
from laksana.numbering.models import AllottedNumber, Series, SeriesPattern
from laksana.numbering.services import Kind, NumberRefused, Pattern, PatternError
from laksana.worktime.tests.offices import OFFICE, wib

AT = wib("2026-11-10 09:00")
KEY, OTHER = "uji-surat", "uji-sop"
LETTER = {"klasifikasi": "500.12"}
State = AllottedNumber.State


@pytest.fixture(autouse=True)
def declared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two series whose patterns write alike where the archive code is the same."""
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    declare_both()


def declare_both() -> None:
    for key in (KEY, OTHER):
        parts = ("klasifikasi", "urut", "unit", "tahun", "jenis")
        services.declare(
            Kind(key, lambda: Pattern("{klasifikasi}/{urut}/{unit}/{tahun}", "Dinas"), parts=parts)
        )


def given(label: str = "", at: datetime = AT, key: str = KEY, **more: object) -> services.Given:
    return services.give(key, at, label, LETTER, **more)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_a_number_is_written_by_the_pattern_and_its_row_says_so() -> None:
    assert given("SK/2026/1", by="Ani").written == "500.12/1/Dinas/2026"
    row = services.numbered_as("500.12/1/Dinas/2026")
    assert row is not None
    assert (row.value, row.label, row.by, row.on) == (1, "SK/2026/1", "Ani", date(2026, 11, 10))


@pytest.mark.django_db
def test_the_office_s_pattern_holds_from_its_day_on() -> None:
    services.set_pattern(KEY, Pattern("{urut:03}/{unit}/{tahun}", "Kominfo"), date(2026, 11, 12), "Ani", AT)
    assert given().written == "500.12/1/Dinas/2026"
    assert given(at=wib("2026-11-12 08:00")).written == "002/Kominfo/2026"


@pytest.mark.django_db
def test_a_wrong_pattern_or_a_day_gone_by_is_refused() -> None:
    with pytest.raises(PatternError):
        services.set_pattern(KEY, Pattern("{urut}"), AT.date(), "Ani", AT)
    with pytest.raises(PatternError):
        services.set_pattern(KEY, Pattern("{sifat}/{urut}/{tahun}"), AT.date(), "Ani", AT)
    with pytest.raises(NumberRefused):
        services.set_pattern(KEY, Pattern("{urut}/{tahun}"), date(2026, 11, 9), "Ani", AT)
    assert not SeriesPattern.objects.exists()


@pytest.mark.django_db
def test_a_series_may_begin_anew_each_day_and_show_a_check_digit() -> None:
    kinds.declare_simple("uji-hari", "112-{tanggal}-{urut:04}-{periksa}", "uji", "nomor", also=("periksa",))
    tomorrow = AT + timedelta(days=1)
    written = [
        services.give("uji-hari", at, "x", on=at.date(), within=f"{at:%m%d}").written
        for at in (AT, AT, tomorrow)
    ]
    assert [each[:-2] for each in written] == ["112-20261110-0001", "112-20261110-0002", "112-20261111-0001"]
    assert services.kind_of("uji-hari/1110") is services.kind_of("uji-hari")


@pytest.mark.django_db
def test_numbers_of_a_book_are_written_alike_in_each_year_and_another_pattern_leaves_old_ones() -> None:
    kinds.declare_simple("uji-agenda", "{urut:04}/{tahun}", "uji", "nomor", of_its_book=True)
    services.set_pattern("uji-agenda", Pattern("{urut:04}"), AT.date(), "Ani", AT)
    first = services.give("uji-agenda", AT, "satu")
    services.set_pattern("uji-agenda", Pattern("AG-{urut}"), AT.date(), "Ani", AT)
    second, third = (
        services.give("uji-agenda", AT, "dua"),
        services.give("uji-agenda", AT + timedelta(days=60), "tiga"),
    )
    assert [each.written for each in (first, second, third)] == ["0001", "AG-2", "AG-1"]
    assert not AllottedNumber.objects.filter(state=State.VOID).exists()


@pytest.mark.django_db
def test_another_way_of_counting_waits_for_the_new_year_once_numbers_are_given() -> None:
    given()
    apart = Pattern("{klasifikasi}/{urut}/{unit}/{tahun}", "Dinas", ("klasifikasi",))
    with pytest.raises(NumberRefused, match="2027"):
        services.set_pattern(KEY, apart, AT.date(), "Ani", AT)
    services.set_pattern(KEY, apart, date(2027, 1, 1), "Ani", AT)
    at = wib("2027-01-04 08:00")
    assert services.give(KEY, at, "", {"klasifikasi": "500.12"}).written == "500.12/1/Dinas/2027"
    assert services.give(KEY, at, "", {"klasifikasi": "800.1"}).written == "800.1/1/Dinas/2027"
    assert services.give(KEY, at, "", {"klasifikasi": "800.1"}).value == 2


@pytest.mark.django_db
def test_a_number_written_by_another_series_is_void_and_the_next_is_taken() -> None:
    given(key=OTHER)
    assert given().written == "500.12/2/Dinas/2026"
    void = services.allotted(KEY, 2026, 1)
    assert (void.state, void.written) == (State.VOID, "")
    assert "500.12/1/Dinas/2026" in void.reason
    assert services.gaps(KEY, 2026) == []


@pytest.mark.django_db
def test_a_reserved_number_goes_to_the_paper_it_was_kept_for_with_its_own_date() -> None:
    services.reserve(KEY, 2026, AT, "Undangan", "SK/2026/7", "Ani")
    given("SK/2026/8")
    later = AT + timedelta(days=3)
    used = services.give(KEY, later, "SK/2026/7", LETTER, reserved_since=date(2026, 11, 10))
    assert (used.value, used.on, used.written) == (1, date(2026, 11, 10), "500.12/1/Dinas/2026")
    assert services.allotted(KEY, 2026, 1).state == State.GIVEN
    assert services.out_of_order(KEY, 2026) == []


@pytest.mark.django_db
def test_a_reservation_too_far_back_is_not_used_and_stays_to_be_taken_back() -> None:
    services.reserve(KEY, 2026, AT, "Undangan", "SK/2026/7", "Ani")
    services.reserve(OTHER, 2026, AT, "Edaran")
    services.void(services.allotted(OTHER, 2026, 1), "Tidak jadi", AT)
    assert services.allotted(OTHER, 2026, 1).label == "Edaran"
    assert given("SK/2026/7", at=AT + timedelta(days=1)).value == 2
    services.void(services.allotted(KEY, 2026, 1), "Tidak jadi", AT, "Ani")
    row = services.allotted(KEY, 2026, 1)
    assert (row.state, row.reason, row.changed_by) == (State.VOID, "Tidak jadi", "Ani")
    assert given("SK/2026/9").value == 3


@pytest.mark.django_db
def test_the_database_refuses_a_second_writing_a_second_row_and_a_void_without_reason() -> None:
    given()
    series = Series.objects.get(key=KEY)
    for wrong in (
        {"value": 2, "written": "500.12/1/Dinas/2026"},
        {"value": 1, "written": ""},
        {"value": 3, "state": State.VOID},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            AllottedNumber.objects.create(series=series, on=AT.date(), at=AT, **wrong)


@pytest.mark.django_db
def test_an_inserted_number_is_written_by_the_pattern() -> None:
    given()
    row = services.insert_between(
        KEY,
        date(2026, 11, 10),
        AT + timedelta(days=1),
        "Disetujui Kasubag",
        calendar=OFFICE,
        max_workdays_back=5,
        pattern=services.pattern_of(KEY, AT.date()),
        parts=LETTER,
    )
    assert row.written == "500.12/1.a/Dinas/2026"


class SeriesMachine(RuleBasedStateMachine):
    """Whatever the office does to two series in any order: no gap, nothing written twice, dates rise, nothing returns."""

    @initialize()
    def begin(self) -> None:
        AllottedNumber.objects.all().delete()
        Series.objects.all().delete()
        self.at = AT
        self.void: set[int] = set()
        declare_both()

    @rule(
        key=st.sampled_from([KEY, OTHER]), case=st.integers(1, 3), code=st.sampled_from(["500.12", "000.8"])
    )
    def give(self, key: str, case: int, code: str) -> None:
        services.give(
            key,
            self.at,
            f"B/{case}",
            {"klasifikasi": code},
            reserved_since=self.at.date() - timedelta(days=2),
        )

    @rule(key=st.sampled_from([KEY, OTHER]), case=st.integers(1, 3))
    def reserve(self, key: str, case: int) -> None:
        services.reserve(key, self.at.year, self.at, "Disiapkan", f"B/{case}")

    @rule(data=st.data())
    def take_back(self, data: st.DataObject) -> None:
        rows = list(AllottedNumber.objects.exclude(state=State.VOID).order_by("pk"))
        if rows:
            row = data.draw(st.sampled_from(rows))
            services.void(row, "Batal", self.at)
            self.void.add(row.pk)

    @rule(days=st.integers(1, 30))
    def days_pass(self, days: int) -> None:
        self.at += timedelta(days=days)

    @invariant()
    def holds(self) -> None:
        written = [text for text in AllottedNumber.objects.values_list("written", flat=True) if text]
        assert len(written) == len(set(written))
        for series in Series.objects.all():
            assert services.gaps(series.key, series.year) == []
            assert services.out_of_order(series.key, series.year) == []
        still = AllottedNumber.objects.filter(pk__in=self.void, state=State.VOID)
        assert still.count() == len(self.void)


@pytest.mark.django_db
def test_whatever_is_done_in_any_order_no_number_is_missing_doubled_or_returned() -> None:
    quick = settings(max_examples=25, stateful_step_count=20, deadline=None)
    run_state_machine_as_test(SeriesMachine, settings=quick)
