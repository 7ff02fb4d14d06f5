"""The employee file: rows with days and proof, corrections over them, spreadsheets taken wholly, results of cases kept."""

import io
from datetime import UTC, date, datetime

import openpyxl
import pytest
from django.db import IntegrityError, transaction

from laksana.library.kepegawaian.riwayat import spreadsheet
from laksana.library.kepegawaian.riwayat.kinds import ContentError
from laksana.library.kepegawaian.riwayat.models import FileRow
from laksana.library.kepegawaian.riwayat.services import Proof, correct, file_of, holding_on, record
from laksana.people.models import Person, Unit

AT = datetime(2026, 3, 2, 2, tzinfo=UTC)
NIP, OTHER = "198501012010011001", "199002022015022002"
PAY = {"golongan": "III/c", "gaji_pokok": "3601400", "mkg_tahun": 12, "mkg_bulan": 0}
SINCE = date(2024, 3, 1)


@pytest.fixture
def employee(db: None) -> Person:
    unit = Unit.objects.create(code="sekretariat-uji", name="Sekretariat")
    return Person.objects.create(name="Contoh Pegawai", nip=NIP, unit=unit)


@pytest.fixture
def officer(employee: Person) -> Person:
    return Person.objects.create(name="Contoh Pengelola", nip=OTHER, unit=employee.unit)


def test_a_row_holds_from_its_first_day_until_a_later_one_of_the_same_kind(employee: Person) -> None:
    old = record(employee, "gaji", (SINCE, None), PAY, Proof("822/1"), at=AT)
    new = record(employee, "gaji", (date(2026, 3, 1), None), {**PAY, "mkg_tahun": 14}, Proof("822/2"), at=AT)
    assert holding_on(employee, "gaji", date(2024, 2, 29)) == []
    assert holding_on(employee, "gaji", date(2026, 2, 28)) == [old]
    assert holding_on(employee, "gaji", date(2026, 3, 1)) == [new]


@pytest.mark.parametrize(
    ("given", "column"),
    [
        ({**PAY, "gaji_pokok": "-1"}, "gaji_pokok"),
        ({**PAY, "mkg_bulan": 12}, "mkg_bulan"),
        ({"golongan": "III/c", "mkg_tahun": 1, "mkg_bulan": 0}, "gaji_pokok"),
        ({**PAY, "lain": "x"}, "lain"),
    ],
)
def test_what_a_kind_does_not_hold_is_refused_by_its_column(
    employee: Person, given: dict[str, object], column: str
) -> None:
    with pytest.raises(ContentError) as refused:
        record(employee, "gaji", (SINCE, None), given, Proof("822/1"), at=AT)
    assert list(refused.value.faults) == [column]
    assert not FileRow.objects.exists()


def test_a_row_needs_proof_and_days_in_their_order(employee: Person) -> None:
    with pytest.raises(ContentError) as refused:
        record(employee, "gaji", (SINCE, date(2024, 2, 1)), PAY, Proof(" "), at=AT)
    assert set(refused.value.faults) == {"until", "document"}
    with pytest.raises(IntegrityError), transaction.atomic():
        FileRow.objects.create(person=employee, kind="gaji", since=SINCE, data=PAY, recorded_at=AT)


def test_a_correction_stands_over_the_row_which_stays_and_is_made_once(
    employee: Person, officer: Person
) -> None:
    wrong = record(employee, "gaji", (SINCE, None), PAY, Proof("822/1"), at=AT)
    span, better = (SINCE, None), {**PAY, "mkg_tahun": 13}
    right = correct(wrong, span, better, Proof("822/1"), reason="salah ketik", at=AT, by=officer)
    assert list(file_of(employee)) == [right]
    assert FileRow.objects.get(pk=wrong.pk).data["mkg_tahun"] == 12
    with pytest.raises(ContentError, match="sudah dikoreksi"):
        correct(wrong, span, better, Proof("822/1"), reason="lagi", at=AT, by=officer)


def test_nobody_corrects_his_own_file_or_without_a_reason(employee: Person, officer: Person) -> None:
    row = record(employee, "gaji", (SINCE, None), PAY, Proof("822/1"), at=AT)
    with pytest.raises(ContentError, match="oleh orang lain"):
        correct(row, (SINCE, None), PAY, Proof("822/1"), reason="naik", at=AT, by=employee)
    with pytest.raises(ContentError, match="reason"):
        correct(row, (SINCE, None), PAY, Proof("822/1"), reason=" ", at=AT, by=officer)


HEADS = "NIP,Nama,TMT,Sampai,Nomor SK,Golongan,MKG Tahun,MKG Bulan\n"
GOOD = f"{NIP},Contoh,01-04-2025,,SK 1,III/c,12,3\n"


def test_a_spreadsheet_is_taken_and_taking_it_again_writes_nothing(employee: Person) -> None:
    first = spreadsheet.take("pangkat", (HEADS + GOOD).encode(), at=AT)
    again = spreadsheet.take("pangkat", (HEADS + GOOD).encode(), at=AT)
    assert (first.written, again.written, again.known) == (1, 0, 1)
    [row] = file_of(employee)
    assert (row.since, row.data) == (
        date(2025, 4, 1),
        {"golongan": "III/c", "mkg_tahun": 12, "mkg_bulan": 3},
    )


def test_one_refused_row_keeps_the_whole_file_out_and_every_refusal_is_told(employee: Person) -> None:
    bad = [
        f"{NIP},Contoh,01-04-2025,,SK 2,V/a,12,3\n",
        f"{NIP},Contoh,31-02-2025,,SK 2,III/c,12,3\n",
        f"{OTHER},Tamu,01-04-2025,,SK 2,III/c,12,3\n",
        f"{NIP},Contoh,01-04-2025,,,III/c,12,3\n",
        "123,Contoh,01-04-2025,,SK 2,III/c,12,3\n",
    ]
    report = spreadsheet.take("pangkat", (HEADS + GOOD + "".join(bad)).encode(), at=AT)
    assert [row.line for row in report.refused] == [3, 4, 5, 6, 7]
    assert [row.reason.partition(":")[0] for row in report.refused] == [
        "golongan", "tmt", "nip", "document", "nip",
    ]  # fmt: skip
    assert report.written == 0
    assert not FileRow.objects.exists()


@pytest.mark.parametrize(
    "content",
    [b"PK broken", b"\xff\xfe", b"", b"NIP,TMT,Nomor SK,Gaji\n", b"NIP,NIP,TMT,Nomor SK\n"],
)
def test_what_is_no_such_spreadsheet_is_refused_as_a_whole(employee: Person, content: bytes) -> None:
    with pytest.raises(spreadsheet.SheetError):
        spreadsheet.take("pangkat", content, at=AT)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_export_is_taken_back_as_known_and_holds_no_formula(employee: Person, form: str) -> None:
    held = {"jenjang": "=1+1", "sekolah": "@SUM(A1)", "jurusan": "-2"}
    record(employee, "pendidikan", (SINCE, None), held, Proof("+ijazah"), at=AT)
    if form == "csv":
        text = io.StringIO(newline="")
        assert spreadsheet.write_csv("pendidikan", text) == 1
        content = text.getvalue().encode()
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in text.getvalue().split(","))
    else:
        binary = io.BytesIO()
        assert spreadsheet.write_xlsx("pendidikan", binary) == 1
        content = binary.getvalue()
        sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
        assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}
    report = spreadsheet.take("pendidikan", content, at=AT)
    assert (report.refused, report.written, report.known) == ([], 0, 1)
