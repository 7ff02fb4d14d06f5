"""Attendance by machine: every layout read, what is refused told, locked months changed only with a trace."""

import io
from collections.abc import Iterator
from datetime import date, time
from typing import Any

import openpyxl
import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from laksana.cases.models import Case, SopVersion
from laksana.files.services import store
from laksana.library.conftest import BEFORE
from laksana.library.kepegawaian.kehadiran_manual.days import Mark, gaps, merged
from laksana.library.kepegawaian.kehadiran_manual.reckoning import with_machine
from laksana.library.kepegawaian.presensi import demo, services
from laksana.library.kepegawaian.presensi.models import Day, DayCorrection, Machine, Upload
from laksana.library.kepegawaian.presensi.reading import Mapping, Marks, Refused, SheetError, heading, read
from laksana.people.models import Person
from laksana.worktime.services import calendar

SCAN = Mapping(layout="pindai", employee="No. ID", by="nomor", moment="Waktu")
IN_OUT = Mapping(layout="masuk-pulang", employee="NIP", by="nip", day="Tanggal", came="Masuk", left="Pulang")
MONTH = Mapping(layout="bulan", employee="PIN", by="nomor", month=date(2026, 10, 1))


def csv(*lines: str) -> bytes:
    return "\n".join(lines).encode()


