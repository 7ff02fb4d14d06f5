"""Cases are found by the stems of their words, alike on every database."""

from collections.abc import Callable
from typing import Any

import pytest

from laksana.cases import actions, services
from laksana.cases.models import Case
from laksana.cases.search import search, stems
from laksana.cases.tests.conftest import MORNING, Desk

Begin = Callable[..., Desk]
FIELDS: dict[str, Any] = {
    "hal": {"label": "Hal", "type": "text"},
    "jenis": {
        "label": "Jenis",
        "type": "choice",
        "choices": {"und": "Surat undangan", "edr": "Surat edaran"},
    },
    "isi": {"label": "Isi", "type": "longtext"},
}
STEPS: list[dict[str, Any]] = [
    {"id": "isi", "asks": ["hal", "jenis", "isi"]},
    {"id": "tutup", "then": "selesai"},
]


@pytest.fixture
def desk(begin: Begin) -> Desk:
    desk = begin(steps=STEPS, fields=FIELDS, subject="{hal}")
    desk.do(
        "isi",
        hal="Permohonan pengadaan server O'Brien & Co.",
        jenis="und",
        isi="Mohon dipertimbangkan: 100% siap",
    )
    other = actions.start("contoh", desk.office.staf, MORNING, values={})
    another = Desk(desk.office, other, desk.at)
    another.do("isi", hal="Peminjaman kendaraan dinas", jenis="edr", isi="")
    return desk


def found(text: str) -> list[str]:
    return [case.subject.split()[0] for case in search(Case.objects.order_by("pk"), text)]


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("mohon", ["Permohonan"]),
        ("PERMOHONAN", ["Permohonan"]),
        ("dimohonkan server", ["Permohonan"]),
        ("pinjam", ["Peminjaman"]),
        ("meminjam kendara", ["Peminjaman"]),
        ("undangan", ["Permohonan"]),
        ("surat", ["Permohonan", "Peminjaman"]),
        ("contoh/2026/0002", ["Peminjaman"]),
        ("serv", ["Permohonan"]),
        ("server pinjam", []),
        ("tidak-ada-kata-ini", []),
        ("o'brien & co", ["Permohonan"]),
        ('"server" OR 1=1; --', []),
        ("100%", ["Permohonan"]),
        ("", []),
        ("  !!  ", []),
    ],
)
def test_words_are_found_by_their_stem_and_the_last_by_its_beginning(
    desk: Desk, text: str, subjects: list[str]
) -> None:
    assert found(text) == subjects


def test_only_what_a_person_may_know_of_is_found(begin: Begin) -> None:
    desk = begin(steps=STEPS, fields=FIELDS, subject="{hal}", data={"classification": "terbatas"})
    desk.do("isi", hal="Permohonan", jenis="und", isi="")
    for person, count in ((desk.office.staf, 1), (desk.office.kepala, 0)):
        assert search(services.readable_by(person, desk.at), "mohon").count() == count


def test_a_changed_value_changes_what_is_found(begin: Begin) -> None:
    steps = [STEPS[0], {"id": "ubah", "asks": ["hal"]}, STEPS[1]]
    desk = begin(steps=steps, fields=FIELDS, subject="{hal}")
    desk.do("isi", hal="Kendaraan", jenis="und", isi="")
    desk.do("ubah", hal="Gedung")
    assert found("kendara") == []
    assert found("gedung") == ["Gedung"]


def test_stems_keep_each_word_once_in_order() -> None:
    assert stems("Permohonan dan mohonlah, di Kota Serang; serang!") == "mohon dan di kota serang"
