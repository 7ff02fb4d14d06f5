"""The door: the office of the demonstration on given days."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from pytest_django import DjangoAssertNumQueries

from laksana.people import demo, services
from laksana.people.models import Absence, Account, Holding, Person, Position

pytestmark = pytest.mark.django_db
JAKARTA = ZoneInfo("Asia/Jakarta")
AT = datetime(2026, 11, 10, 9, 20, tzinfo=JAKARTA)


@pytest.fixture(autouse=True)
def _office() -> None:
    demo.install(AT)


def named(username: str) -> Person:
    return Person.objects.get(account__username=username)


def on(day: int, hour: int = 9) -> datetime:
    """An instant in November 2026, by the office's clock."""
    return datetime(2026, 11, day, hour, tzinfo=JAKARTA)


def send_away(username: str, first: int, last: int) -> None:
    services.record_absence(named(username), date(2026, 11, first), date(2026, 11, last), "Cuti tahunan")


def act(username: str, position: str, first: int, last: int) -> Holding:
    return services.appoint(
        named(username),
        Position.objects.get(code=position),
        date(2026, 11, first),
        date(2026, 11, last),
        kind=Holding.Kind.PLH,
        decree="Surat perintah 1",
    )


def test_the_plh_sits_at_the_desk_on_the_days_of_the_absence_and_on_no_other() -> None:
    send_away("wiraguna", 16, 18)
    act("ratnawulan", "kepala-dinas", 16, 20)
    wiraguna, ratnawulan = named("wiraguna"), named("ratnawulan")
    for day, expected in [
        (13, wiraguna),
        (16, ratnawulan),
        (18, ratnawulan),
        (19, wiraguna),
    ]:
        assert services.holders("position:kepala-dinas", on(day)) == [expected], day
    assert services.capacity(ratnawulan, "position:kepala-dinas", on(17)) == "Plh. Kepala Dinas"
    assert services.capacity(wiraguna, "position:kepala-dinas", on(19)) == ""
    assert services.replaced("position:kepala-dinas", on(17)) == [wiraguna]
    assert services.replaced("position:kepala-dinas", on(19)) == []


def test_a_plh_acts_to_the_end_of_his_last_day_and_then_the_superior_answers() -> None:
    send_away("prasaja", 16, 18)
    act("tyas", "kabid-egov", 16, 17)
    assert services.holders("position:kabid-egov", on(17, 23)) == [named("tyas")]
    assert services.holders("position:kabid-egov", on(18, 0)) == [named("wiraguna")]


def test_a_day_begins_at_midnight_in_jakarta_wherever_the_instant_is_written() -> None:
    send_away("prasaja", 16, 16)
    before = datetime(2026, 11, 15, 16, 59, tzinfo=UTC)
    assert services.holders("position:kabid-egov", before) == [named("prasaja")]
    assert services.holders("position:kabid-egov", before + timedelta(minutes=1)) == [named("wiraguna")]


def test_the_vacant_position_has_a_plt() -> None:
    nawang = named("nawang")
    assert services.holders("position:kasubag-pep", AT) == [nawang]
    assert (
        services.capacity(nawang, "position:kasubag-pep", AT)
        == "Plt. Kepala Subbagian Program, Evaluasi dan Pelaporan"
    )
    assert services.superior_of(named("ilham"), AT) == nawang
    assert services.superior_of(nawang, AT) == named("ratnawulan")


def test_the_work_of_an_absent_section_head_without_plh_goes_to_the_kepala_bidang() -> None:
    assert services.holders("position:kasi-statistik", AT) == [named("kinasih")]
    assert services.superior_of(named("hanum"), AT) == named("kinasih")
    assert services.capacity(named("kinasih"), "position:kasi-statistik", AT) == ""
    assert services.desks_of(named("puspita"), AT) == {f"person:{named('puspita').pk}"}


