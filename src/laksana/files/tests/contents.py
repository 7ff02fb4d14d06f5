"""Small files of every kind, made here, for the tests."""

import io
import struct
import zipfile
from collections.abc import Mapping

from PIL import Image, PngImagePlugin

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + rb"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"
MAIL = b"From: Warga <warga@contoh.example>\r\nDate: Mon, 2 Nov 2026 09:00:00 +0700\r\nSubject: Lampu jalan\r\n\r\nMati.\r\n"
GPS = {1: "S", 2: (6.0, 7.0, 12.0), 3: "E", 4: (106.0, 9.0, 0.0)}


def picture(picture_format: str = "JPEG", size: tuple[int, int] = (64, 48), **options: object) -> bytes:
    """Return a picture with a gradient."""
    target = io.BytesIO()
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    image.save(target, picture_format, **options)
    return target.getvalue()


def photograph(picture_format: str = "JPEG", orientation: int = 6) -> bytes:
    """Return a picture that says where it was taken, in Exif and in XMP, and which way is up."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Telepon Contoh"
    exif.get_ifd(0x8825).update(GPS)
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>6,7.2S</exif:GPSLatitude></x:xmpmeta>'
    beside = PngImagePlugin.PngInfo()
    beside.add_itxt("XML:com.adobe.xmp", xmp.decode())
    more = {"pnginfo": beside} if picture_format == "PNG" else {"xmp": xmp}
    return picture(picture_format, exif=exif.tobytes(), **more)


def archive(parts: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a ZIP archive of these parts, in their order."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as opened:
        for name, content in parts.items():
            opened.writestr(name, content)
    return target.getvalue()


def ooxml(main: str, more: Mapping[str, bytes] | None = None) -> bytes:
    """Return an Office document whose main part is of this content type."""
    types = f'<Types><Override ContentType="application/vnd.openxmlformats-officedocument.{main}"/></Types>'
    return archive({"[Content_Types].xml": types.encode(), "word/document.xml": b"<w/>", **(more or {})})


def docx(more: Mapping[str, bytes] | None = None) -> bytes:
    """Return a Word document."""
    return ooxml("wordprocessingml.document.main+xml", more)


def xlsx() -> bytes:
    """Return an Excel workbook."""
    return ooxml("spreadsheetml.sheet.main+xml")


def odt(more: Mapping[str, bytes] | None = None) -> bytes:
    """Return an OpenDocument text."""
    kind = b"application/vnd.oasis.opendocument.text"
    return archive({"mimetype": kind, "content.xml": b"<office/>", **(more or {})}, zipfile.ZIP_STORED)


def lying_docx() -> bytes:
    """Return a Word document one of whose parts says that it is smaller than it is."""
    raw = bytearray(docx({"word/media/big.bin": bytes(1_000_000)}))
    entry = raw.rindex(b"word/media/big.bin") - 46
    assert raw[entry : entry + 4] == b"PK\x01\x02"
    struct.pack_into("<L", raw, entry + 24, 1000)
    return bytes(raw)
