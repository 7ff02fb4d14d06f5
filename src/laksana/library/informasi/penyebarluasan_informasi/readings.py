"""Readings of reach and press from a CSV file: read as a whole, or refused with every line that is wrong."""

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from laksana.cases.models import Attachment
from laksana.files.services import open_file
from laksana.worktime.zone import OFFICE_ZONE

COLUMNS = ("waktu", "kanal_atau_media", "judul", "sentimen", "jangkauan", "catatan")
SENTIMENTS = ("positif", "netral", "negatif")
_REQUIRED = ("waktu", "kanal_atau_media", "judul")
_MOST_ROWS = 2000
_MOST_TOLD = 5
_LONGEST = 500


def read(key: int) -> list[dict[str, Any]]:
    """Return the rows of an attached file. Raises ValueError that names what is wrong in which line, counted as in the file."""
    with open_file(Attachment.objects.select_related("stored").get(pk=key).stored) as content:
        given = content.read()
    try:
        text = given.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("Simpan berkas sebagai CSV UTF-8.") from None
    return rows(text)


def rows(text: str) -> list[dict[str, Any]]:
    """Return the rows of such a text. Raises ValueError."""
    comma = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    lines = csv.DictReader(io.StringIO(text), delimiter=comma)
    missing = [name for name in _REQUIRED if name not in (lines.fieldnames or ())]
    if missing:
        raise ValueError(f"Kolom yang kurang: {', '.join(missing)}.")
    found, faults = [], list[str]()
    for number, line in enumerate(lines, 2):
        if number > _MOST_ROWS + 1:
            raise ValueError(f"Paling banyak {_MOST_ROWS} baris.")
        if wrong := list(_faults(line)):
            faults.append(f"Baris {number}: {'; '.join(wrong)}")
        else:
            found.append(_row(line))
    if faults:
        more = f" (dan {len(faults) - _MOST_TOLD} baris lain)" if len(faults) > _MOST_TOLD else ""
        raise ValueError(". ".join(faults[:_MOST_TOLD]) + more + ".")
    return found


def mark(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return what makes two readings the same: when, where, and of what."""
    return (row.get("waktu"), row.get("kanal_atau_media"), row.get("judul"))


def _faults(line: Mapping[str | None, Any]) -> Iterator[str]:
    if None in line:
        yield "terlalu banyak kolom"
        return
    yield from (f"{name} kosong" for name in _REQUIRED if not _cell(line, name))
    if (at := _cell(line, "waktu")) and _moment(at) is None:
        yield f"waktu ditulis 2026-10-31 08:00, bukan {at}"
    if (said := _cell(line, "sentimen").lower()) and said not in SENTIMENTS:
        yield f"sentimen salah satu dari {', '.join(SENTIMENTS)}"
    if (reach := _cell(line, "jangkauan")) and _number(reach) is None:
        yield f"jangkauan adalah bilangan, bukan {reach}"


def _row(line: Mapping[str | None, Any]) -> dict[str, Any]:
    return {
        "waktu": _moment(_cell(line, "waktu")),
        "kanal_atau_media": _cell(line, "kanal_atau_media"),
        "judul": _cell(line, "judul"),
        "sentimen": _cell(line, "sentimen").lower() or None,
        "jangkauan": _number(_cell(line, "jangkauan")),
        "catatan": _cell(line, "catatan"),
    }


def _cell(line: Mapping[str | None, Any], name: str) -> str:
    return str(line.get(name) or "").strip()[:_LONGEST]


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=OFFICE_ZONE)
    except ValueError:
        return None


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and number >= 0 else None
