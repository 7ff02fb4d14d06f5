"""Exemptions decided before Laksana: brought into the list from a CSV or XLSX file, all of it or nothing, and read from there.

The same rules hold for them as for a decision made here: which letters may be exempt for how long, and when that ends.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, get_args
from zipfile import BadZipFile

import openpyxl
from django.db import transaction
from django.utils.translation import gettext as _
from openpyxl.utils.exceptions import InvalidFileException

from laksana.library.informasi import kept
from laksana.library.informasi.informasi_dikecualikan.entries import entries
from laksana.library.informasi.informasi_dikecualikan.rules import LETTERS, Kind, Unit, period_allowed
from laksana.library.informasi.models import EarlierExemption
from laksana.people.models import Person
from laksana.worktime.calendar import WorkCalendar
from laksana.worktime.services import calendar
from laksana.worktime.zone import local_day

COLUMNS = (
    "keputusan", "tanggal", "informasi", "uraian_umum", "perangkat_daerah", "huruf", "uu_dan_pasal", "jenis_jangka", "lama",
    "satuan", "peristiwa_akhir", "diumumkan",
)  # fmt: skip
_REQUIRED = ("keputusan", "tanggal", "informasi", "uraian_umum", "perangkat_daerah", "huruf", "jenis_jangka")
_LONGEST = {
    "keputusan": 100,
    "perangkat_daerah": 200,
    "uraian_umum": 1000,
    "uu_dan_pasal": 300,
    "peristiwa_akhir": 150,
}
MOST_ROWS = 2000
MOST_BYTES = 5 << 20


@dataclass(frozen=True)
class Refused:
    """A line that cannot be taken, counted as in the file, and why."""

    line: int
    decision: str
    reason: str


@dataclass(frozen=True)
class Report:
    """What became of a file: nothing was written where a line was refused."""

    read: int
    written: int
    known: int
    refused: tuple[Refused, ...]


class NoTableError(ValueError):
    """The file is no table of this kind at all."""


def bring_in(name: str, content: bytes, person: Person, at: datetime) -> Report:
    """Bring a file into the list; what is there already is passed by. Raises NoTableError."""
    work, today = calendar(), local_day(at)
    known = set(EarlierExemption.objects.values_list("decision", "information"))
    made, refused, read, passed = list[EarlierExemption](), list[Refused](), 0, 0
    for number, cells in _rows(name, content):
        read += 1
        if faults := list(_faults(cells, today)):
            refused.append(Refused(number, cells["keputusan"], "; ".join(faults)))
            continue
        row = _entry(cells, work, today)
        if (row.decision, row.information) in known:
            passed += 1
            continue
        known.add((row.decision, row.information))
        row.brought_by, row.brought_at = person, at
        made.append(row)
    if refused:
        return Report(read, 0, passed, tuple(refused))
    with transaction.atomic():
        EarlierExemption.objects.bulk_create(made)
    kept.forget()
    return Report(read, len(made), passed, ())


def _rows(name: str, content: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the lines of a table with their numbers; empty ones are passed by. Raises NoTableError."""
    lines = enumerate(_xlsx(content) if name.lower().endswith(".xlsx") else _csv(content), 1)
    heads = next(([_text(cell).lower() for cell in line] for _number, line in lines), [])
    if missing := [each for each in _REQUIRED if each not in heads]:
        raise NoTableError(_("Missing columns: %(names)s.") % {"names": ", ".join(missing)})
    for number, line in lines:
        if number > MOST_ROWS + 1:
            raise NoTableError(_("At most %(n)s lines.") % {"n": MOST_ROWS})
        cells = dict(zip(heads, (_text(cell) for cell in line), strict=False))
        if any(cells.values()):
            yield number, {column: cells.get(column, "") for column in COLUMNS}


def _xlsx(content: bytes) -> Iterator[Sequence[Any]]:
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        yield from book.worksheets[0].iter_rows(values_only=True)
    except (BadZipFile, InvalidFileException, KeyError, IndexError, ValueError) as error:
        raise NoTableError(_("This is no whole XLSX file.")) from error


