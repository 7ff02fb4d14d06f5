"""The control sheet tells who gave his paraf or returned the draft, and what each version changed, from the events alone."""

from hypothesis import given
from hypothesis import strategies as st

from laksana.cases import actions
from laksana.cases.services import definition
from laksana.cases.tests.conftest import Desk
from laksana.documents.tests.pdf import text_of
from laksana.signing.drafting import control_sheet, control_sheet_pdf, word_changes
from laksana.signing.tests.conftest import FIELDS, STEPS, Begin


def returned(begin: Begin) -> Desk:
    desk = begin(steps=STEPS, fields=FIELDS)
    desk.do("konsep", nama="Siti Contoh", isi="Diizinkan tiga hari kerja.")
    desk.do("paraf", "sekretaris", outcome="Tidak", koreksi="Empat hari, bukan tiga.")
    desk.do("konsep", nama="Siti Contoh", isi="Diizinkan empat hari kerja.")
    desk.do("paraf", "sekretaris", outcome="Ya")
    return desk


def test_a_returned_draft_is_a_new_version_with_its_changes(begin: Begin) -> None:
    desk = returned(begin)
    sheet = control_sheet(desk.case, definition(desk.case))
    assert [(turn.version, turn.returned, turn.name) for turn in sheet.turns] == [
        (1, True, "Sekretaris Contoh"),
        (2, False, "Sekretaris Contoh"),
    ]
    assert sheet.turns[0].comments == ["Empat hari, bukan tiga."]


def test_the_changes_are_told_word_by_word(begin: Begin) -> None:
    desk = returned(begin)
    (change,) = control_sheet(desk.case, definition(desk.case)).drafts[-1].changes
    assert change.label == "Isi"
    assert [(piece.kind, piece.text) for piece in change.pieces] == [
        ("same", "Diizinkan "), ("out", "tiga"), ("in", "empat"), ("same", " hari kerja."),
    ]  # fmt: skip


def test_a_paraf_taken_back_does_not_count(begin: Begin) -> None:
    desk = returned(begin)
    item = desk.case.work_items.filter(step="paraf", state="selesai").latest("pk")
    actions.withdraw(item.pk, desk.office.sekretaris, desk.at)
    sheet = control_sheet(desk.case, definition(desk.case))
    assert [turn.version for turn in sheet.turns] == [1]


def test_the_sheet_is_printed(begin: Begin) -> None:
    desk = returned(begin)
    text = text_of(control_sheet_pdf(desk.case, definition(desk.case), desk.at))
    for part in ("LEMBAR KENDALI KONSEP", "Sekretaris Contoh", "Empat hari, bukan tiga.", "Versi 2"):
        assert part in text, part


@given(st.text(max_size=60), st.text(max_size=60))
def test_both_texts_can_be_read_from_their_changes(old: str, new: str) -> None:
    pieces = word_changes(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "in") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "out") == new
