"""What is computed for the newsroom: likeness of texts, what photographs tell, readings from a file, the recap of a month."""

import io
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from laksana.cases.models import Attachment, Case, Clock, SopVersion
from laksana.files.services import store
from laksana.library.informasi.penyebarluasan_informasi import readings, recap
from laksana.library.informasi.pewarta_warga import photographs
from laksana.library.informasi.pewarta_warga.rules import runs, share, similarity
from laksana.library.informasi.tests.calendars import CALENDAR
from laksana.publishing.pictures import made_public
from laksana.worktime.zone import OFFICE_ZONE

WORDS = ["satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh"]
EVENT = datetime(2026, 10, 5, 8, tzinfo=OFFICE_ZONE)


def test_likeness_is_the_share_of_runs_of_five_words() -> None:
    text = " ".join(WORDS)
    assert similarity(text, text.upper() + "!") == Decimal("100.0")
    assert similarity(text, "lain sama sekali dari yang di atas itu") == Decimal("0.0")
    half = " ".join(WORDS[:7]) + " lalu kata lain yang tidak sama"
    assert similarity(text, half) == Decimal("50.0"), "three of six runs"
    assert similarity("", text) == 0
    assert similarity("tiga kata saja", "TIGA kata, saja.") == Decimal("100.0")


@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=60), st.lists(st.sampled_from(WORDS), max_size=60)
)
def test_a_text_holds_itself_and_a_longer_text_holds_it_too(mine: list[str], more: list[str]) -> None:
    text = " ".join(mine)
    assert similarity(text, text) == 100
    assert 0 <= share(runs(text), runs(" ".join(more))) <= 100
    if len(mine) >= 5:
        assert similarity(text, " ".join([*more, "x", *mine, "y"])) == 100


def photograph(taken: str | None, **tags: Any) -> bytes:
    """Return a photograph with what a camera writes into it, lying on its side."""
    picture, exif = Image.new("RGB", (60, 40), "red"), Image.Exif()
    exif[0x0112] = 6
    for tag, value in tags.items():
        exif[{"camera": 0x0110, "software": 0x0131}[tag]] = value
    if taken:
        exif.get_ifd(0x8769)[36867] = taken
    exif.get_ifd(0x8825)[1] = "S"
    target = io.BytesIO()
    picture.save(target, "JPEG", exif=exif)
    return target.getvalue()


@pytest.mark.django_db
def test_a_photograph_tells_when_and_with_what_it_was_taken_and_what_does_not_fit() -> None:
    at = datetime(2026, 10, 6, 2, tzinfo=UTC)
    keys = []
    for name, content in (
        ("tepat.jpg", photograph("2026:10:05 08:30:00", camera="Kamera Contoh")),
        ("lama.jpg", photograph("2025:10:05 08:30:00", software="Penyunting Contoh\x00")),
        ("rusak.jpg", photograph("kapan saja")),
    ):
        stored = store(io.BytesIO(content), name, ["image/jpeg"], at=at)
        keys.append(Attachment.objects.create(stored=stored, name=name, at=at).pk)
    fine, old, unknown = photographs.told(keys, EVENT)
    assert fine["waktu_ambil"] == EVENT + timedelta(minutes=30)
    assert (fine["alat"], fine["ukuran"], fine["catatan"]) == (
        "Kamera Contoh",
        "60 x 40",
        "Memuat titik lokasi",
    )
    assert "Diambil 364 hari sebelum peristiwa" in old["catatan"]
    assert old["penyunting"] == "Penyunting Contoh"
    assert "Tidak memuat waktu pengambilan" in unknown["catatan"]
    public = made_public(Attachment.objects.get(pk=keys[0]).stored)
    assert public is not None
    with Image.open(io.BytesIO(public)) as shown:
        assert shown.size == (40, 60), "upright"
        assert dict(shown.getexif()) == {}
    assert b"Kamera" not in public


def test_readings_are_read_as_a_whole_or_refused_line_by_line() -> None:
    head = "waktu;kanal_atau_media;judul;sentimen;jangkauan;catatan\n"
    (row,) = readings.rows(head + "2026-10-31 08:00;Koran Contoh;Judul;POSITIF;12;\n")
    assert row["waktu"] == datetime(2026, 10, 31, 8, tzinfo=OFFICE_ZONE)
    assert (row["sentimen"], row["jangkauan"]) == ("positif", Decimal(12))
    with pytest.raises(
        ValueError,
        match=r"Baris 2: judul kosong; waktu ditulis .*Baris 3: .*jangkauan adalah bilangan, bukan -1",
    ):
        readings.rows(head + "kemarin;Koran;;;;\n2026-10-31;Koran;Judul;;-1;\n")
    with pytest.raises(ValueError, match="Kolom yang kurang: judul"):
        readings.rows("waktu,kanal_atau_media\n")


@pytest.mark.django_db
def test_the_recap_of_october_has_the_figures_of_the_reference() -> None:
    """96 releases, 88 within their limit: 91.7 percent, due on Friday 6 November 2026."""
    sop = SopVersion.objects.create(
        procedure="penyebarluasan-informasi", version=99, code="B.7", title="x", unit="x", effective=date(2026, 1, 1),
        definition="", digest="x",
    )  # fmt: skip
    shown = datetime(2026, 10, 1, 8, tzinfo=OFFICE_ZONE)
    late = datetime(2026, 11, 1, 0, 30, tzinfo=OFFICE_ZONE)
    plain = {"kelas": "rutin", "kanal": ["web", "ig"]}
    made = [
        Case(
            number=f"SEBAR/2026/{n:04d}", sop=sop, procedure=sop.procedure, level="terbuka", opened_at=shown,
            data={"waktu_tayang": (late if n == 97 else shown + timedelta(hours=7 * n)).isoformat(), **plain},
        )
        for n in range(1, 98)
    ]  # fmt: skip
    cases = Case.objects.bulk_create(made)
    Clock.objects.bulk_create(
        Clock(
            case=case, clock="rutin", state=Clock.State.MET if n <= 88 else Clock.State.LATE, started_at=shown, due_at=shown,
        )
        for n, case in enumerate(cases, 1)
    )  # fmt: skip
    told = recap.of_month(date(2026, 10, 17), CALENDAR)
    assert (told.releases, told.in_time, told.percent, told.due) == (
        96,
        88,
        Decimal("91.7"),
        date(2026, 11, 6),
    )
    assert told.by_channel == {"web": 96, "ig": 96}
    assert recap.of_month(date(2026, 11, 1), CALENDAR).releases == 1, (
        "shown half an hour after midnight by the office's clock"
    )
