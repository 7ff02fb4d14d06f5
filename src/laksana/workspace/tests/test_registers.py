"""The pages of books: filters, order, corrections, personal columns, the record of readers, and files made in the background."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from unittest.mock import patch
from uuid import UUID

import openpyxl
import pytest
from django.core.files.storage import storages
from django_tasks_db.models import DBTaskResult

from laksana.cases import actions
from laksana.cases.tests.conftest import MORNING, Desk, Office
from laksana.documents.tests.pdf import text_of
from laksana.people.models import Person
from laksana.registers import asking
from laksana.registers.models import Entry, Export, Reading
from laksana.registers.reading import PERSONAL
from laksana.registers.tasks import make_export, remove_old_exports
from laksana.workspace.tests.conftest import NOW, Browser, parsed

BOOK = "/register/contoh/buku/"
FIELDS = {
    "hal": {"label": "Hal", "type": "text"},
    "tanggal": {"label": "Tanggal surat", "type": "date"},
    "nilai": {"label": "Nilai", "type": "money"},
    "nama": {"label": "Nama", "type": "text"},
}
STEPS = [
    {"id": "catat", "asks": list(FIELDS)},
    {"id": "akhir", "by": "kasubag", "then": "selesai"},
]
REGISTERS = [{"id": "buku", "title": "Buku Contoh", "at": "catat", "columns": list(FIELDS)}]
ROWS = [
    {"hal": "=1+1", "tanggal": "2026-11-10", "nilai": "1250000", "nama": "Rahma"},
    {"hal": "Undangan", "tanggal": "2026-11-08", "nilai": "900", "nama": "Budi"},
    {"hal": "Laporan", "tanggal": "2026-11-09", "nilai": "70", "nama": "Citra"},
]


@pytest.fixture
def desk(begin: Callable[..., Desk]) -> Desk:
    """Three cases of a procedure with a book, which has a personal column."""
    handling = {"classification": "terbuka", "personal": ["nama"]}
    desk = begin(steps=STEPS, fields=FIELDS, registers=REGISTERS, data=handling)
    for place, values in enumerate(ROWS):
        if place:
            desk = Desk(desk.office, actions.start("contoh", desk.office.people["staf"], MORNING, values={}))
        desk.do("catat", **values)
    people = desk.office.people
    people["tamu"] = Person.objects.create(
        name="Tamu Contoh", nip="198501012010011099", unit=people["staf"].unit
    )
    return desk


def column(response: Any, place: int) -> list[str]:
    return [row.xpath("./td")[place].text_content() for row in parsed(response).xpath("//tbody/tr")]


def ordered(client: Any, form: str, **more: str) -> Export:
    response = client.post(f"{BOOK}ekspor/", {"bentuk": form, "tahun": "2026", **more})
    assert response.status_code == 302
    return Export.objects.get(pk=UUID(response["Location"].strip("/").split("/")[-1]))


def made(client: Any, form: str, **more: str) -> bytes:
    export = ordered(client, form, **more)
    make_export.call(export=str(export.pk), at=NOW)
    response = client.get(f"/register/ekspor/{export.pk}/unduh/")
    return b"".join(response.streaming_content)


def test_rows_are_found_by_their_words_and_put_in_order(desk: Desk, browser: Browser) -> None:
    client = browser("staf")
    assert column(client.get(f"{BOOK}?q=undangan"), 1) == ["Undangan"]
    assert column(client.get(f"{BOOK}?q=8+November"), 1) == ["Undangan"]
    assert column(client.get(f"{BOOK}?urut=-"), 1) == ["Laporan", "Undangan", "=1+1"]
    assert column(client.get(f"{BOOK}?urut=nilai"), 1) == ["Laporan", "Undangan", "=1+1"]
    assert column(client.get(f"{BOOK}?urut=-tanggal"), 1) == ["=1+1", "Laporan", "Undangan"]
    assert column(client.get(f"{BOOK}?urut=tidak-ada"), 1) == ["=1+1", "Undangan", "Laporan"]
    assert "No row holds these words" in client.get(f"{BOOK}?q=zzz").content.decode()
    assert column(client.get(f"{BOOK}?bulan=10"), 1) == []


def test_a_personal_column_is_for_those_who_take_part_and_cannot_be_searched_by_others(
    desk: Desk, browser: Browser
) -> None:
    assert column(browser("kasubag").get(BOOK), 4) == ["Rahma", "Budi", "Citra"]
    other = browser("tamu")
    assert column(other.get(BOOK), 4) == [PERSONAL] * 3
    assert column(other.get(f"{BOOK}?q=Rahma"), 1) == []
    assert "Rahma" not in made(other, "csv").decode()
    assert "Rahma" in made(browser("kasubag"), "csv").decode()


def test_who_reads_a_watched_book_is_recorded_and_shown_to_its_keepers(desk: Desk, browser: Browser) -> None:
    browser("tamu").get(f"{BOOK}?q=undangan&bulan=11")
    reading = Reading.objects.get()
    assert (reading.how, reading.rows, reading.words, reading.month) == ("halaman", 1, "undangan", 11)
    assert str(reading.person) in browser("kasubag").get(BOOK).content.decode()
    assert "Who has read" not in browser("tamu").get(BOOK).content.decode()
    made(browser("tamu"), "csv")
    assert Reading.objects.filter(how="csv", rows=3).count() == 1


def test_a_row_is_corrected_by_its_keeper_and_both_stand_to_be_read(desk: Desk, browser: Browser) -> None:
    entry = Entry.objects.get(number=2)
    page, client = f"{BOOK}baris/{entry.pk}/", browser("staf")
    assert client.post(page, {"kolom-hal": "Undangan rapat"}).status_code == 422
    wrong = client.post(page, {"kolom-tanggal": "kemarin", "kolom-nilai": "x", "reason": "Salah"})
    assert wrong.status_code == 422
    assert len(parsed(wrong).xpath("//*[@aria-invalid='true']")) == 2
    assert client.post(page, {"reason": "Tanpa perubahan"}).status_code == 422
    sent = {"kolom-hal": "Undangan rapat", "kolom-nilai": "1.500,50", "reason": "Salah tulis"}
    assert client.post(page, sent).status_code == 302
    shown = parsed(client.get(page))
    assert [each.text_content() for each in shown.xpath("//del")] == ["Undangan", "Rp900"]
    assert [each.text_content() for each in shown.xpath("//ins")] == ["Undangan rapat", "Rp1.500,50"]
    told = shown.text_content()
    assert "Salah tulis" in told
    assert str(desk.office.people["staf"]) in told
    correction = Entry.objects.get(kind="koreksi")
    assert correction.values["nilai"] == {"money": "1500.50"}
    assert "corrected once" in client.get(BOOK).content.decode()


def test_who_does_not_keep_the_book_corrects_nothing(desk: Desk, browser: Browser) -> None:
    entry = Entry.objects.get(number=2)
    client = browser("tamu")
    assert not parsed(client.get(f"{BOOK}baris/{entry.pk}/")).xpath("//main//form[@method='post']")
    assert client.post(f"{BOOK}baris/{entry.pk}/", {"kolom-hal": "x", "reason": "y"}).status_code == 403
    assert client.get("/register/contoh/lain/baris/1/").status_code == 404
    assert client.get(f"{BOOK}baris/999999/").status_code == 404


def test_a_file_is_made_in_the_background_with_its_progress_and_formulas_disarmed(
    desk: Desk, browser: Browser
) -> None:
    client = browser("staf")
    export = ordered(client, "csv")
    assert DBTaskResult.objects.filter(task_path__endswith="make_export").count() == 1
    waiting = client.get(f"/register/ekspor/{export.pk}/")
    assert parsed(waiting).xpath("//*[@hx-get]//progress")
    assert client.get(f"/register/ekspor/{export.pk}/unduh/").status_code == 404
    make_export.call(export=str(export.pk), at=NOW)
    part = client.get(f"/register/ekspor/{export.pk}/", headers={"HX-Request": "true"})
    assert b"<html" not in part.content
    assert b"hx-get" not in part.content
    assert f"/register/ekspor/{export.pk}/unduh/" in part.content.decode()
    response: Any = client.get(f"/register/ekspor/{export.pk}/unduh/")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert [row[1] for row in rows] == ["Hal", "'=1+1", "Undangan", "Laporan"]
    assert export.title in client.get("/register/ekspor/").content.decode()


def test_files_hold_what_the_page_was_narrowed_to(desk: Desk, browser: Browser) -> None:
    client = browser("staf")
    sheet = openpyxl.load_workbook(io.BytesIO(made(client, "xlsx", urut="nilai"))).active
    assert [cell.value for cell in sheet["B"]] == ["Hal", "Laporan", "Undangan", "=1+1"]
    assert sheet["B4"].data_type == "s"
    text = text_of(made(client, "pdf", q="undangan"))
    assert "Undangan" in text
    assert "Laporan" not in text
    assert "Halaman 1" in text


def test_a_file_is_for_the_one_who_asked_and_for_a_time(desk: Desk, browser: Browser) -> None:
    client = browser("staf")
    export = ordered(client, "csv")
    make_export.call(export=str(export.pk), at=NOW)
    for page in (f"/register/ekspor/{export.pk}/", f"/register/ekspor/{export.pk}/unduh/"):
        assert browser("kasubag").get(page).status_code == 404
    later = NOW + timedelta(days=3)
    assert asking.fetch(Export.objects.get(pk=export.pk), later) is None
    Export.objects.update(kept_until=NOW)
    assert client.get(f"/register/ekspor/{export.pk}/unduh/").status_code == 404
    assert "no longer kept" in client.get(f"/register/ekspor/{export.pk}/").content.decode()
    remove_old_exports.call(at=later)
    assert not Export.objects.exists()
    assert not storages["exports"].exists(export.stored_as)


def test_a_file_that_cannot_be_made_says_so(desk: Desk, browser: Browser) -> None:
    client = browser("staf")
    export = ordered(client, "csv")
    with patch.object(asking, "read", side_effect=RuntimeError), pytest.raises(RuntimeError):
        make_export.call(export=str(export.pk), at=NOW)
    assert "could not be made" in client.get(f"/register/ekspor/{export.pk}/").content.decode()


def test_only_known_forms_are_made(desk: Desk, browser: Browser, office: Office) -> None:
    assert browser("staf").post(f"{BOOK}ekspor/", {"bentuk": "exe"}).status_code == 404
    assert browser("staf").get(f"{BOOK}ekspor/").status_code == 405
    assert not Export.objects.exists()