def _csv(content: bytes) -> Iterator[Sequence[Any]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NoTableError(_("Save the file as CSV in UTF-8, or as XLSX.")) from None
    first = text.partition("\n")[0]
    yield from csv.reader(
        io.StringIO(text, newline=""), delimiter=";" if first.count(";") > first.count(",") else ","
    )


def _text(cell: Any) -> str:
    """Return a cell as it is written in a CSV: a date without its hour, a number without a point that is none."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else " ".join(str(cell).split())


def _faults(cells: Mapping[str, str], today: date) -> Iterator[str]:
    """Yield what is wrong with a line."""
    yield from (_("%(name)s is empty") % {"name": name} for name in _REQUIRED if not cells[name])
    yield from (
        _("%(name)s is longer than %(most)s characters") % {"name": name, "most": most}
        for name, most in _LONGEST.items()
        if len(cells[name]) > most
    )
    day = _day(cells["tanggal"])
    if cells["tanggal"] and (day is None or day > today):
        yield _("“tanggal” is a day that has been, written 2024-10-31, not %(what)s") % {
            "what": cells["tanggal"]
        }
    if unknown := [each for each in _letters(cells) if LETTERS.get(each) is None]:
        yield _("huruf names letters of article 17, not %(what)s") % {"what": ", ".join(unknown)}
    if cells["diumumkan"].lower() not in ("", "ya", "tidak"):
        yield _("diumumkan is ya or tidak, not %(what)s") % {"what": cells["diumumkan"]}
    if cells["jenis_jangka"]:
        yield from _period_faults(cells)


def _period_faults(cells: Mapping[str, str]) -> Iterator[str]:
    kind, long, unit = cells["jenis_jangka"], cells["lama"], cells["satuan"]
    if kind not in get_args(Kind):
        yield _("jenis_jangka is one of %(names)s") % {"names": ", ".join(get_args(Kind))}
        return
    fixed = kind == "jangka_pasti"
    if fixed and not (long.isdecimal() and 0 < int(long) < 1000 and unit in get_args(Unit)):
        yield _("jangka_pasti needs lama as a number, and satuan bulan or tahun")
        return
    if kind == "sampai_peristiwa" and not cells["peristiwa_akhir"]:
        yield _("sampai_peristiwa needs peristiwa_akhir")
    letters = [each for each in _letters(cells) if LETTERS.get(each) is not None]
    if not letters:
        return
    allowed = period_allowed(letters, kind, int(long), unit) if fixed else period_allowed(letters, kind)  # type: ignore[arg-type]
    if allowed == "tidak_permanen":
        yield _("these letters cannot be exempt without an end (article 20)")
    if allowed == "terlalu_lama":
        yield _("these letters cannot be exempt for that long")


def _entry(cells: Mapping[str, str], work: WorkCalendar, today: date) -> EarlierExemption:
    """Return a line as an entry of the list, by the rules for a decision made here."""
    letters, decided = _letters(cells), date.fromisoformat(cells["tanggal"])
    values = {
        "tanggal_keputusan": decided,
        "hasil_uji": "dikecualikan_seluruhnya",
        "uraian_informasi": cells["informasi"],
        "huruf_final": letters,
        "uu_final": cells["uu_dan_pasal"] or None,
        "jenis_jangka": cells["jenis_jangka"],
        "jangka_angka": cells["lama"],
        "jangka_satuan": cells["satuan"],
        "peristiwa_akhir": cells["peristiwa_akhir"],
    }
    (made,) = entries(values, today, work)
    return EarlierExemption(
        decision=cells["keputusan"],
        decided=decided,
        information=cells["informasi"],
        summary=cells["uraian_umum"],
        unit=cells["perangkat_daerah"],
        letters=letters,
        basis=made["dasar"],
        period=made["jangka"],
        ends=made["berakhir"],
        announced=cells["diumumkan"].lower() != "tidak",
    )


def _letters(cells: Mapping[str, str]) -> list[str]:
    given: Iterable[str] = cells["huruf"].lower().replace(";", ",").replace(" ", ",").split(",")
    return sorted({each.strip() for each in given if each.strip()})


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
