"""Exemptions decided before Laksana: the whole file or nothing, by the law's own rules, and then like any other entry."""

import io
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from laksana.library.conftest import office
from laksana.library.informasi import earlier, exempt, kept, reviews
from laksana.library.informasi.models import EarlierExemption
from laksana.people.models import Person
from laksana.worktime.zone import OFFICE_ZONE

__all__ = ["office"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office")]
AT = datetime(2026, 11, 4, 9, tzinfo=OFFICE_ZONE)
HEAD = ";".join(earlier.COLUMNS) + "\n"
GOOD = (
    "001/DIK/2024;2024-03-01;Kata sandi router kantor;Konfigurasi keamanan jaringan;Diskominfo;a;;jangka_pasti;5;tahun;;ya\n"
    "002/DIK/2024;2024-05-02;Rekening pegawai;Data rekening;BPKAD;h, j;UU 27/2022;tanpa_batas_pasal20;;;;tidak\n"
)


@pytest.fixture
def keeper() -> Person:
    """Somebody who keeps the list."""
    kept.forget()
    return Person.objects.get(account__username="citra")


def brought(lines: str, keeper: Person, name: str = "dik.csv") -> earlier.Report:
    """Bring lines in."""
    return earlier.bring_in(name, (HEAD + lines).encode(), keeper, AT)


def test_a_decision_of_before_stands_in_the_list_is_reviewed_ends_and_carries_a_refusal(
    keeper: Person,
) -> None:
    assert exempt.exemptions(AT) == []
    report = brought(GOOD, keeper)
    assert (report.read, report.written, report.known, report.refused) == (2, 2, 0, ())
    first, second = exempt.exemptions(AT)
    assert (first.decision, first.ends, first.state, first.case) == (
        "001/DIK/2024",
        date(2029, 3, 1),
        "berlaku",
        "",
    )
    assert (first.basis, first.period, first.letters) == ("Pasal 17 huruf a", "5 tahun", frozenset("a"))
    assert (second.ends, second.announced, second.letters) == (None, False, frozenset("hj"))
    assert second.basis == "Pasal 17 huruf h, j; UU 27/2022"
    assert [each.decision for each in exempt.touched("Minta kata sandi router", AT)] == ["001/DIK/2024"]
    (planned,) = reviews.planned(AT)
    assert (planned.exemption.decision, planned.case) == ("001/DIK/2024", "")
    (case,) = reviews.open_due(datetime(2029, 1, 8, 9, tzinfo=OFFICE_ZONE))
    assert case.data["keputusan_ditinjau"] == "001/DIK/2024"
    late = datetime(2029, 3, 2, 9, tzinfo=OFFICE_ZONE)
    assert [each.state for each in exempt.exemptions(late)] == ["berakhir", "berlaku"]
    again = brought(GOOD, keeper)
    assert (again.written, again.known) == (0, 2), "once"


def test_every_wrong_line_is_told_and_nothing_is_written(keeper: Person) -> None:
    wrong = (
        ";2024-13-01;;;;z;;selamanya;;;;mungkin\n"
        "003;2024-01-02;Isi;Uraian;Dinas;a;;tanpa_batas_pasal20;;;;\n"
        "004;2024-01-02;Isi;Uraian;Dinas;d;;jangka_pasti;lama;tahun;;\n"
        "005;2999-01-02;Isi;Uraian;Dinas;a;;sampai_peristiwa;;;;\n"
    )
    report = brought(GOOD + wrong, keeper)
    assert (report.read, report.written) == (6, 0)
    assert not EarlierExemption.objects.exists()
    told = {each.line: each.reason for each in report.refused}
    assert set(told) == {4, 5, 6, 7}
    for part in ("keputusan", "informasi", "2024-13-01", "z", "jenis_jangka", "mungkin"):
        assert part in told[4], part
    assert "2999-01-02" in told[7]
    assert "peristiwa_akhir" in told[7]


def test_a_workbook_is_read_like_a_csv_and_what_is_no_table_is_told(keeper: Person) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(list(earlier.COLUMNS))
    decided = datetime(2025, 1, 6)  # noqa: DTZ001  (as a workbook holds it)
    first, period = (
        ["006/DIK/2025", decided, "Denah ruang server", "Denah", "Diskominfo", "c", None],
        "jangka_pasti",
    )
    sheet.append([*first, period, 30.0, "bulan", None, None])
    sheet.append([None] * 12)
    target = io.BytesIO()
    book.save(target)
    report = earlier.bring_in("dik.xlsx", target.getvalue(), keeper, AT)
    assert (report.read, report.written, report.refused) == (1, 1, ())
    assert EarlierExemption.objects.get().ends == date(2027, 7, 6)
    for name, content in (
        ("a.xlsx", b"PK bukan"),
        ("a.csv", b"\xff\xfe\x00"),
        ("a.csv", b"keputusan,tanggal\n"),
    ):
        with pytest.raises(earlier.NoTableError):
            earlier.bring_in(name, content, keeper, AT)


def test_the_page_is_for_those_who_keep_the_list_and_the_public_reads_general_words_only(
    keeper: Person,
) -> None:
    def sent(client: Client, lines: str) -> Any:
        return client.post(
            "/ppid/dik/impor/", {"berkas": SimpleUploadedFile("dik.csv", (HEAD + lines).encode())}
        )

    with time_machine.travel(AT, tick=False):
        clients = {}
        for name in ("citra", "handoko"):
            account = Person.objects.get(account__username=name).account
            assert account is not None
            clients[name] = Client()
            clients[name].force_login(account)
        assert sent(clients["handoko"], GOOD).status_code == 403
        assert clients["citra"].get("/ppid/dik/impor/").status_code == 200
        assert clients["citra"].post("/ppid/dik/impor/").status_code == 422
        refused = sent(clients["citra"], GOOD.replace("2024-03-01", "kemarin"))
        assert (refused.status_code, "kemarin" in refused.content.decode()) == (422, True)
        assert sent(clients["citra"], GOOD).status_code == 200
        assert "Kata sandi router kantor" in clients["citra"].get("/ppid/").content.decode()
        for address in ("/layanan/informasi/dikecualikan/", "/layanan/informasi/dikecualikan.csv"):
            public = Client().get(address).content.decode()
            assert "Konfigurasi keamanan jaringan" in public
            assert "001/DIK/2024" in public
            assert "Kata sandi router" not in public
            assert "002/DIK/2024" not in public, "not announced"
