"""The calendar opens a case once for each period or thing, with what is known, on the desk of its first step."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from laksana.cases import actions
from laksana.cases import services as cases
from laksana.cases.models import Case, WorkItem
from laksana.library.catalogue import entries
from laksana.library.models import CalendarSwitch, OpenedByCalendar
from laksana.library.openings import services
from laksana.library.openings.finding import asked
from laksana.library.openings.services import lines, lines_of, open_due, switch, switch_on_what_is_new
from laksana.library.openings.words import in_words
from laksana.people.models import Person
from laksana.sop.form import clean_fields
from laksana.worktime.services import calendar
from laksana.worktime.zone import OFFICE_ZONE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office")]
SET_UP = datetime(2026, 11, 25, 9, tzinfo=OFFICE_ZONE)


def at(year: int, month: int, day: int, hour: int = 8) -> datetime:
    return datetime(year, month, day, hour, tzinfo=OFFICE_ZONE)


def on(procedure: str, opening: str, since: datetime = SET_UP) -> CalendarSwitch:
    return switch(procedure, opening, None, since, on=True)


def person(username: str) -> Person:
    return Person.objects.get(account__username=username)


def ended(procedure: str, day: datetime, data: dict[str, Any]) -> Case:
    """A case that has ended, of which only what the calendar reads matters."""
    case = actions.open_known(procedure, day, {})
    Case.objects.filter(pk=case.pk).update(state=Case.State.ENDED, ended_at=day, data=data)
    case.work_items.update(state=WorkItem.State.DONE)
    return case


LISTED = {"kenaikan-pangkat", "kenaikan-gaji-berkala", "pensiun", "satyalancana"}
"""Opened by the lists of what falls due for employees."""
STARTED = {"perjanjian-kinerja"}
"""Started by another procedure: this one by the DPA."""


def test_every_procedure_that_the_system_begins_says_when() -> None:
    by_system = {each for each, entry in entries().items() if entry.procedure.initiator == "sistem"}
    telling = {each for each, entry in entries().items() if entry.procedure.opens}
    assert by_system - telling == LISTED | STARTED


def test_the_month_of_cleaning_opens_on_its_second_day_also_on_a_day_off() -> None:
    on("kebersihan-kantor", "bulanan", at(2026, 12, 15))
    assert open_due(at(2027, 1, 1, 23)) == []
    (january,) = open_due(at(2027, 1, 2))
    assert january.data == {"bulan": "2027-01-01"}


def test_nothing_opens_that_the_office_has_not_switched_on() -> None:
    assert open_due(at(2027, 12, 31)) == []
    on("spj", "bulanan")
    switch("spj", "bulanan", None, SET_UP, on=False)
    assert open_due(at(2027, 1, 31)) == []


def test_a_month_opens_once_on_its_day_with_what_is_known_and_lies_on_the_first_desk() -> None:
    on("spj", "bulanan")
    assert open_due(at(2026, 11, 30, 5)) == []
    (case,) = open_due(at(2026, 11, 30))
    assert case.data == {"bulan": "11-2026"}
    (item,) = case.work_items.all()
    assert (item.step, item.desk, item.state) == (
        "buka",
        "position:bendahara-pengeluaran",
        WorkItem.State.OPEN,
    )
    assert open_due(at(2026, 11, 30)) == open_due(at(2026, 12, 30)) == []
    (december,) = open_due(at(2026, 12, 31))
    assert december.data["bulan"] == "12-2026"


def test_months_missed_while_nothing_ran_are_made_up_for_and_of_what_comes_daily_the_latest() -> None:
    on("kehadiran-manual", "bulanan")
    on("backup-internal", "harian")
    made = open_due(at(2027, 3, 2))
    assert [case.data["bulan"] for case in made if case.procedure == "kehadiran-manual"] == [
        "2026-11-01",
        "2026-12-01",
        "2027-01-01",
        "2027-02-01",
    ]
    (night,) = (case for case in made if case.procedure == "backup-internal")
    assert night.data["jenis_cadangan"] == "inkremental"
    assert datetime.fromisoformat(night.data["titik_akhir"]) == at(2027, 3, 1, 22)


def test_switching_on_again_opens_nothing_of_the_time_between() -> None:
    on("bahan-bakar-kendaraan-dinas", "bulanan")
    switch("bahan-bakar-kendaraan-dinas", "bulanan", None, at(2026, 12, 1), on=False)
    switch("bahan-bakar-kendaraan-dinas", "bulanan", person("melati"), at(2027, 1, 21), on=True)
    (february,) = open_due(at(2027, 2, 20))
    assert february.data["bulan"] == "2027-03-01"


def test_a_case_that_somebody_opened_already_is_not_opened_again_and_one_cancelled_is_not_brought_back() -> (
    None
):
    by_hand = actions.open_known("capaian-kinerja", at(2026, 12, 30), {"tahun": 2026, "triwulan": "IV"})
    on("capaian-kinerja", "triwulanan")
    assert open_due(at(2027, 1, 5)) == []
    assert OpenedByCalendar.objects.get().case == by_hand
    (first,) = open_due(at(2027, 4, 5))
    Case.objects.filter(pk=first.pk).update(state=Case.State.CANCELLED)
    assert open_due(at(2027, 4, 6)) == []


def test_a_vehicle_s_tax_opens_sixty_days_before_the_date_that_the_last_payment_told() -> None:
    on("pajak-kendaraan-dinas", "jatuh-tempo")
    told = {"jatuh_tempo_berikut": "2027-03-15", "jatuh_tempo_stnk_berikut": "2029-03-15"}
    for plate in ("A 1001 QZ", "A 1002 QZ"):
        data = {"nomor_polisi": plate, "pemegang": person("reno").pk, **told}
        ended("pajak-kendaraan-dinas", at(2026, 3, 1), data)
    of_long_ago = {**data, "nomor_polisi": "A 1003 QZ", "jatuh_tempo_berikut": "2026-01-10"}
    ended("pajak-kendaraan-dinas", at(2026, 2, 1), of_long_ago)
    assert open_due(at(2027, 1, 13)) == []
    made = open_due(at(2027, 1, 14))
    assert [case.data["nomor_polisi"] for case in made] == ["A 1001 QZ", "A 1002 QZ"]
    assert made[0].data["jatuh_tempo"] == "2027-03-15"
    assert made[0].data["jatuh_tempo_stnk"] == "2029-03-15"
    assert open_due(at(2027, 3, 1)) == []


def test_what_follows_is_not_opened_while_somebody_has_begun_it_by_hand() -> None:
    on("data-center", "pemeliharaan")
    data = {"kode_pemeliharaan": "PM-05", "pemeliharaan_berikut": "2027-02-24", "instansi": "PT Rekaan"}
    ended("data-center", at(2026, 11, 24), {**data, "jenis": "pemeliharaan_berkala"})
    actions.open_known("data-center", at(2027, 2, 1), {"kode_pemeliharaan": "PM-05"})
    assert open_due(at(2027, 2, 25)) == []


def test_a_routine_of_equipment_opens_for_who_looks_after_it_and_waits_where_nobody_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    on("pemeliharaan-peralatan-kantor", "berkala")
    data = {
        "kode_barang": "1.3.2.05.02.04.004", "register": "0007", "jenis_peralatan": "ac", "ruangan": "Ruang rapat",
        "pekerjaan_berkala": "Cuci AC", "buka_tiket_berikut": "2026-12-26",
    }  # fmt: skip
    ended("pemeliharaan-peralatan-kantor", at(2026, 10, 1), data)
    with monkeypatch.context() as vacant:
        vacant.setattr(services, "holders", lambda _desk, _at: [])
        assert open_due(at(2026, 12, 28)) == []
    (case,) = open_due(at(2026, 12, 29))
    assert case.initiator is not None
    assert (case.data["keluhan"], case.data["sumber"]) == ("Cuci AC", "jadwal_berkala")
    assert case.work_items.get().desk == f"person:{case.initiator.pk}"


def test_a_feast_opens_thirty_days_before_it() -> None:
    on("phbi-phbn", "hari-besar")
    made = open_due(at(2026, 12, 7))
    assert [case.data for case in made] == [{"hari_besar": "isra_mikraj", "tanggal_hari_besar": "2027-01-05"}]


def test_everybody_in_service_gets_his_yearly_statement_and_the_officer_the_years_of_work() -> None:
    on("skumptk", "tahunan")
    on("skp-asn", "tahunan")
    made = open_due(at(2027, 1, 4))
    statements = [case for case in made if case.procedure == "skumptk"]
    assert {case.initiator for case in statements} == {person("reno"), *(c.initiator for c in statements)}
    assert all(case.data["sebab"] == "tahunan" for case in statements)
    years = [case for case in made if case.procedure == "skp-asn"]
    assert len(years) == len(statements) == len({case.data["nip"] for case in years}) > 20
    assert {case.work_items.get().desk for case in years} == {"position:pengelola-kepegawaian"}
    assert open_due(at(2027, 2, 1)) == []
    assert len(open_due(at(2028, 1, 3))) == len(made)


def test_every_period_of_the_book_opens_with_values_that_its_form_takes() -> None:
    switch_on_what_is_new(SET_UP)
    made = open_due(at(2027, 11, 26))
    by_period = {
        (procedure.id, opening.id)
        for procedure in cases.book_in_force(SET_UP).values()
        for opening in procedure.opens
        if opening.each
    }
    rows = OpenedByCalendar.objects.exclude(procedure__in=("skumptk", "skp-asn"))
    assert by_period <= set(rows.values_list("procedure", "opening"))
    for case in made:
        procedure = cases.definition(case)
        specs = {name: procedure.fields[name] for name in case.data}
        checked = clean_fields(specs, case.data)
        assert not checked.errors, (case, checked.errors)
        assert case.work_items.filter(state=WorkItem.State.OPEN).exists(), case


def test_an_opening_is_told_in_words_with_its_next_times_and_its_last_cases() -> None:
    on("spj", "bulanan")
    open_due(at(2026, 12, 1))
    (line,) = lines_of(cases.definition_in_force("spj", SET_UP), at(2026, 12, 1))
    assert line.on
    assert [each.at.date() for each in line.next] == [
        date(2026, 12, 31),
        date(2027, 1, 29),
        date(2027, 2, 26),
    ]
    assert [row.case.data["bulan"] for row in line.opened] == ["11-2026"]
    assert all(line.when or line.opening.found for line in lines(SET_UP))
    assert not lines_of(cases.definition_in_force("cuti", SET_UP), SET_UP)


def test_a_worker_that_comes_second_opens_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    on("spj", "bulanan")
    procedure = cases.definition_in_force("spj", SET_UP)
    (each,) = asked(procedure, procedure.opens[0], SET_UP, at(2026, 12, 1), calendar())
    open_due(at(2026, 12, 1))
    # It looked before the first had written.
    monkeypatch.setattr(OpenedByCalendar.objects.none().__class__, "exists", lambda _self: False)
    monkeypatch.setattr(services, "_opened_by_hand", lambda _each: None)
    assert services._open(each, at(2026, 12, 1)) is None
    assert Case.objects.filter(procedure="spj").count() == 1


def test_setting_up_switches_on_what_is_new_and_leaves_what_the_office_switched() -> None:
    switch("renja", "tahunan", person("melati"), SET_UP, on=False)
    assert switch_on_what_is_new(SET_UP + timedelta(days=1)) == len(lines(SET_UP)) - 1
    assert switch_on_what_is_new(SET_UP + timedelta(days=2)) == 0
    assert not CalendarSwitch.objects.get(procedure="renja").on
    assert in_words(lines(SET_UP)[0].opening, lines(SET_UP)[0].procedure) == lines(SET_UP)[0].when
