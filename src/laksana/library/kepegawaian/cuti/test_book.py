"""The book of leave: days are reserved when asked for, come back in every way in which they can, and each line says why."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from laksana.cases import actions
from laksana.cases.errors import Invalid
from laksana.cases.models import Case, WorkItem
from laksana.library.conftest import BEFORE
from laksana.library.kepegawaian.cuti import ledger
from laksana.library.kepegawaian.cuti.book import Records, Year, book_of
from laksana.library.kepegawaian.cuti.test_away import played
from laksana.library.kepegawaian.riwayat.services import Proof, record
from laksana.people.models import Person
from laksana.worktime.services import calendar
from laksana.worktime.zone import OFFICE_ZONE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office")]
FIRST, LAST = date(2026, 11, 9), date(2026, 11, 12)


@pytest.fixture
def tyas() -> Person:
    return Person.objects.get(account__username="tyas")


def asked(person: Person, first: date = FIRST, last: date = LAST, at: datetime = BEFORE) -> Case:
    values: dict[str, Any] = {
        "nip": person.nip, "nama": person.name, "status_pegawai": "PNS", "jabatan": "Pranata Komputer",
        "kelompok_pemohon": "pelaksana_jf_pengawas", "unit_kerja": person.unit.code, "tmt_masuk": date(2019, 3, 1),
        "jenis_cuti": "tahunan", "alasan": "Keluarga", "mulai": first, "selesai": last, "terpakai_n1": 12,
        "terpakai_n2": 12, "alamat_selama_cuti": "Jalan Contoh", "telepon": "081234567890", "luar_negeri": False,
    }  # fmt: skip
    return actions.start("cuti", person, at, values=values)


def year_of(person: Person, at: datetime = BEFORE) -> Year:
    return next(year for year in book_of(person, at, calendar()) if year.year == 2026)


def do(case: Case, step: str, who: str, values: dict[str, Any], outcome: str | None = None) -> None:
    item = WorkItem.objects.get(case=case, step=step, state=WorkItem.State.OPEN)
    actions.complete(
        item.pk,
        item.revision,
        Person.objects.get(account__username=who),
        values,
        BEFORE + timedelta(hours=1),
        outcome=outcome,
    )


def checked(year: Year) -> Year:
    """Return a year whose last balance is what its changes add up to and what is left of it."""
    assert year.lines[-1].balance == sum(line.change or 0 for line in year.lines) == year.left
    return year


def test_a_request_reserves_its_days_at_once_and_refusal_gives_them_back(tyas: Person) -> None:
    case = asked(tyas)
    year = checked(year_of(tyas))
    assert (year.right, year.reserved, year.taken, year.left) == (12, 4, 0, 8)
    assert (year.lines[-1].change, year.lines[-1].number) == (-4, case.number)
    do(case, "periksa-hak", "handoko", {"catatan_periksa": "Tidak lengkap"}, "Tidak berhak")
    year = checked(year_of(tyas))
    assert (year.reserved, year.taken, year.left) == (0, 0, 12)
    assert [(line.change, line.number) for line in year.lines[-2:]] == [(-4, case.number), (4, case.number)]
    assert year.lines[-1].what == "Dikembalikan: permintaan tidak disetujui"


def test_withdrawing_and_cancelling_give_the_days_back(tyas: Person) -> None:
    case = asked(tyas)
    do(case, "periksa-hak", "handoko", {"catatan_periksa": "Alamat"}, "Perlu perbaikan")
    assert year_of(tyas).reserved == 4
    do(case, "perbaiki", "tyas", {}, "Ditarik")
    assert checked(year_of(tyas)).left == 12
    assert year_of(tyas).lines[-1].what == "Dikembalikan: permintaan ditarik"
    other = asked(tyas)
    actions.cancel(other.pk, tyas, "Tidak jadi", BEFORE + timedelta(hours=2))
    year = checked(year_of(tyas))
    assert year.left == 12
    assert year.lines[-1].what == "Dikembalikan: permintaan dibatalkan"


def test_what_is_reserved_cannot_be_asked_for_a_second_time(tyas: Person) -> None:
    asked(tyas, FIRST, date(2026, 11, 19))
    with pytest.raises(Invalid) as refused:
        asked(tyas, date(2026, 11, 23), date(2026, 11, 27))
    assert refused.value.errors["selesai"] == "Tidak berhak: sisa 2026 3 hari kerja, diminta 5."


def test_a_recall_gives_back_the_days_that_were_not_taken() -> None:
    case = played("tahunan-bawaan", until="terbit")
    person = case.initiator
    assert person is not None
    at = datetime(2026, 11, 20, 8, tzinfo=OFFICE_ZONE)
    before = checked(year_of(person, at))
    case.data["dijalankan_sampai"] = "2026-11-05"
    case.save()
    after = checked(year_of(person, at))
    assert (before.taken, after.taken) == (10, 4)
    assert after.lines[-1].what == "Dikembalikan: cuti berakhir lebih awal"
    assert after.lines[-1].day == date(2026, 11, 6)


def test_of_leave_that_is_cancelled_while_it_runs_the_days_before_stay_taken() -> None:
    case = played("tahunan-bawaan", until="terbit")
    person = case.initiator
    assert person is not None
    at = datetime(2026, 11, 5, 9, tzinfo=OFFICE_ZONE)
    actions.cancel(case.pk, person, "Dipanggil karena bencana", at)
    [leave] = ledger.leave_of(person.pk)
    assert (leave.first, leave.last) == (date(2026, 11, 2), date(2026, 11, 4))
    assert checked(year_of(person, at)).taken == 3


def test_leave_of_the_file_before_the_system_counts_by_year_and_carries_over(tyas: Person) -> None:
    for first, last, days, kind in [
        (date(2025, 3, 3), date(2025, 3, 7), 5, "tahunan"), (date(2025, 5, 5), date(2025, 5, 9), 5, "sakit"),
        (date(2026, 2, 2), date(2026, 2, 3), 2, "tahunan"),
    ]:  # fmt: skip
        record(
            tyas, "cuti", (first, last), {"jenis_cuti": kind, "lama": days}, Proof("Kartu 2025"), at=BEFORE
        )
    records = Records.of(tyas, calendar())
    assert records.used(2025) == 5
    assert records.used(2024) is None
    assert records.used(2026, recorded_here=False) == 2
    year = checked(year_of(tyas))
    assert (year.right, year.taken, year.left) == (18, 2, 16)
    earlier = next(each for each in book_of(tyas, BEFORE, calendar()) if each.year == 2025)
    assert [line.change for line in earlier.lines if "sakit" in line.what] == [None]
    assert earlier.left == 7


def test_a_year_in_which_there_was_no_right_yet_has_none_and_leaves_nothing(tyas: Person) -> None:
    tyas.nip = "199212242026032001"
    tyas.save()
    year = checked(year_of(tyas))
    assert (year.right, year.left) == (0, 0)
    assert "01-03-2027" in year.lines[0].what


def test_the_book_is_read_in_as_many_queries_for_many_years_as_for_one(
    tyas: Person, django_assert_num_queries: Any
) -> None:
    days = calendar()
    days.is_workday(FIRST)
    with django_assert_num_queries(2):
        book_of(tyas, BEFORE, days)
    for year in range(2018, 2026):
        span = (date(year, 3, 3), date(year, 3, 7))
        record(tyas, "cuti", span, {"jenis_cuti": "tahunan", "lama": 3}, Proof("Kartu"), at=BEFORE)
    for day in (9, 16, 23):
        actions.cancel(asked(tyas, date(2026, 11, day), date(2026, 11, day)).pk, tyas, "Tidak jadi", BEFORE)
    with django_assert_num_queries(4):
        assert len(book_of(tyas, BEFORE, days)) == 9
