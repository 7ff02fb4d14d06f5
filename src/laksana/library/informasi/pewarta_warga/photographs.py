"""What photographs tell of themselves: their size, when and with what they were taken, and what of it needs a second look."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from PIL import ExifTags, Image

from laksana.cases.models import Attachment
from laksana.files.services import open_file
from laksana.library.informasi.pewarta_warga.rules import figure
from laksana.publishing import videos
from laksana.worktime.zone import OFFICE_ZONE

_EXIF = ExifTags.IFD.Exif
_LONGEST = 120


def told(keys: Iterable[Any], event: datetime | None) -> list[dict[str, Any]]:
    """Return a row for each file: what stands in it, and what does not fit the event that it shows."""
    rows = (
        Attachment.objects.select_related("stored").filter(pk__in=[int(key) for key in keys]).order_by("pk")
    )
    return [_row(each, event) for each in rows]


def _row(row: Attachment, event: datetime | None) -> dict[str, Any]:
    if row.stored.media_type == videos.PUBLISHED:
        return _video(row)
    try:
        with open_file(row.stored) as content, Image.open(content) as picture:
            size, exif = f"{picture.width} x {picture.height}", picture.getexif()
            taken = _taken(exif.get_ifd(_EXIF).get(ExifTags.Base.DateTimeOriginal))
            camera = _said(exif.get(ExifTags.Base.Make), exif.get(ExifTags.Base.Model))
            software = _said(exif.get(ExifTags.Base.Software))
            located = bool(exif.get_ifd(ExifTags.IFD.GPSInfo))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return {"berkas": row.name, "catatan": "Bukan gambar yang dapat dibaca datanya; periksa sendiri."}
    notes = "; ".join(_notes(taken, event, software, located))
    return {
        "berkas": row.name,
        "ukuran": size,
        "waktu_ambil": taken,
        "alat": camera,
        "penyunting": software,
        "catatan": notes,
    }


def _video(row: Attachment) -> dict[str, Any]:
    """Return the row of a video: whether it can run, and that nobody but the editors looks at its pictures."""
    content = videos.made_public(row.stored)
    if content is None:
        return {
            "berkas": row.name,
            "catatan": "Video ini tidak dapat ditayangkan; minta disimpan ulang sebagai MP4.",
        }
    content.close()
    note = (
        "Video; tempat, waktu, dan alat tidak ikut tayang. Tonton sampai habis: isinya tidak diperiksa mesin."
    )
    return {"berkas": row.name, "catatan": note}


def _notes(taken: datetime | None, event: datetime | None, software: str, located: bool) -> Iterator[str]:
    if taken is None:
        yield "Tidak memuat waktu pengambilan"
    elif event is not None and abs(taken - event) > timedelta(days=figure.whole("foto_selisih_hari")):
        days = abs(taken - event).days
        yield f"Diambil {days} hari {'sebelum' if taken < event else 'sesudah'} peristiwa"
    if software:
        yield "Pernah disimpan dengan perangkat lunak"
    if located:
        yield "Memuat titik lokasi"


def _taken(value: object) -> datetime | None:
    """Return when a camera says that a picture was taken, by the office's clock; None where it does not say it rightly."""
    try:
        return datetime.strptime(str(value), "%Y:%m:%d %H:%M:%S").replace(tzinfo=OFFICE_ZONE)
    except ValueError:
        return None


def _said(*parts: object) -> str:
    """Return what a camera wrote, in one line of printable letters."""
    words = " ".join(str(part) for part in parts if part)
    return "".join(letter for letter in words if letter.isprintable()).strip()[:_LONGEST]
