"""The printed SOP: identity sheet and flowchart sheets."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from laksana.cases.tests.conftest import definition
from laksana.documents.services import sop_pdf
from laksana.documents.signature import Signatory
from laksana.documents.sop_sheet import sheet_pdf
from laksana.documents.tests.data import AT, LETTERHEAD, RINA
from laksana.documents.tests.pdf import opened, pages_of, text_of
from laksana.documents.total_time import total_time
from laksana.documents.typesetting import ROOT
from laksana.people.models import Holding, Person, Position, Unit
from laksana.sop.definition import Procedure, load

LETTERS = ROOT / "library" / "persuratan" / "surat_masuk" / "sop.yaml"


def procedure(*steps: dict[str, Any], **parts: Any) -> Procedure:
    return load(
        definition(steps=list(steps) or [{"id": "a"}, {"id": "b"}, {"id": "c", "then": "selesai"}], **parts)
    )


def printed(of: Procedure, titles: dict[str, str] | None = None, by: Signatory = RINA) -> bytes:
    return sheet_pdf(of, LETTERHEAD, by, titles or {}, AT)


def test_the_identity_sheet_says_what_the_regulation_asks() -> None:
    text = text_of(printed(procedure(related=["surat-keluar"]), {"surat-keluar": "Pengelolaan Surat Keluar"}))
    for part in (
        "PEMERINTAH KOTA SERANG DINAS KOMUNIKASI DAN INFORMATIKA SEKRETARIAT",
        "Nomor SOP 1",
        "Tanggal Pembuatan 1 Januari 2026",
        "Tanggal Revisi -",
        "Tanggal Efektif 2 Januari 2026",
        "Kepala Dinas Komunikasi dan Informatika, Rina Contoh, S.Kom., M.T.",
        "Nama SOP Prosedur contoh",
        "Dasar Hukum 1. UU 1/2000, tentang contoh",
        "Kualifikasi Pelaksana 1. Cakap",
        "Keterkaitan 1. SOP Pengelolaan Surat Keluar",
        "Peralatan/Perlengkapan 1. Komputer",
        "Peringatan 1. Terlambat",
        "Pencatatan dan Pendataan 1. Buku",
    ):
        assert part in text, part


def test_the_sheet_does_not_tell_a_legal_basis_that_nobody_checked_from_one_that_was() -> None:
    basis = {"cite": "UU 1/2000", "about": "contoh"}
    checked, unchecked = (procedure(legal_basis=[basis | {"checked": told}]) for told in (True, False))
    assert checked != unchecked
    assert printed(checked) == printed(unchecked)


def test_every_kegiatan_stands_on_the_flowchart_sheets() -> None:
    of = load(Path(LETTERS).read_text(), "sop.yaml")
    text = "".join(text_of(printed(of)).split())
    for step in of.steps:
        assert "".join(step.gives.split()) in text.replace("-", "") or step.gives.split()[0] in text
    for head in ("Kegiatan", "Pelaksana", "MutuBaku", "Kelengkapan", "Waktu", "Output", "Keterangan"):
        assert head in text
    assert pages_of(printed(of)) > 2


def test_the_sheets_are_pdf_a_with_tags_and_lie_on_their_side() -> None:
    with opened(printed(procedure())) as pdf:
        with pdf.open_metadata() as xmp:
            assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("2", "A")
        for page in pdf.pages:
            box = page.mediabox
            assert box[2] > box[3]
        assert pdf.check_pdf_syntax() == []


def test_the_same_sop_gives_the_same_bytes() -> None:
    assert printed(procedure()) == printed(procedure())


def test_an_unknown_signatory_stands_as_a_gap() -> None:
    assert "Kepala, [......]" in text_of(printed(procedure(), by=Signatory("Kepala")))


def test_long_lists_go_on_under_the_name_of_the_sop() -> None:
    text = text_of(
        printed(procedure(warnings=[f"Peringatan nomor {number} " + "kata " * 40 for number in range(30)]))
    )
    assert "SOP Prosedur contoh (lanjutan)" in text
    assert "Peringatan nomor 29" in text


@pytest.mark.parametrize(
    ("times", "words"),
    [
        (["30 menit", "2 jam", "15 menit"], "2 jam 45 menit"),
        (["1 hari kerja", "4 jam", "4 jam"], "2 hari kerja 30 menit"),
        (["10 hari", "30 menit", "1 bulan"], "30 menit ditambah 10 hari ditambah 1 bulan"),
    ],
)
def test_the_total_time_keeps_units_of_the_calendar_apart(times: list[str], words: str) -> None:
    steps: list[dict[str, Any]] = [{"id": f"s{place}", "time": time} for place, time in enumerate(times)]
    assert total_time(procedure(*steps)) == words


def test_the_total_follows_the_first_exit_that_leads_down() -> None:
    check: dict[str, Any] = {
        "id": "b",
        "time": "5 menit",
        "decides": "Memeriksa",
        "outcomes": {"Tidak": "a", "Ya": "d", "Lain": "c"},
    }
    steps: list[dict[str, Any]] = [
        {"id": "a", "time": "10 menit"},
        check,
        {"id": "c", "time": "2 jam"},
        {"id": "d", "time": "1 menit"},
    ]
    assert total_time(procedure(*steps)) == "16 menit"


def test_of_parallel_branches_the_longest_counts() -> None:
    steps: list[dict[str, Any]] = [
        {"id": "a", "time": "10 menit", "then": ["b", "c"]},
        {"id": "b", "time": "20 menit", "then": "d"},
        {"id": "c", "time": "40 menit", "then": "d"},
        {"id": "d", "time": "5 menit", "joins": True, "then": "selesai"},
    ]
    assert total_time(procedure(*steps)) == "55 menit"
    assert "Jumlah waktu: 55 menit" in text_of(printed(procedure(*steps)))


@pytest.mark.django_db
def test_a_version_prints_the_same_whenever_it_is_printed_after_it_took_effect() -> None:
    first, later = (sop_pdf(procedure(), at, {}) for at in (AT, AT + timedelta(days=40)))
    assert first == later


@pytest.mark.django_db
def test_who_held_the_position_when_it_took_effect_makes_it_official() -> None:
    unit = Unit.objects.create(code="dinas", name="Dinas")
    head = Position.objects.create(code="kepala", title="Kepala Dinas", unit=unit)
    for name, nip, since, until in (
        ("Rina Contoh, S.E.", "197005051995032001", date(2020, 1, 1), date(2026, 6, 30)),
        ("Budi Contoh, S.H.", "197505052000031001", date(2026, 7, 1), None),
    ):
        person = Person.objects.create(name=name, nip=nip, unit=unit)
        Holding.objects.create(person=person, position=head, since=since, until=until)
    text = text_of(sop_pdf(procedure(), AT, {}))
    assert "Kepala Dinas, Rina Contoh, S.E. NIP 197005051995032001" in text


def test_the_total_can_leave_out_what_somebody_does_alone() -> None:
    lanes = {"pemohon": {"title": "Pemohon", "is": "public", "recorded_by": "position staf"}}
    of = procedure(
        {"id": "a", "by": "pemohon", "time": "2 hari kerja"},
        {"id": "b", "by": ["pemohon", "staf"], "time": "1 jam"},
        {"id": "c", "by": "kasubag", "time": "30 menit", "then": "selesai"},
        performers=lanes,
    )
    assert total_time(of) == "2 hari kerja 1 jam 30 menit"
    assert total_time(of, without=frozenset({"pemohon"})) == "1 jam 30 menit"
