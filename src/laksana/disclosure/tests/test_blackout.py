"""What is blacked out is gone: looked for by programs that have nothing to do with ours, in every corner of the new file."""

import io
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageDraw, ImageFont
from PIL.ExifTags import Base

from laksana.disclosure.blackout import PDF, BlackoutError, Box, blacked_out, check_clean, places_of
from laksana.disclosure.tests.hostile_pdf import KEPT, PHRASE, SECRET, hostile_pdf
from laksana.documents.typesetting import FONTS


def _redacted(content: bytes) -> bytes:
    places = places_of(io.BytesIO(content), PDF, SECRET.lower()) + places_of(io.BytesIO(content), PDF, PHRASE)
    return blacked_out(io.BytesIO(content), PDF, places, "Jawaban")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the new file made of the hostile one."""
    file = tmp_path_factory.mktemp("hitam") / "jawaban.pdf"
    file.write_bytes(_redacted(hostile_pdf()))
    return file


def _run(*command: str | Path) -> bytes:
    if shutil.which(str(command[0])) is None:
        pytest.skip(f"{command[0]} is not here")
    done = subprocess.run([str(part) for part in command], check=False, capture_output=True)  # noqa: S603
    assert done.returncode in (0, 3), done.stderr  # 3: qpdf read it with warnings
    return done.stdout


def test_the_hostile_file_hides_the_word_where_the_tools_look(tmp_path: Path) -> None:
    file = tmp_path / "asli.pdf"
    file.write_bytes(hostile_pdf())
    assert SECRET.encode() in _run("pdftotext", file, "-")
    assert _run("qpdf", "--qdf", "--object-streams=disable", file, "-").count(SECRET.encode()) > 8
    assert file.read_bytes().count(b"%%EOF") == 2


def test_no_text_is_left_for_pdftotext(made: Path) -> None:
    assert _run("pdftotext", made, "-").strip() == b""


def test_no_object_of_the_file_holds_the_word(made: Path) -> None:
    plain = _run("qpdf", "--qdf", "--object-streams=disable", made, "-")
    for word in (SECRET, PHRASE, "Budi", KEPT):
        for form in (
            word.encode(),
            word.encode("utf-16-be"),
            word.encode().hex().encode(),
            word.encode().hex().upper().encode(),
        ):
            assert form not in plain
            assert form not in made.read_bytes()


def test_nothing_but_pages_with_one_picture_each_is_left(made: Path) -> None:
    assert made.read_bytes().count(b"%%EOF") == 1
    with pikepdf.open(made) as document:
        assert len(document.pages) == 2
        assert not document.attachments
        assert "/Author" not in document.docinfo
        assert set(document.Root.keys()) == {"/Type", "/Pages", "/Metadata", "/OutputIntents"}
        kinds = [
            str(each.get("/Subtype", "")) for each in document.objects if isinstance(each, pikepdf.Stream)
        ]
        assert sorted(kinds) == ["", "", "", "/Image", "/Image", "/XML"]
        for page in document.pages:
            assert not {"/Annots", "/Thumb", "/Rotate", "/CropBox", "/AA"} & set(page.obj.keys())
            for image in page.resources.XObject.values():
                assert isinstance(image, pikepdf.Stream)
                picture = pikepdf.PdfImage(image).as_pil_image()
                assert not picture.getexif()
                assert not {"comment", "icc_profile", "xmp"} & set(picture.info)


def test_the_pixels_under_a_mark_are_black_and_those_beside_it_are_as_they_were(made: Path) -> None:
    before, after = (
        pypdfium2.PdfDocument(content)[0].render(scale=2, may_draw_forms=False).to_pil().convert("L")
        for content in (hostile_pdf(), made.read_bytes())
    )
    assert before.size == after.size
    wide, high = before.size
    places = places_of(io.BytesIO(hostile_pdf()), PDF, SECRET)
    assert len(places) == 3
    for box in places:
        area = tuple(
            round(part * side / 10_000)
            for part, side in (
                (box.left, wide),
                (box.top, high),
                (box.left + box.width, wide),
                (box.top + box.height, high),
            )
        )
        assert after.crop(area).getextrema()[1] < 40
    kept = (110, 262, 450, 290)
    assert before.crop(kept).getextrema()[0] < 60
    assert after.crop(kept).getextrema()[0] < 60


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_words_are_found_on_turned_pages(turned: int) -> None:
    places = places_of(io.BytesIO(hostile_pdf(turned)), PDF, SECRET)
    assert [box.page for box in places] == [1, 1, 1]
    made = blacked_out(io.BytesIO(hostile_pdf(turned)), PDF, places, "Jawaban")
    picture = pypdfium2.PdfDocument(made)[0].render(scale=1).to_pil().convert("L")
    box = places[0]
    middle = (
        (box.left + box.width // 2) * picture.width // 10_000,
        (box.top + box.height // 2) * picture.height // 10_000,
    )
    assert picture.getpixel(middle) < 40


def test_ocr_reads_what_stays_and_not_what_is_covered(made: Path, tmp_path: Path) -> None:
    picture = tmp_path / "halaman.png"
    pypdfium2.PdfDocument(made)[0].render(scale=4).to_pil().save(picture)
    read = _run("tesseract", picture, "-", "--psm", "6").decode()
    assert KEPT in read
    assert SECRET not in read
    assert "Budi" not in read


def test_a_photograph_loses_what_it_knows_of_itself() -> None:
    picture = Image.new("RGB", (900, 600), "white")
    face = ImageFont.truetype(FONTS / "Arimo[wght].ttf", 60)
    ImageDraw.Draw(picture).text((100, 100), SECRET, "black", face)
    about = Image.Exif()
    about[Base.Artist], about[Base.ImageDescription] = SECRET, SECRET
    taken = io.BytesIO()
    picture.save(taken, "JPEG", exif=about, comment=SECRET.encode())
    made = blacked_out(io.BytesIO(taken.getvalue()), "image/jpeg", [Box(1, 1000, 1500, 6000, 1500)], "Foto")
    assert SECRET.encode() in taken.getvalue()
    assert SECRET.encode() not in made
    page = pypdfium2.PdfDocument(made)[0].render(scale=1).to_pil().convert("L")
    covered = page.crop((page.width // 8, page.height // 6, page.width * 6 // 10, page.height * 28 // 100))
    assert covered.getextrema()[1] < 40


def test_the_same_marks_give_the_same_bytes_and_a_title() -> None:
    content = hostile_pdf()
    first, second = _redacted(content), _redacted(content)
    assert first == second
    with pikepdf.open(io.BytesIO(first)) as document, document.open_metadata() as about:
        assert (about["pdfaid:part"], about["pdfaid:conformance"], about["dc:title"]) == ("2", "B", "Jawaban")


def test_a_file_that_holds_more_is_refused() -> None:
    with pytest.raises(BlackoutError):
        check_clean(hostile_pdf())
    with pytest.raises(BlackoutError):
        blacked_out(io.BytesIO(b"%PDF-1.7 nothing"), PDF, [], "Rusak")
