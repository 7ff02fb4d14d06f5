"""How the employee file is shown and asked for: names of its parts and columns, values in words, fields of a row's form."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from laksana.library.kepegawaian.ranks import GRADES, RATINGS
from laksana.library.kepegawaian.riwayat.kinds import CONTENTS
from laksana.library.kepegawaian.riwayat.models import FileRow
from laksana.library.kepegawaian.riwayat.rights import history_of
from laksana.library.kepegawaian.riwayat.services import SUCCESSIVE, current
from laksana.library.rupiah import rupiah
from laksana.sop.definition import FieldSpec

_MONEY = ("gaji_pokok", "perkiraan_pensiun")
LEAVES = ("tahunan", "besar", "sakit", "melahirkan", "alasan_penting", "cltn")


def column_name(column: str) -> str:
    """Return what a column is called."""
    return {
        "golongan": _("Grade"), "mkg_tahun": _("Service in grade (years)"), "mkg_bulan": _("Service in grade (months)"),
        "gaji_pokok": _("Basic pay"), "jabatan": _("Position"), "unit_kerja": _("Unit"), "jenjang": _("Level"),
        "sekolah": _("School"), "jurusan": _("Subject"), "hubungan": _("Relation"), "nama": _("Name"),
        "tanggal_lahir": _("Born"), "tertanggung": _("Allowance is paid"), "tingkat": _("Severity"),
        "jenis_hukuman": _("Penalty"), "jenis_cuti": _("Kind of leave"), "lama": _("Length"),
        "hari_kerja": _("Working days"), "hadir": _("Present"), "tanpa_keterangan": _("Absent without reason"),
        "dinas_luar": _("On duty elsewhere"), "cuti": _("On leave"), "sakit": _("Ill"), "izin": _("Excused"),
        "tugas_belajar": _("Studying"), "terlambat_menit": _("Late (minutes)"), "pulang_awal_menit": _("Left early (minutes)"),
        "penghargaan": _("Award"), "tahun": _("Year"), "predikat": _("Rating"), "golongan_pppk": _("Grade of PPPK"),
        "jenis_kartu": _("Kind of card"), "nomor": _("Number"), "jenis_pensiun": _("Kind of retirement"),
        "perkiraan_pensiun": _("Estimated pension"),
    }[column]  # fmt: skip


def value_in_words(column: str, value: Any) -> str:  # noqa: PLR0911  (one return for each kind of value)
    """Return a value of a row as one reads it."""
    if value in (None, ""):
        return ""
    if column in _MONEY:
        return rupiah(Decimal(str(value)))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if column == "tanggal_lahir":
        return date_format(date.fromisoformat(str(value)), "j F Y")
    if column in ("jenis_cuti", "hubungan", "jenis_kartu", "jenis_pensiun"):
        return str(value).replace("_", " ").capitalize()
    if column == "golongan" and (grade := GRADES.get(str(value))):
        return f"{grade.pangkat} ({grade.golongan})"
    return str(value)


@dataclass(frozen=True)
class RowShown:
    """A row of the file with its values in words, and what it stands in place of."""

    row: FileRow
    cells: list[tuple[str, str]]
    now: bool
    until: date | None
    """The last day: its own, or the one before a later row of a kind of which one holds at a time."""
    history: list["RowShown"]


@dataclass(frozen=True)
class Part:
    """A part of the file."""

    kind: str
    title: str
    rows: list[RowShown]


def part_title(kind: str) -> str:
    """Return what a part of the file is called."""
    return str(FileRow.Kind(kind).label).capitalize()


def parts_of(rows: Mapping[str, list[FileRow]], kinds: tuple[str, ...], today: date) -> Iterator[Part]:
    """Yield the parts of a file, of each its rows with the latest first, marked where they hold today."""
    for kind in kinds:
        found = rows.get(kind, [])
        open_now = [row for row in found if row.since <= today and (row.until is None or row.until >= today)]
        now = {row.pk for row in current(kind, open_now)}
        later: FileRow | None = None
        told: list[RowShown] = []
        for row in found:
            ends = later.since - timedelta(days=1) if later is not None and kind in SUCCESSIVE else None
            history = [RowShown(each, _cells(each), False, each.until, []) for each in history_of(row)]
            told.append(RowShown(row, _cells(row), row.pk in now, row.until or ends, history))
            later = row
        yield Part(kind, part_title(kind), told)


def _cells(row: FileRow) -> list[tuple[str, str]]:
    """Return the columns that say something: a count of nothing that the kind need not hold says nothing."""
    fields = CONTENTS[row.kind].model_fields
    return [
        (column_name(column), words)
        for column, field in fields.items()
        if (value := row.data.get(column)) != 0 or field.is_required()
        if (words := value_in_words(column, value))
    ]


def fields_of(kind: str, *, correction: bool) -> dict[str, FieldSpec]:
    """Return the fields of the form for a row of a part: its days, its content, what proves it, and why it is corrected."""
    fields = {
        "since": _spec("date", _("Since"), required=True),
        "until": _spec("date", _("Until"), help=_("Empty while it holds.")),
        **{name: _content_field(kind, name) for name in CONTENTS[kind].model_fields},
        "document": _spec(
            "text",
            _("Document that proves it"),
            required=True,
            max_length=200,
            help=_("Kind, number and date."),
        ),
    }
    if correction:
        reason = _("Reason of the correction")
        fields["reason"] = _spec("text", reason, required=True, max_length=300)
    return fields


_NUMBERS = (
    "mkg_tahun", "mkg_bulan", "lama", "hari_kerja", "hadir", "tanpa_keterangan", "dinas_luar", "cuti", "sakit", "izin",
    "tugas_belajar", "terlambat_menit", "pulang_awal_menit", "tahun",
)  # fmt: skip


def _content_field(kind: str, name: str) -> FieldSpec:  # noqa: PLR0911  (one return for each kind of control)
    label, required = column_name(name), CONTENTS[kind].model_fields[name].is_required()
    if name == "golongan" and kind == "pangkat":
        grades = {row.golongan: f"{row.golongan} {row.pangkat}" for row in GRADES.rows()}
        return _spec("choice", label, choices=grades, required=True)
    if name == "predikat":
        return _spec(
            "choice", label, choices={row.predikat: row.predikat for row in RATINGS.rows()}, required=True
        )
    if name == "jenis_cuti":
        kinds = {leave: value_in_words(name, leave) for leave in LEAVES}
        return _spec("choice", label, choices=kinds, required=True)
    if name == "tertanggung":
        return _spec("bool", label, required=True)
    if name == "tanggal_lahir":
        return _spec("date", label, required=True)
    if name in _MONEY:
        return _spec("money", label, required=required)
    if name in _NUMBERS:
        return _spec("number", label, required=required, min=0)
    return _spec("text", label, required=required, max_length=200)


def _spec(kind: str, label: str, **more: Any) -> FieldSpec:
    return FieldSpec.model_validate({"type": kind, "label": label, **more})