def test_above_the_kepala_dinas_there_is_nobody_of_the_office() -> None:
    assert services.superior_of(named("wiraguna"), AT) is None
    send_away("wiraguna", 10, 10)
    assert services.holders("position:kepala-dinas", AT) == []


def test_the_whole_tree_lies_below_the_kepala_dinas() -> None:
    everybody = Person.objects.exclude(account__username="wiraguna")
    assert services.subordinates_of(named("wiraguna"), AT) == list(everybody)
    below_kabid = {
        person.account.username for person in services.subordinates_of(named("kinasih"), AT) if person.account
    }
    assert below_kabid == {"puspita", "hanum", "zaki"}


def test_a_disposition_goes_down_only() -> None:
    wiraguna, kinasih, hanum = named("wiraguna"), named("kinasih"), named("hanum")
    assert services.may_dispose_to(wiraguna, "position:kabid-statistik", AT)
    assert services.may_dispose_to(kinasih, f"person:{hanum.pk}", AT)
    assert not services.may_dispose_to(kinasih, "position:kabid-egov", AT)
    assert not services.may_dispose_to(hanum, "position:kabid-statistik", AT)


def test_who_has_left_sits_nowhere() -> None:
    prasaja = named("prasaja")
    prasaja.active = False
    prasaja.save()
    assert services.desks_of(prasaja, AT) == frozenset()
    assert services.holders("position:kabid-egov", AT) == [named("wiraguna")]
    assert prasaja.account is not None
    assert services.person_of(prasaja.account) is None


def test_an_account_leads_to_its_person() -> None:
    assert services.person_of(Account.objects.get(username="ningsih")) == named("ningsih")
    assert services.person_of(Account.objects.create(username="tamu")) is None


def test_desks_are_called_by_title_name_and_unit() -> None:
    assert services.desk_title("position:sekretaris") == "Sekretaris"
    assert services.desk_title("unit:bapperida").startswith("Badan Perencanaan")
    assert services.desk_title("group:redaktur") == "Redaktur"
    assert services.desk_title(f"person:{named('ningsih').pk}") == "Ningsih Amplopbiru, A.Md."
    assert "Bidang Statistik" in services.desk_title("head:bidang-statistik")
    assert "Hanum" in services.desk_title(f"superior:{named('hanum').pk}")
    assert services.desk_title("position:dihapus") == "position:dihapus"
    with pytest.raises(ValueError, match="is no desk"):
        services.desk_title("ruang tamu")


def test_many_desks_are_named_with_one_query_for_each_kind(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    desks = [f"position:{code}" for code in Position.objects.values_list("code", flat=True)] + [
        f"person:{pk}" for pk in Person.objects.values_list("pk", flat=True)
    ]
    with django_assert_num_queries(2):
        assert len(services.desk_titles(desks)) == len(desks)


def test_an_appointment_to_a_taken_seat_is_refused() -> None:
    with pytest.raises(ValidationError):
        services.appoint(named("hanum"), Position.objects.get(code="kabid-statistik"), date(2026, 11, 1))


def test_the_desks_of_a_request_cost_one_query_and_five_after_a_change(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    hanum = named("hanum")
    with django_assert_num_queries(5):
        services.desks_of(hanum, AT)
    with django_assert_num_queries(1):
        services.desks_of(hanum, AT)
    with django_assert_num_queries(1):
        services.may_dispose_to(hanum, "position:statistisi", AT)
    Absence.objects.create(person=hanum, since=AT.date(), until=AT.date(), reason="Sakit")
    with django_assert_num_queries(5):
        assert services.desks_of(hanum, AT) == {f"person:{hanum.pk}"}


def test_the_picture_costs_the_same_for_twice_the_people(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    unit = named("hanum").unit
    for day in range(1, 29):
        Person.objects.create(name=f"Orang {day}", nip=f"199102{day:02d}2015031001", unit=unit)
    hanum = named("hanum")
    with django_assert_num_queries(5):
        services.desks_of(hanum, AT)
