"""Make the files of the demonstration: letters as the front desk gets them. Run `python -m` this module; it writes beside itself.

A scan is a page set by Typst, then turned a little, greyed and speckled as a scanner does; a photograph is a page seen askew on a
desk. The same run gives the same files.
"""

import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from random import Random
from typing import Any

import fontpkg_arimo
import typst
from PIL import Image, ImageChops, ImageFilter, ImageOps

from laksana.library.persuratan.surat_masuk.demo import letters

HERE = Path(__file__).resolve().parent
MADE = datetime(2026, 11, 10, 1, tzinfo=UTC)
SCAN_DPI, PHOTO_DPI = 110, 120
DESK = (94, 78, 62)


def page(letter: dict[str, Any], dpi: int) -> Image.Image:
    """Return a letter's only page as an image."""
    png = typeset(letter, format="png", ppi=dpi)
    return Image.open(io.BytesIO(png)).convert("RGB")


def typeset(letter: dict[str, Any], **options: Any) -> bytes:
    """Return a letter of one page in the format that the options ask for."""
    made = typst.compile(
        HERE / "letter.typ",
        sys_inputs={"letter": json.dumps(letter)},
        font_paths=[fontpkg_arimo.ROOT / "files"],
        ignore_system_fonts=True,
        timestamp=int(MADE.timestamp()),
        **options,
    )
    if not isinstance(made, bytes):
        raise TypeError("a letter of the demonstration has one page")
    return made


def scan(image: Image.Image, random: Random) -> Image.Image:
    """Return a page as a scanner gives it: grey, a little askew, with dust and a shadow at the edge."""
    grey = ImageOps.grayscale(image).rotate(random.uniform(-0.8, 0.8), expand=False, fillcolor=255)
    shade = Image.linear_gradient("L").rotate(90).resize(grey.size).point(lambda v: 255 - max(0, 24 - v) * 4)
    grey = ImageChops.multiply(grey, shade)
    for _ in range(140):
        at = (random.randrange(grey.width), random.randrange(grey.height))
        grey.putpixel(at, random.randrange(90, 190))
    return grey.filter(ImageFilter.GaussianBlur(0.4)).point(lambda v: min(255, int(v * 0.97) + 4))


def photograph(image: Image.Image, random: Random) -> Image.Image:
    """Return a page as a hand-held camera sees it: askew on a desk, unevenly lit."""
    wide, high = image.size
    margin = wide // 14
    frame = (wide + 2 * margin, high + 2 * margin)
    corners = [
        (x + random.randrange(margin), y + random.randrange(margin)) for x, y in _corners(frame, margin)
    ]
    turn = _perspective(corners, [(0, 0), (wide, 0), (wide, high), (0, high)])
    seen = image.transform(frame, Image.Transform.PERSPECTIVE, turn, Image.Resampling.BICUBIC)
    paper = Image.new("L", image.size, 255).transform(frame, Image.Transform.PERSPECTIVE, turn)
    desk = Image.new("RGB", frame, DESK)
    desk.paste(seen, mask=paper)
    light = Image.radial_gradient("L").resize(frame).point(lambda v: 255 - v // 3)
    lit = ImageChops.multiply(desk, Image.merge("RGB", (light, light, light.point(lambda v: int(v * 0.94)))))
    return lit.filter(ImageFilter.GaussianBlur(0.6))


def _corners(frame: tuple[int, int], margin: int) -> list[tuple[int, int]]:
    wide, high = frame
    near, far_x, far_y = margin // 2, wide - 3 * margin // 2, high - 3 * margin // 2
    return [(near, near), (far_x, near), (far_x, far_y), (near, far_y)]


def _perspective(seen: list[tuple[int, int]], flat: list[tuple[int, int]]) -> tuple[float, ...]:
    """Return the eight coefficients that take the corners as seen to those of the flat page (Gauss-Jordan)."""
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(seen, flat, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    for column in range(8):
        pivot = max(range(column, 8), key=lambda row: abs(rows[row][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        rows[column] = [value / rows[column][column] for value in rows[column]]
        for row in range(8):
            if row != column:
                factor = rows[row][column]
                rows[row] = [a - factor * b for a, b in zip(rows[row], rows[column], strict=True)]
    return tuple(row[8] for row in rows)


def message() -> bytes:
    """Return the e-mail of a citizen with a letter attached."""
    mail = EmailMessage()
    mail["From"] = "Warga Contohsari <warga.contohsari@example.id>"
    mail["To"] = "Diskominfo Kota Serang <surat@contoh.go.id>"
    mail["Subject"] = "Permohonan pemasangan Wi-Fi publik di taman lingkungan"
    mail["Date"] = "Tue, 10 Nov 2026 07:42:11 +0700"
    mail["Message-ID"] = "<20261110074211.1@example.id>"
    mail.set_content(letters.CITIZEN_MESSAGE)
    pdf = typeset(letters.CITIZEN, format="pdf")
    mail.add_attachment(pdf, maintype="application", subtype="pdf", filename="Permohonan Wi-Fi publik.pdf")
    mail.set_boundary("==contoh==")
    return mail.as_bytes()


def files() -> Iterator[tuple[str, bytes]]:
    """Yield every file of the demonstration: its name and content."""
    random = Random(2026)  # noqa: S311  (dust, not secrets)
    scanned = io.BytesIO()
    image = scan(page(letters.BAPPERIDA, SCAN_DPI), random)
    made = MADE.timetuple()
    image.save(
        scanned, "PDF", resolution=SCAN_DPI, quality=45, creationDate=made, modDate=made, title="Pindaian"
    )
    yield "surat-opd.pdf", scanned.getvalue()
    for number, letter in enumerate((letters.MINISTRY_1, letters.MINISTRY_2), 1):
        photo = io.BytesIO()
        photograph(page(letter, PHOTO_DPI), random).save(photo, "JPEG", quality=48, optimize=True)
        yield f"surat-kementerian-{number}.jpg", photo.getvalue()
    yield "surat-warga.eml", message()


if __name__ == "__main__":
    for name, content in files():
        (HERE / name).write_bytes(content)
