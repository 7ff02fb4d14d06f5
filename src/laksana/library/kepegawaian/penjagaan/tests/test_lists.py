"""What falls due is listed weeks ahead, once, with its case opened and filled in, and can be confirmed many at a time."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from laksana.cases import actions
from laksana.cases.errors import Refused
from laksana.cases.models import Case, Event
from laksana.cases.play.player import performer
from laksana.library.kepegawaian.penjagaan import services
from laksana.library.kepegawaian.penjagaan.listing import _list, _unlisted, make_lists
from laksana.library.kepegawaian.penjagaan.models import DueRow
from laksana.library.kepegawaian.penjagaan.services import State
from laksana.library.kepegawaian.riwayat.services import Proof, record
from laksana.notices.models import Notice
from laksana.people.models import Person
from laksana.worktime.calendar import months_later
from laksana.worktime.zone import OFFICE_ZONE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office")]
AT = datetime(2026, 12, 1, 5, tzinfo=OFFICE_ZONE)
DECREE = Proof("800/1/2024")


def person(username: str) -> Person:
    return Person.objects.get(account__username=username)


def write(username: str, kind: str, since: date, content: dict[str, Any], until: date | None = None) -> None:
    record(person(username), kind, (since, until), content, DECREE, at=AT)


def pay(username: str, since: date, grade: str = "III/a", years: int = 4) -> None:
    held = {"golongan": grade, "gaji_pokok": 2964000, "mkg_tahun": years, "mkg_bulan": 0}
    write(username, "gaji", since, held)


def listed(kind: str) -> list[DueRow]:
    return list(services.rows(kind))


@pytest.fixture
def files() -> None:
    """Employees to whom each kind of thing falls due."""
    pay("reno", date(2025, 3, 1))
    pay("tyas", date(2025, 9, 1))  # increase in September 2027: not yet
    write("asmoro", "pangkat", date(2023, 3, 1), {"golongan": "II/c", "mkg_tahun": 8, "mkg_bulan": 2})
    pay("asmoro", date(2026, 1, 1), "II/c", 11)
    write("asmoro", "pendidikan", date(2001, 6, 1), {"jenjang": "SMA", "sekolah": "SMA Negeri Rekaan"})
    child = {
        "hubungan": "Anak",
        "nama": "Dinda Rekaan",
        "tanggal_lahir": date(2006, 2, 14),
        "tertanggung": True,
    }
    write("hartati", "keluarga", date(2006, 2, 14), child)
    write(
        "maharani",
        "kontrak",
        date(2022, 4, 1),
        {"golongan_pppk": "IX", "jabatan": "Pranata Komputer"},
        date(2027, 3, 31),
    )


@pytest.mark.usefixtures("files")
def test_each_list_names_who_is_due_why_and_by_when() -> None:
    make_lists(AT)
    (increase,) = listed("kgb")
    assert (increase.person, increase.due, increase.act_by) == (
        person("reno"),
        date(2027, 3, 1),
        date(2027, 1, 1),
    )
    assert "MKG 4 tahun 0 bulan pada 01-03-2025" in increase.why
    assert not increase.checked
    (promotion,) = listed("pangkat")
    assert (promotion.person, promotion.due, promotion.act_by) == (
        person("asmoro"),
        date(2027, 3, 1),
        date(2027, 1, 15),
    )
    (age,) = listed("anak")
    assert (age.person, age.due, age.key) == (
        person("hartati"),
        date(2027, 2, 14),
        "Dinda Rekaan:2006-02-14:21",
    )
    (contract,) = listed("kontrak")
    assert (contract.person, contract.due, contract.case) == (person("maharani"), date(2027, 3, 31), None)
    assert {
        row.person.nip[8:14] <= "201612" for row in listed("satyalancana")
    } == set()  # eight months before 17 August: not yet
    assert listed("skp") == []


@pytest.mark.usefixtures("files")
def test_the_case_is_opened_by_the_system_with_what_the_file_knows() -> None:
    make_lists(AT)
    (row,) = listed("kgb")
    case = row.case
    assert case is not None
    assert services.state_of(row) == State.OPENED
    assert (case.initiator, case.data["golongan"], case.data["tmt_lama"]) == (None, "III/a", "2025-03-01")
    assert Event.objects.get(case=case, kind="started").actor is None
    assert case.work_items.get().desk == "position:pengelola-kepegawaian"
    (child,) = listed("anak")
    assert child.case is not None
    assert (child.case.initiator, child.case.data["sebab"]) == (person("hartati"), "anak_21")


@pytest.mark.usefixtures("files")
def test_a_second_run_and_a_second_worker_add_nothing() -> None:
    found = _unlisted(AT)  # what another worker has seen at the same moment
    first = make_lists(AT)
    cases, notices = Case.objects.count(), Notice.objects.count()
    assert first == DueRow.objects.count() == 4
    assert [row for each in found if (row := _list(each, AT))] == []
    assert make_lists(AT + timedelta(days=1)) == 0
    assert (Case.objects.count(), Notice.objects.count()) == (cases, notices)


@pytest.mark.usefixtures("files")
def test_the_officers_are_told_once_how_much_is_new_without_names() -> None:
    make_lists(AT)
    for keeper in ("handoko", "melati"):
        told = Notice.objects.filter(person=person(keeper), kind="penjagaan")
        assert len(told) == 1
        assert "Reno" not in told[0].text
    assert Notice.objects.filter(person=person("hartati"), kind="penjagaan").count() == 1


def test_what_somebody_has_opened_already_is_not_opened_again() -> None:
    pay("reno", date(2025, 3, 1))
    values = {
        "pegawai": person("reno").pk, "nip": person("reno").nip, "nama": "Reno", "status_pegawai": "PNS", "golongan": "III/a",
        "jabatan_kelompok": "jf", "sk_terakhir_jenis": "surat_kgb", "sk_terakhir_pejabat": "Kepala Dinas",
        "sk_terakhir_nomor": "800/1", "sk_terakhir_tanggal": "2024-12-01", "tmt_lama": "2025-03-01", "mkg_lama_tahun": 4,
        "mkg_lama_bulan": 0,
    }  # fmt: skip
    mine = actions.start("kenaikan-gaji-berkala", performer("handoko", AT), AT, values=values)
    make_lists(AT)
    (row,) = listed("kgb")
    assert row.case == mine
    assert services.state_of(row) == State.CONFIRMED


def test_retirement_is_listed_fifteen_months_ahead_and_not_a_month_before() -> None:
    born = date(1971, 3, 12)  # the head: 60 in March 2031, pension from 1 April 2031
    assert person("wiraguna").nip.startswith(f"{born:%Y%m%d}")
    make_lists(datetime(2029, 12, 1, 5, tzinfo=OFFICE_ZONE))
    assert person("wiraguna") not in [row.person for row in listed("pensiun")]
    make_lists(datetime(2030, 1, 1, 5, tzinfo=OFFICE_ZONE))
    (row,) = [row for row in listed("pensiun") if row.person == person("wiraguna")]
    assert (row.due, row.act_by) == (date(2031, 4, 1), date(2030, 4, 1))
    assert row.case is not None
    assert row.case.data["jabatan_kode"] == "jpt_pratama"


def test_who_reaches_a_class_by_the_award_day_is_listed_and_who_holds_it_is_not() -> None:
    write("bayu", "penghargaan", date(2020, 8, 17), {"penghargaan": "Satyalancana Karya Satya 10 Tahun"})
    at = datetime(2026, 12, 17, 5, tzinfo=OFFICE_ZONE)
    make_lists(at)
    rows = {row.person: row for row in listed("satyalancana")}
    assert person("bayu") not in rows  # since January 2010: 17 years, and holds the first
    assert rows[person("laras")].key == "10"  # since January 2009
    assert rows[person("wiraguna")].key == "30"  # since March 1996
    assert rows[person("laras")].due == date(2027, 8, 17)


def test_quarters_of_everybody_are_listed_before_they_end_and_their_cases_opened_whole() -> None:
    at = datetime(2026, 12, 18, 5, tzinfo=OFFICE_ZONE)
    make_lists(at)
    rows = {row.person: row for row in listed("skp")}
    assert len(rows) == Person.objects.filter(active=True).count()
    mine = rows[person("reno")]
    assert (mine.due, mine.key) == (date(2026, 12, 31), "2026-IV")
    found = services.confirm([mine.pk], performer("handoko", at), at)
    # The demonstration names no level of a functional post: the officer fills it in, and is told so.
    assert found.refused[0][1].endswith("Jenjang JF")
    clerk = rows[person("ningsih")]
    assert services.confirm([clerk.pk], performer("handoko", at), at).done == 1
    assert services.state_of(services.rows().get(pk=clerk.pk)) == State.CONFIRMED


@pytest.mark.usefixtures("files")
def test_confirming_obeys_rights_and_tells_what_is_lacking() -> None:
    make_lists(AT)
    keys = [row.pk for kind in ("kgb", "pangkat", "anak", "kontrak") for row in listed(kind)]
    by_stranger = services.confirm(keys, person("laras"), AT)
    assert by_stranger.done == 0
    assert len(by_stranger.refused) == 4
    result = services.confirm(keys, performer("handoko", AT), AT)
    assert result.done == 1  # the promotion: its file says all
    why = {row.kind: told for row, told in result.refused}
    assert "Tanggal SK/surat terakhir" in why["kgb"]
    assert set(why) == {"kgb", "anak", "kontrak"}
    assert services.state_of(listed("pangkat")[0]) == State.CONFIRMED
    extra = {
        "sk_terakhir_jenis": "surat_kgb",
        "sk_terakhir_pejabat": "Kepala Dinas",
        "sk_terakhir_tanggal": "2024-12-01",
    }
    assert services.confirm([listed("kgb")[0].pk], performer("handoko", AT), AT, extra).done == 1


def test_one_decision_on_pay_is_given_for_many_and_never_to_who_has_another() -> None:
    for each in ("reno", "tyas", "asmoro"):
        pay(each, date(2025, 3, 1))
    held = {"golongan": "III/a", "gaji_pokok": 2964000, "mkg_tahun": 4, "mkg_bulan": 0}
    record(person("dewanti"), "gaji", (date(2025, 3, 1), None), held, Proof("823/9/2025"), at=AT)
    make_lists(AT)
    rows = {row.person: row for row in listed("kgb")}
    assert services.decree_of(rows[person("reno")]) == (
        "800/1/2024",
        ["Dasar gaji terakhir", "Tanggal SK/surat terakhir", "Pejabat penetap SK/surat terakhir"],
    )
    assert "sk_inpassing" in services.decree_kinds(rows.values())
    decree = {
        "sk_terakhir_jenis": "sk_inpassing",
        "sk_terakhir_nomor": "800/1/2024",
        "sk_terakhir_tanggal": "2024-02-01",
        "sk_terakhir_pejabat": "Wali Kota",
    }
    result = services.confirm([row.pk for row in rows.values()], performer("handoko", AT), AT, decree=decree)
    assert result.done == 3
    ((other, why),) = result.refused
    assert other.person == person("dewanti")
    assert "823/9/2025" in why
    case = listed("kgb")[0].case
    assert case is not None
    assert (case.data["sk_terakhir_nomor"], case.data["sk_terakhir_tanggal"]) == ("800/1/2024", "2024-02-01")


@pytest.mark.usefixtures("files")
def test_a_row_is_set_aside_with_a_reason_and_its_case_ends() -> None:
    make_lists(AT)
    (row,), (contract,) = listed("kgb"), listed("kontrak")
    officer = performer("handoko", AT)
    with pytest.raises(Refused):
        services.set_aside(row.pk, officer, " ", AT)
    with pytest.raises(Refused):
        services.set_aside(row.pk, person("laras"), "Tidak tahu", AT)
    services.set_aside(row.pk, officer, "Sedang cuti di luar tanggungan negara", AT)
    (again,) = listed("kgb")
    assert services.state_of(again) == State.NOT_APPLICABLE
    assert again.case is not None
    assert again.case.state == Case.State.CANCELLED
    services.close_done(contract.pk, officer, "Diperpanjang sampai 2032", AT)
    assert services.state_of(listed("kontrak")[0]) == State.DONE
    with pytest.raises(Refused):
        services.close_done(contract.pk, officer, "", AT)
    assert make_lists(AT) == 0


def test_nobody_sets_aside_what_falls_due_for_himself() -> None:
    pay("handoko", date(2025, 3, 1))
    make_lists(AT)
    (row,) = [row for row in listed("kgb") if row.person == person("handoko")]
    with pytest.raises(Refused, match=r"orang lain|somebody else"):
        services.set_aside(row.pk, person("handoko"), "Tidak perlu", AT)


def test_a_month_of_lists_costs_as_many_queries_for_many_files_as_for_few(
    django_assert_max_num_queries: Any,
) -> None:
    for each in Person.objects.filter(active=True):
        if each.nip[12:14] < "13":
            held = {"golongan": "III/a", "gaji_pokok": 2964000, "mkg_tahun": 4, "mkg_bulan": 0}
            record(each, "gaji", (months_later(date(2026, 6, 1), 0), None), held, DECREE, at=AT)
    assert connection.vendor in {"sqlite", "postgresql"}
    make_lists(AT)
    with django_assert_max_num_queries(6):
        make_lists(AT)