def workbook(*rows: list[Any]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


# -- reading ---------------------------------------------------------------------------------------------------------


def test_a_row_for_each_scan() -> None:
    content = csv(
        "No. ID;Nama;Waktu", "007;Contoh;05/10/2026 07:21:09", "7;;kapan-kapan", ";;05/10/2026 07:00"
    )
    found = list(read(content, SCAN))
    assert found[0] == Marks(2, "007", date(2026, 10, 5), (time(7, 21, 9),))
    assert [type(row) for row in found[1:]] == [Refused, Refused]
    assert [row.line for row in found] == [2, 3, 4]
    american = list(
        read(csv("No. ID,Waktu", "7,10/05/2026 4:05 PM"), SCAN.model_copy(update={"day_first": False}))
    )
    assert american == [Marks(2, "7", date(2026, 10, 5), (time(16, 5),))]


def test_day_and_time_apart_and_cells_of_a_workbook_as_what_they_are() -> None:
    apart = Mapping(layout="pindai", employee="PIN", by="nomor", day="Tgl", clock="Jam")
    content = workbook(
        ["PIN", "Tgl", "Jam"], [7, date(2026, 10, 5), time(7, 21)], [8.0, "2026-10-05", "16.02"]
    )
    assert list(read(content, apart)) == [
        Marks(2, "7", date(2026, 10, 5), (time(7, 21),)),
        Marks(3, "8", date(2026, 10, 5), (time(16, 2),)),
    ]


def test_in_and_out_in_one_row_where_an_empty_day_says_nothing() -> None:
    nip = "199212242019032001"
    content = csv(
        "NIP,Tanggal,Masuk,Pulang",
        f"'{nip},2026-10-05,07:20,16:05",
        f"{nip},2026-10-06,-,",
        f"{nip},2026-10-07,,25:99",
    )
    first, wrong = read(content, IN_OUT)
    assert first == Marks(2, nip, date(2026, 10, 5), (), time(7, 20), time(16, 5))
    assert isinstance(wrong, Refused)
    assert wrong.reason == "bukan jam: 25:99"


def test_a_column_for_each_day_of_the_month() -> None:
    content = csv("PIN,Nama,1,2,Tgl 3", "7,Contoh,07:20 16:05,,07.31", "8,Contoh,,,")
    assert list(read(content, MONTH)) == [
        Marks(2, "7", date(2026, 10, 1), (time(7, 20), time(16, 5))),
        Marks(2, "7", date(2026, 10, 3), (time(7, 31),)),
    ]
    short = Mapping(layout="bulan", employee="PIN", by="nomor", month=date(2026, 2, 1))
    [refused] = read(csv("PIN,30", "7,07:20"), short)
    assert isinstance(refused, Refused)
    assert refused.reason == "tidak ada tanggal 30 pada bulan itu"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0broken", b"a\x00b\x00,\x00"])
def test_what_is_no_table_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(SheetError):
        heading(content)


def test_a_column_that_is_gone_refuses_the_file() -> None:
    with pytest.raises(SheetError, match="kolom tidak ada: Waktu"):
        list(read(csv("No. ID,Jam", "7,07:00"), SCAN))


@given(st.binary(max_size=200))
def test_whatever_bytes_come_every_row_is_marks_or_a_refusal_or_the_file_is_refused(content: bytes) -> None:
    try:
        rows = list(read(b"No. ID,Waktu\n" + content, SCAN))
    except SheetError:
        return
    assert all(isinstance(row, Marks | Refused) for row in rows)


# -- taking in ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def _now() -> Iterator[None]:
    with time_machine.travel(BEFORE, tick=False):
        yield


def person(username: str) -> Person:
    found: Person = Person.objects.select_related("account").get(account__username=username)
    return found


def upload(content: bytes, name: str = "oktober.csv") -> Upload:
    machine, _made = Machine.objects.get_or_create(name="Mesin lobi")
    stored = store(io.BytesIO(content), name, ("csv", "xlsx"), at=BEFORE)
    return Upload.objects.create(machine=machine, stored=stored, name=name, by=person("handoko"), at=BEFORE)


OCTOBER = csv(
    "No. ID;Nama;Waktu", "7;T;05/10/2026 07:21", "7;T;05/10/2026 07:24", "7;T;05/10/2026 16:07", "7;T;06/10/2026 07:40",
    "7;T;07/10/2026 02:10", "99;?;05/10/2026 07:00",
)  # fmt: skip


@pytest.mark.django_db
@pytest.mark.usefixtures("office")
def test_scans_become_the_first_and_last_mark_of_a_day_and_a_second_time_changes_nothing() -> None:
    tyas = person("tyas")
    kept = upload(OCTOBER)
    services.enrol(kept.machine, "7", tyas)
    report = services.take(kept, SCAN, at=BEFORE)
    days = list(Day.objects.values_list("person", "day", "came", "left"))
    assert days == [
        (tyas.pk, date(2026, 10, 5), time(7, 21), time(16, 7)),
        (tyas.pk, date(2026, 10, 6), time(7, 40), time(2, 10)),
    ]
    assert (report.read, report.days, report.refused, report.unknown) == (6, 2, 1, ["99"])
    assert report.told[0]["line"] == 7
    again = services.take(upload(OCTOBER), SCAN, at=BEFORE)
    assert (again.days, again.same, Day.objects.count()) == (0, 2, 2)
    later = services.take(upload(csv("No. ID;Nama;Waktu", "7;T;05/10/2026 17:30")), SCAN, at=BEFORE)
    assert (later.days, Day.objects.get(day=date(2026, 10, 5)).left) == (1, time(17, 30))


@pytest.mark.django_db
@pytest.mark.usefixtures("office")
def test_the_recap_reads_the_machine_below_sheets_and_leave() -> None:
    tyas = person("tyas")
    kept = upload(OCTOBER)
    services.enrol(kept.machine, "7", tyas)
    services.take(kept, SCAN, at=BEFORE)
    values: dict[str, Any] = {"bulan": date(2026, 10, 1)}
    marks = merged(with_machine(values, calendar()), calendar())[tyas.pk]
    assert marks[date(2026, 10, 5)] == Mark("H", time(7, 21), time(16, 7))
    values["data_cuti"] = [{"pegawai": tyas.pk, "tanggal": date(2026, 10, 5), "kode": "C"}]
    assert merged(with_machine(values, calendar()), calendar())[tyas.pk][date(2026, 10, 5)].code == "C"


def lock(month: str) -> None:
    version = SopVersion.objects.filter(procedure="kehadiran-manual")[0]
    Case.objects.create(
        number="KEHADIRAN/UJI", sop=version, procedure=version.procedure, level="terbatas", opened_at=BEFORE,
        data={"bulan": month, "terkunci": True},
    )  # fmt: skip


@pytest.mark.django_db
@pytest.mark.usefixtures("office")
def test_a_locked_month_refuses_files_and_changes_by_a_correction_that_keeps_what_stood_there() -> None:
    tyas, officer = person("tyas"), person("handoko")
    kept = upload(OCTOBER)
    services.enrol(kept.machine, "7", tyas)
    services.take(kept, SCAN, at=BEFORE)
    day, times = date(2026, 10, 6), (time(7, 40), time(16, 0))
    told: dict[str, Any] = {"reason": "Mesin mati sore hari", "document": "Surat keterangan 1", "at": BEFORE}
    with pytest.raises(ValidationError) as refused:
        services.correct_day(tyas, day, times, by=officer, **told)
    assert set(refused.value.message_dict) == {"day"}
    lock("2026-10-01")
    other = csv("No. ID;Nama;Waktu", "7;T;06/10/2026 16:00", "7;T;02/11/2026 07:00")
    report = services.take(upload(other), SCAN, at=BEFORE)
    assert (report.refused, report.days) == (1, 1)
    assert report.told[0]["reason"] == "bulan 10-2026 sudah terkunci; ubah dengan koreksi"
    assert Day.objects.get(day=day).left == time(2, 10)
    for by, wrong in ((tyas, "person"), (officer, "reason")):
        with pytest.raises(ValidationError) as refused:
            services.correct_day(
                tyas, day, times, by=by, **{**told, **({"reason": " "} if by == officer else {})}
            )
        assert wrong in refused.value.message_dict
    services.correct_day(tyas, day, times, by=officer, **told)
    assert (Day.objects.get(day=day).came, Day.objects.get(day=day).left) == times
    trace = DayCorrection.objects.get()
    assert (trace.left_before, trace.left, trace.by, trace.reason) == (
        time(2, 10),
        time(16),
        officer,
        told["reason"],
    )


@pytest.mark.django_db
@pytest.mark.usefixtures("office")
def test_the_demonstration_has_a_month_of_a_machine_without_gaps_and_a_report_with_refused_rows() -> None:
    days = demo.install(BEFORE)
    assert demo.install(BEFORE) == 0
    kept = Upload.objects.get()
    assert (kept.report["refused"], kept.report["unknown"], kept.report["days"]) == (2, ["999"], days)
    month = date(2026, 10, 1)
    marks = merged(with_machine({"bulan": month}, calendar()), calendar())
    assert len(marks) == Person.objects.filter(active=True).count()
    assert list(gaps(marks, month, calendar())) == []


# -- the pages ---------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.usefixtures("office", "_now")
def test_columns_are_chosen_once_numbers_given_to_employees_and_the_machine_remembers_both() -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = Client(headers={"accept-language": "en"})
    account = person("handoko").account
    assert account is not None
    client.force_login(account)

    def send(content: bytes) -> Any:
        return client.post(
            "/pegawai/presensi/unggah/", {"mesin": "Lobi", "berkas": SimpleUploadedFile("a.csv", content)}
        )

    assert client.post("/pegawai/presensi/unggah/", {}).status_code == 422
    asked = send(OCTOBER)
    kept = Upload.objects.get()
    assert asked["Location"] == f"/pegawai/presensi/{kept.pk}/kolom/"
    page = client.get(asked["Location"]).content.decode()
    assert "05/10/2026 07:21" in page
    chosen = {"layout": "pindai", "by": "nomor", "employee": "No. ID", "moment": ""}
    missing = client.post(asked["Location"], chosen)
    assert missing.status_code == 422
    assert "f-day-error" in missing.content.decode()
    taken = client.post(asked["Location"], {**chosen, "moment": "Waktu"})
    report = client.get(taken["Location"]).content.decode()
    assert 'name="nomor.7"' in report
    assert "tidak ada pegawai dengan nomor ini" in report
    tyas = person("tyas")
    client.post(f"/pegawai/presensi/{kept.pk}/nomor/", {"nomor.7": str(tyas.pk), "nomor.99": ""})
    assert Day.objects.filter(person=tyas).count() == 2
    again = send(OCTOBER.replace(b"06/10/2026", b"08/10/2026"))
    assert again["Location"].endswith(f"/{Upload.objects.latest('pk').pk}/")
    assert Day.objects.filter(person=tyas, day=date(2026, 10, 8)).exists()
    lock("2026-10-01")
    corrected = client.post(
        "/pegawai/presensi/koreksi/",
        {
            "person": tyas.pk,
            "day": "2026-10-08",
            "came": "07:00",
            "left": "16:00",
            "reason": "Mesin",
            "document": "S-1",
        },
    )
    assert corrected.status_code == 302
    assert "S-1" in client.get("/pegawai/presensi/").content.decode()
