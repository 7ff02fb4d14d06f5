"""Procedures are found by any form of a word, the best first, with the words marked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laksana.library.catalogue import entries
from laksana.library.finding import Found, Piece, find, unsought
from laksana.library.sections import sections_of
from laksana.sop.definition import Procedure
from laksana.sop.tests.examples import procedure, step

BOOK = sorted(
    (each.procedure for each in entries().values()),
    key=lambda p: (p.section, int(p.code.partition(".")[2])),
)


def codes(text: str) -> list[str]:
    return [line.procedure.code for line in find(BOOK, text)]


def whole(pieces: tuple[Piece, ...]) -> str:
    return "".join(piece.text for piece in pieces)


def marked(pieces: tuple[Piece, ...]) -> list[str]:
    return [piece.text for piece in pieces if piece.marked]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("mengajukan cuti", "A.15"),
        ("cara mengajukan cuti", "A.15"),
        ("CUTI", "A.15"),
        ("a.15", "A.15"),
        ("C.2 rabeg", "C.2"),
        ("menghapus barang", "A.20"),
        ("naik pangkat", "A.3"),
        ("perjalanan dinas", "A.14"),
        ("mengirim berita sandi", "D.6"),
        ("mengadukan", "C.2"),
        ("passwo", "C.5"),
    ],
)
def test_what_people_type_leads_to_the_procedure_they_mean(text: str, first: str) -> None:
    assert codes(text)[0] == first


@pytest.mark.parametrize("each", BOOK, ids=lambda p: p.code)
def test_every_procedure_is_found_by_its_title_and_stands_first_by_its_code(each: Procedure) -> None:
    assert each.code in codes(each.title)[:3]
    assert codes(each.code) == [each.code]


def test_the_words_found_are_marked_in_the_title_and_in_an_excerpt_of_what_stands_there() -> None:
    line = find(BOOK, "mengajukan cuti")[0]
    assert marked(line.title) == ["Pengajuan", "Cuti"]
    assert whole(line.title) == line.procedure.title
    assert "cuti" in marked(line.excerpt)
    assert line.complete


def test_a_word_that_only_a_step_has_shows_the_step() -> None:
    made = procedure(steps=[step("a"), step("b", does="Menimbang kerbau", by="kasubag"), step("c")])
    [line] = find([made], "timbang kerbau")
    assert (line.step, whole(line.excerpt), marked(line.excerpt)) == (
        2,
        "Menimbang kerbau",
        ["Menimbang", "kerbau"],
    )


def test_where_none_has_all_the_words_the_nearest_are_shown_as_such() -> None:
    lines = find(BOOK, "memelihara mobil")
    assert 0 < len(lines) <= 10
    assert not any(line.complete for line in lines)
    assert find(BOOK, "xyzzy") == []
    assert find(BOOK, " ?! ") == []


@given(st.text(max_size=30))
def test_no_text_is_a_fault_and_marks_change_no_letter(text: str) -> None:
    for line in find(BOOK[:6], text):
        assert whole(line.title) == line.procedure.title
        inner = whole(line.excerpt).removeprefix("… ").removesuffix(" …")
        texts = [line.procedure.summary, *(each.activity for each in line.procedure.steps)]
        assert any(inner in each for each in texts)


def test_an_excerpt_of_a_long_text_is_short_and_cut_between_words() -> None:
    made = procedure(summary="kata " * 100 + "kerbau " + "kata " * 100)
    [line] = find([made], "kerbau")
    text = whole(line.excerpt)
    assert text.startswith("… kata")
    assert text.endswith("kata …")
    assert "kerbau" in text
    assert len(text) < 220
    assert find([procedure(summary="x" * 500)], "contoh") != []


def test_the_book_by_sections_has_every_procedure_once_in_its_order() -> None:
    sections = sections_of(BOOK)
    assert [(each.letter, len(each.lines)) for each in sections] == [
        ("A", 44),
        ("B", 7),
        ("C", 7),
        ("D", 6),
        ("E", 2),
    ]
    assert [line.procedure for each in sections for line in each.lines] == BOOK
    shown: Found = unsought(BOOK[0])
    assert marked(shown.title) == marked(shown.excerpt) == []
