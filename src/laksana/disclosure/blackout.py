"""Makes a new PDF in which marked places are gone, and finds places by words.

The pages are drawn, the marks are burnt into the drawing, and the new file holds the drawings and nothing else: no text, no
form, no note, no layer, no attachment, no earlier version, no thumbnail, no metadata of the old one can come along, because
nothing of the old file is copied. Text is not carried over either, not even beside the marks: a text that lies hidden under a
bar of the old file could not be told from one that can be seen.

A file may be hostile: the work is done in a process of its own with little memory and time.
"""

import io
import json
import os
import re
import resource
import subprocess
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import IO, Any, Final

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageCms, ImageDraw, ImageOps

from laksana.disclosure.scale import WHOLE

PDF: Final = "application/pdf"
PICTURES: Final = frozenset({"image/jpeg", "image/png", "image/webp", "image/tiff"})
DPI: Final = 200
MOST_PAGES: Final = 300
MOST_PIXELS: Final = 40_000_000
_MOST_FOUND: Final = 2_000
_SECONDS: Final = 600
_MEMORY: Final = 3 << 30
_PACKAGE = Path(__file__).resolve().parents[2]
_PAD: Final = 15
"""How far a mark by words reaches over the letters, in parts of the page."""


@dataclass(frozen=True)
class Box:
    """A rectangle of a page (counted from 1), in ten-thousandths of its width and height from the upper left."""

    page: int
    left: int
    top: int
    width: int
    height: int


class BlackoutError(ValueError):
    """The file cannot be read, drawn within the limits, or would still hold what it should not; the message says which."""


def blacked_out(content: IO[bytes], media_type: str, boxes: Iterable[Box], title: str) -> bytes:
    """Return a PDF/A-2b of the pages with the boxes burnt in, black, and nothing else of the file. Raises BlackoutError."""
    order = {"kind": media_type, "boxes": [astuple(box) for box in boxes], "title": title}
    made = _ask(content, "blackout", json.dumps(order))
    check_clean(made)
    return made


def places_of(content: IO[bytes], media_type: str, words: str) -> list[Box]:
    """Return where words stand in a PDF, in any case and over line ends; nothing of a picture. Raises BlackoutError."""
    if media_type != PDF or not words.strip():
        return []
    return [Box(*each) for each in json.loads(_ask(content, "find", words))]


def check_clean(pdf: bytes) -> None:
    """Raise BlackoutError where a PDF holds anything but one picture on each page."""
    if pdf.count(b"%%EOF") != 1:
        raise BlackoutError("more than one version")
    with pikepdf.open(io.BytesIO(pdf)) as document:
        if set(document.Root.keys()) - {"/Type", "/Pages", "/Metadata", "/OutputIntents", "/Version"}:
            raise BlackoutError("more than pages")
        for page in document.pages:
            if set(page.obj.keys()) - {"/Type", "/Parent", "/MediaBox", "/Resources", "/Contents"}:
                raise BlackoutError("more on a page than its picture")
            if list(page.resources.keys()) != ["/XObject"]:
                raise BlackoutError("fonts or other resources")
    for one in pypdfium2.PdfDocument(pdf):
        if one.get_textpage().count_chars():
            raise BlackoutError("text")


def _ask(content: IO[bytes], *question: str) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603  (this module itself, with words and numbers of ours)
            [sys.executable, "-m", "laksana.disclosure.blackout", *question],
            input=content.read(),
            capture_output=True,
            timeout=_SECONDS,
            check=True,
            env={"PYTHONPATH": str(_PACKAGE), "PATH": os.defpath},
        )
    except subprocess.SubprocessError as error:
        raise BlackoutError("unreadable") from error
    return done.stdout


def _answer(question: Sequence[str], content: bytes) -> bytes:
    match question:
        case ["find", words]:
            return json.dumps([astuple(box) for box in _found(content, words)]).encode()
        case ["blackout", order]:
            return _made(content, json.loads(order))
    raise ValueError(question)


# -- finding -----------------------------------------------------------------------------------------------------------


def _found(content: bytes, words: str) -> list[Box]:
    wanted = _folded(words).split()
    pattern = re.compile(r"[\s\u00ad\ufffe-]*".join(map(re.escape, wanted)) if wanted else r"(?!)")
    boxes: list[Box] = []
    for number, page in enumerate(pypdfium2.PdfDocument(content), 1):
        boxes += _found_on(page, number, pattern)
        if len(boxes) > _MOST_FOUND or number >= MOST_PAGES:
            break
    return boxes[:_MOST_FOUND]


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _found_on(page: pypdfium2.PdfPage, number: int, pattern: re.Pattern[str]) -> Iterator[Box]:
    text = page.get_textpage()
    letters, places = [], []
    for index in range(text.count_chars()):
        folded = _folded(chr(pdfium.FPDFText_GetUnicode(text, index)))
        letters.append(folded)
        places += [index] * len(folded)
    for match in pattern.finditer("".join(letters)):
        first, last = places[match.start()], places[match.end() - 1]
        for rect in range(pdfium.FPDFText_CountRects(text, first, last - first + 1)):
            if (box := _box(page, number, text.get_rect(rect))) is not None:
                yield box


