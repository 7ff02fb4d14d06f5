"""Books are written by the steps themselves, and only ever grow."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from laksana.cases import actions
from laksana.cases.behaviour import Behaviour, Situation
from laksana.cases.errors import Invalid, NotYours
from laksana.cases.tests.conftest import MORNING, Desk, definition, install
from laksana.registers.models import Entry
from laksana.registers.services import Line, UnknownBookError, book, correct, entries, words
from laksana.worktime.zone import OFFICE_ZONE

Begin = Callable[..., Desk]
FIELDS: dict[str, Any] = {
    "nama": {"label": "Nama pemohon", "type": "text"},
    "biaya": {"label": "Biaya", "type": "money"},
    "mulai": {"label": "Mulai", "type": "date"},
    "hasil": {"label": "Hasil", "type": "text"},
    "barang": {"label": "Barang", "type": "table", "columns": {"kode": {"label": "Kode", "type": "text"}}},
}
STEPS: list[dict[str, Any]] = [
    {"id": "isi", "asks": ["nama", "biaya", "mulai", "barang"]},
    {
        "id": "periksa",
        "by": "kasubag",
        "asks": ["hasil"],
        "decides": "Memeriksa",
        "outcomes": {"Ya": "selesai", "Tidak": "isi"},
    },
]


def register(**over: Any) -> dict[str, Any]:
    columns = {"nomor": "nomor", "tanggal": "tanggal", "nama": "nama", "biaya": "biaya", "hasil": "hasil"}
    return {"id": "buku", "title": "Buku Contoh", "at": "isi", "columns": columns} | over


@pytest.fixture
def own() -> Iterator[Behaviour]:
    """The Python side of the example; an empty one takes its place afterwards."""
    yield Behaviour("contoh")
    Behaviour("contoh")


def read(at: datetime = MORNING, **filters: Any) -> list[Line]:
    return list(entries("contoh", "buku", None, at, **filters))


def in_words(line: Line) -> dict[str, str]:
    return {column: words(held) for column, held in line.cells.items()}


def test_a_step_writes_its_row_with_the_number_and_day_of_the_book(begin: Begin) -> None:
    desk = begin(steps=STEPS, fields=FIELDS, registers=[register()])
    assert read() == []
    desk.do("isi", nama="Siti Contoh", biaya="1.250.000")
    [line] = read()
    assert in_words(line) == {
        "nomor": "1",
        "tanggal": "10 November 2026",
        "nama": "Siti Contoh",
        "biaya": "Rp1.250.000",
        "hasil": "",
    }
    assert (line.year, line.number, line.case) == (2026, 1, "CONTOH/2026/0001")


def test_numbers_run_on_from_case_to_case(begin: Begin) -> None:
    desk = begin(steps=STEPS, fields=FIELDS, registers=[register()])
    desk.do("isi", nama="Siti Contoh")
    other = Desk(desk.office, actions.start("contoh", desk.office.staf, MORNING, values={}))
    other.do("isi", nama="Budi Contoh")
    assert [(line.number, in_words(line)["nama"]) for line in read()] == [
        (1, "Siti Contoh"),
        (2, "Budi Contoh"),
    ]


def test_an_action_that_is_undone_leaves_no_row_and_no_number(begin: Begin) -> None:
    desk = begin(steps=STEPS, fields=FIELDS, registers=[register()])
    with transaction.atomic():
        desk.do("isi", nama="Siti Contoh")
        transaction.set_rollback(True)
    assert not Entry.objects.exists()
    desk.do("isi", nama="Siti Contoh")
    assert [line.number for line in read()] == [1]


def test_doing_the_step_again_corrects_the_row_and_keeps_what_stood(begin: Begin) -> None:
    desk = begin(steps=STEPS, fields=FIELDS, registers=[register()])
    desk.do("isi", nama="Siti Contoh", biaya="100")
    desk.do("periksa", "kasubag", outcome="Tidak")
    desk.do("isi", nama="Siti Contoh", biaya="200")
    [line] = read()
    assert in_words(line)["biaya"] == "Rp200"
    [correction] = line.corrections
    assert [words(held) for held in correction.before.values()] == ["Rp100"]
    assert correction.by == "Staf Contoh"


def test_doing_the_step_again_alike_adds_nothing(begin: Begin) -> None:
    desk = begin(steps=STEPS, fields=FIELDS, registers=[register()])
    desk.do("isi", nama="Siti Contoh")
    desk.do("periksa", "kasubag", outcome="Tidak")
    desk.do("isi")
    assert Entry.objects.count() == 1


def test_a_book_of_every_time_gets_a_row_of_its_own(begin: Begin) -> None:
    desk = begin(steps=STEPS, fields=FIELDS, registers=[register(each_time=True)])
    desk.do("isi", nama="Siti Contoh")
    desk.do("periksa", "kasubag", outcome="Tidak")
    desk.do("isi")
    assert [line.number for line in read()] == [1, 2]


def test_later_steps_fill_in_what_was_empty_and_change_nothing_else(begin: Begin) -> None:
    desk = begin(steps=STEPS, fields=FIELDS, registers=[register(filled_at="periksa")])
    desk.do("isi", nama="Siti Contoh")
    desk.do("periksa", "kasubag", outcome="Ya", hasil="Baik")
    [line] = read()
    assert in_words(line)["hasil"] == "Baik"
    assert in_words(line)["nama"] == "Siti Contoh"
    assert line.corrections == ()
    assert Entry.objects.get(kind=Entry.Kind.ADDITION).values == {"hasil": "Baik"}


def test_a_condition_decides_whether_a_row_is_written(begin: Begin) -> None:
    desk = begin(steps=STEPS, fields=FIELDS, registers=[register(at="periksa", when="periksa == 'Ya'")])
    desk.do("isi", nama="Siti Contoh")
    desk.do("periksa", "kasubag", outcome="Tidak")
    assert read() == []
    desk.do("isi")
    desk.do("periksa", "kasubag", outcome="Ya")
    assert len(read()) == 1


def test_a_row_for_each_row_of_a_table(begin: Begin) -> None:
    declared = register(for_each="barang", columns={"nomor": "nomor", "kode": "kode", "nama": "nama"})
    desk = begin(steps=STEPS, fields=FIELDS, registers=[declared])
    desk.do("isi", nama="Siti Contoh", barang=[{"kode": "01"}, {"kode": "02"}])
    assert [(line.number, in_words(line)["kode"]) for line in read()] == [(1, "01"), (2, "02")]


def test_the_procedure_fills_what_no_field_fills(begin: Begin, own: Behaviour) -> None:
    @own.row("buku")
    def row(situation: Situation) -> dict[str, Any]:
        return {"keterangan": "Diterima", "biaya": None}

    columns = {"biaya": "biaya", "keterangan": "keterangan", "nama": "nama"}
    desk = begin(steps=STEPS, fields=FIELDS, registers=[register(columns=columns)])
    desk.do("isi", nama="Siti Contoh", biaya="100")
    [line] = read()
    assert in_words(line) == {"biaya": "", "keterangan": "Diterima", "nama": "Siti Contoh"}


def test_rows_are_found_by_year_and_month(begin: Begin) -> None:
    desk = begin(steps=STEPS, fields=FIELDS, registers=[register()])
    desk.at = datetime(2026, 12, 31, 15, 0, tzinfo=OFFICE_ZONE)
    desk.do("isi", nama="Siti Contoh")
    later = datetime(2027, 1, 4, 8, 0, tzinfo=OFFICE_ZONE)
    other = Desk(desk.office, actions.start("contoh", desk.office.staf, later, values={}), later)
    other.do("isi", nama="Budi Contoh")
    assert [line.number for line in read(later)] == [1, 1]
    assert [in_words(line)["nama"] for line in read(later, year=2026, month=12)] == ["Siti Contoh"]
    assert [in_words(line)["nama"] for line in read(later, year=2027)] == ["Budi Contoh"]
    assert read(later, year=2026, month=11) == []


def test_who_keeps_the_book_corrects_a_row_with_a_reason(begin: Begin) -> None:
    desk = begin(steps=STEPS, fields=FIELDS, registers=[register()])
    desk.do("isi", nama="Siti Cotnoh")
    [line] = read()
    correct(line.entry, {"nama": "Siti Contoh"}, desk.office.staf2, "Salah tulis", desk.at)
    [line] = read()
    assert in_words(line)["nama"] == "Siti Contoh"
    [correction] = line.corrections
    assert (correction.before, correction.reason, correction.by) == (
        {"nama": "Siti Cotnoh"},
        "Salah tulis",
        "Staf2 Contoh",
    )


def test_others_may_not_correct_it(begin: Begin) -> None:
    desk = begin(steps=STEPS, fields=FIELDS, registers=[register()])
    desk.do("isi", nama="Siti Contoh")
    with pytest.raises(NotYours):
        correct(read()[0].entry, {"nama": "Budi"}, desk.office.kepala, "Coba", desk.at)
    assert Entry.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "reason", "wrong"),
    [
        ({"nama": "Budi"}, " ", "reason"),
        ({"tiada": "x"}, "Coba", "tiada"),
        ({"nama": "Siti Contoh"}, "Coba", ""),
    ],
)
def test_a_correction_says_what_is_wrong_with_it(begin: Begin, values: Any, reason: str, wrong: str) -> None:
    desk = begin(steps=STEPS, fields=FIELDS, registers=[register()])
    desk.do("isi", nama="Siti Contoh")
    with pytest.raises(Invalid) as refused:
        correct(read()[0].entry, values, desk.office.staf, reason, desk.at)
    assert list(refused.value.errors) == [wrong]


def test_the_database_itself_refuses_to_change_or_delete_a_row(begin: Begin) -> None:
    desk = begin(steps=STEPS, fields=FIELDS, registers=[register()])
    desk.do("isi", nama="Siti Contoh")
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.update(values={})
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.all().delete()
    assert Entry.objects.count() == 1


def test_a_row_of_a_sealed_case_shows_only_its_cover(begin: Begin) -> None:
    choices = {"biasa": "Biasa", "rahasia": "Rahasia"}
    sifat = {"label": "Sifat", "type": "choice", "choices": choices, "envelope": True}
    columns = {"nomor": "nomor", "tanggal": "tanggal", "sifat": "sifat", "nama": "nama"}
    access = {"by": "sifat", "levels": {"biasa": "terbuka", "rahasia": "rahasia"}, "readers": ["kasubag"]}
    steps = [{"id": "isi", "asks": [*FIELDS, "sifat"]}, {**STEPS[1], "asks": []}]
    desk = begin(
        steps=steps,
        fields=FIELDS | {"sifat": sifat},
        registers=[register(columns=columns)],
        data={"access": access},
    )
    desk.do("isi", nama="Siti Contoh", sifat="rahasia")
    cover = {"nomor": "1", "tanggal": "10 November 2026", "sifat": "Rahasia"}
    [hidden] = entries("contoh", "buku", desk.office.sekretaris, desk.at)
    assert hidden.sealed
    assert in_words(hidden) == cover | {"nama": "(rahasia)"}
    [seen] = entries("contoh", "buku", desk.office.kasubag, desk.at)
    assert not seen.sealed
    assert in_words(seen) == cover | {"nama": "Siti Contoh"}


def test_a_book_shows_the_columns_of_earlier_versions_and_is_read_when_it_is_kept_no_more(
    begin: Begin,
) -> None:
    desk = begin(steps=STEPS, fields=FIELDS, registers=[register()])
    desk.do("isi", nama="Siti Contoh", biaya="100")
    steps = [{"id": "terima"}, *STEPS]
    fewer = register(columns={"nama": "nama", "mulai": "mulai"})
    install(definition(steps=steps, fields=FIELDS, registers=[fewer], version=2))
    assert [column.key for column in book("contoh", "buku").columns] == [
        "nama", "mulai", "nomor", "tanggal", "biaya", "hasil",
    ]  # fmt: skip
    install(definition(steps=steps, fields=FIELDS, version=3))
    assert in_words(read()[0])["biaya"] == "Rp100"
    with pytest.raises(UnknownBookError):
        book("contoh", "tiada")


def told(**columns: str) -> dict[str, Any]:
    return register(columns={"nomor": "nomor", **columns})


def test_a_column_says_who_did_a_step_and_when_once_it_is_done(begin: Begin) -> None:
    desk = begin(
        steps=STEPS, fields=FIELDS, registers=[told(oleh="by periksa", pada="at periksa", hari="on isi")]
    )
    desk.do("isi", nama="Siti Contoh")
    assert in_words(read()[0]) == {"nomor": "1", "oleh": "", "pada": "", "hari": "10 November 2026"}
    desk.do("periksa", "kasubag", outcome="Ya")
    assert in_words(read()[0])["oleh"] == "Kasubag Contoh"
    assert in_words(read()[0])["pada"].startswith("10 November 2026, ")


def test_what_came_before_the_row_does_not_count_for_what_comes_then(begin: Begin) -> None:
    book = told(kembali="then by periksa", dulu="by periksa") | {"each_time": True}
    desk = begin(steps=STEPS, fields=FIELDS, registers=[book])
    desk.do("isi", nama="Siti Contoh")
    desk.do("periksa", "kasubag", outcome="Tidak")
    desk.do("isi")
    assert [in_words(line)["kembali"] for line in read()] == ["Kasubag Contoh", ""]
    assert [in_words(line)["dulu"] for line in read()] == ["Kasubag Contoh", "Kasubag Contoh"]


def test_a_column_says_what_stands_in_the_rows_of_a_table(begin: Begin) -> None:
    desk = begin(steps=STEPS, fields=FIELDS, registers=[told(kode="barang.kode")])
    desk.do("isi", barang=[{"kode": "A"}, {"kode": "B"}, {"kode": "A"}, {"kode": ""}])
    assert in_words(read()[0])["kode"] == "A; B"


def test_the_second_source_speaks_where_the_first_says_nothing(begin: Begin) -> None:
    desk = begin(steps=STEPS, fields=FIELDS, registers=[told(siapa="nama or by isi")])
    desk.do("isi")
    Desk(desk.office, actions.start("contoh", desk.office.staf, MORNING, values={})).do(
        "isi", nama="Siti Contoh"
    )
    assert [in_words(line)["siapa"] for line in read()] == ["Staf Contoh", "Siti Contoh"]