def _box(page: pypdfium2.PdfPage, number: int, rect: tuple[float, float, float, float]) -> Box | None:
    """Return a rectangle of PDF's own coordinates as it stands on the page that is seen, turned and cropped; None outside it."""
    corners = [_on_page(page, rect[0], rect[1]), _on_page(page, rect[2], rect[3])]
    left, right = sorted(x for x, _y in corners)
    top, bottom = sorted(y for _x, y in corners)
    high = (bottom - top) // 5  # letters reach over the rectangle that PDFium gives
    left, right = max(left - _PAD, 0), min(right + _PAD, WHOLE)
    top, bottom = max(top - _PAD - high, 0), min(bottom + _PAD + high, WHOLE)
    return Box(number, left, top, right - left, bottom - top) if right > left and bottom > top else None


def _on_page(page: pypdfium2.PdfPage, x: float, y: float) -> tuple[int, int]:
    across, down = pdfium.c_int(), pdfium.c_int()
    pdfium.FPDF_PageToDevice(page, 0, 0, WHOLE, WHOLE, 0, x, y, across, down)
    return across.value, down.value


# -- blacking out ------------------------------------------------------------------------------------------------------


def _made(content: bytes, order: dict[str, Any]) -> bytes:
    boxes = [Box(*each) for each in order["boxes"]]
    document = pikepdf.new()
    for number, (picture, points) in enumerate(_pages(content, order["kind"]), 1):
        if number > MOST_PAGES:
            raise ValueError("too many pages")
        _burn(picture, [box for box in boxes if box.page == number])
        _add_page(document, picture, points)
    _describe(document, order["title"])
    target = io.BytesIO()
    document.save(target, deterministic_id=True, min_version="1.7")
    return target.getvalue()


def _pages(content: bytes, kind: str) -> Iterator[tuple[Image.Image, tuple[float, float]]]:
    """Yield each page as a picture in colours, with its size in points."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS * 2
    if kind == PDF:
        for page in pypdfium2.PdfDocument(content):
            wide, high = page.get_size()
            scale = min(DPI / 72, (MOST_PIXELS / max(wide * high, 1)) ** 0.5)
            drawn = page.render(scale=scale, may_draw_forms=False)
            yield drawn.to_pil().convert("RGB"), (wide, high)
        return
    with Image.open(io.BytesIO(content)) as picture:
        for frame in range(getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1):
            picture.seek(frame)
            seen = _flat(ImageOps.exif_transpose(picture))
            yield seen, (seen.width * 72 / DPI, seen.height * 72 / DPI)


def _flat(picture: Image.Image) -> Image.Image:
    """Return a picture on white paper: what is transparent hides nothing."""
    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return picture.convert("RGB")
    layered = picture.convert("RGBA")
    paper = Image.new("RGB", layered.size, "white")
    paper.paste(layered, mask=layered.getchannel("A"))
    return paper


def _burn(picture: Image.Image, boxes: Iterable[Box]) -> None:
    draw = ImageDraw.Draw(picture)
    for box in boxes:
        left, top = box.left * picture.width // WHOLE, box.top * picture.height // WHOLE
        right = -(-(box.left + box.width) * picture.width // WHOLE)
        bottom = -(-(box.top + box.height) * picture.height // WHOLE)
        draw.rectangle((left - 1, top - 1, right + 1, bottom + 1), fill="black")


def _add_page(document: pikepdf.Pdf, picture: Image.Image, points: tuple[float, float]) -> None:
    plain = Image.frombytes("RGB", picture.size, picture.tobytes())  # without what the picture knew of itself
    packed = io.BytesIO()
    plain.save(packed, "JPEG", quality=82)
    image = pikepdf.Stream(
        document,
        packed.getvalue(),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=plain.width,
        Height=plain.height,
        ColorSpace=pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
    wide, high = (round(side, 2) for side in points)
    page = pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=[0, 0, wide, high],
        Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(Page=image)),
        Contents=pikepdf.Stream(document, f"q {wide} 0 0 {high} 0 0 cm /Page Do Q".encode()),
    )
    document.pages.append(pikepdf.Page(document.make_indirect(page)))


def _describe(document: pikepdf.Pdf, title: str) -> None:
    """Say what PDF/A-2b asks for: a title, the standard, and what the colours mean."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[24:36] = bytes.fromhex(
        "07e800010001000000000000"
    )  # made on no day, so that the same file is the same bytes
    colours = pikepdf.Stream(document, bytes(profile), N=3)
    intent = pikepdf.Dictionary(
        Type=pikepdf.Name.OutputIntent,
        S=pikepdf.Name.GTS_PDFA1,
        OutputConditionIdentifier="sRGB",
        Info="sRGB",
        DestOutputProfile=colours,
    )
    document.Root.OutputIntents = pikepdf.Array([document.make_indirect(intent)])
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as about:
        about["pdfaid:part"], about["pdfaid:conformance"] = "2", "B"
        about["dc:title"] = title


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    sys.stdout.buffer.write(_answer(sys.argv[1:], sys.stdin.buffer.read()))
