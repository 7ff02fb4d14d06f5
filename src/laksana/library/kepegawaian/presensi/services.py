"""The door to attendance by machine: taking files in, correcting locked months, and what the recap reads."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from laksana.cases.models import Case
from laksana.files.services import open_file
from laksana.library.kepegawaian.presensi.models import Day, DayCorrection, Enrolment, Machine, Upload
from laksana.library.kepegawaian.presensi.reading import Mapping, Marks, Refused, SheetError, heading, read
from laksana.library.tables import Settings
from laksana.people.models import Person
from laksana.worktime.calendar import WorkCalendar, months_later

__all__ = ["Mapping", "SheetError"]
figure = Settings(__file__, "ketentuan-mesin.csv")
MOST_TOLD = 500
"""So many refused rows are told one by one; of more only their number."""
_BATCH = 500
Times = tuple[time | None, time | None]


@dataclass
class Report:
    """What came of a file."""

    read: int = 0
    days: int = 0
    """Days of employees that were written or changed."""
    same: int = 0
    """Days that stood there already."""
    refused: int = 0
    told: list[dict[str, Any]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    """Numbers at the machine that belong to nobody yet."""
    months: list[str] = field(default_factory=list)
    seconds: float = 0

    def refuse(self, row: Refused) -> None:
        """Count a refused row, and keep it as far as they are told one by one."""
        self.refused += 1
        if len(self.told) < MOST_TOLD:
            self.told.append(asdict(row))


def content_of(upload: Upload) -> bytes:
    """Return the file of an upload."""
    with open_file(upload.stored) as file:
        content: bytes = file.read()
    return content


def known_mapping(machine: Machine, content: bytes) -> Mapping | None:
    """Return how a machine's file is read, where it has the headings of the one before; else its columns are to be chosen anew.

    Raises SheetError.
    """
    if not machine.mapping:
        return None
    mapping = Mapping.model_validate(machine.mapping)
    heads, _rows = heading(content)
    return mapping if heads == machine.heads and mapping.layout != "bulan" else None


@transaction.atomic
def take(upload: Upload, mapping: Mapping, *, at: datetime) -> Report:
    """Take an upload in by a mapping, which the machine remembers; return what came of it.

    Rows of locked months, of unknown employees and those that cannot be read are refused one by one; the others are taken.
    A second time changes nothing. Raises SheetError; nothing is written then.
    """
    machine = Machine.objects.select_for_update().get(pk=upload.machine_id)
    content = content_of(upload)
    report = Report()
    marks = _by_day(read(content, mapping), _employees(machine, mapping), _Locks(), report)
    _write(marks, upload, report)
    heads, _rows = heading(content)
    machine.mapping, machine.heads = mapping.model_dump(mode="json"), heads
    machine.save()
    upload.taken_at, upload.report = at, asdict(report)
    upload.save()
    return report


class _Employees:
    def __init__(self, by_number: dict[str, int]) -> None:
        self.by_number = by_number

    def find(self, text: str) -> int | None:
        """Return the key of the employee whom a row names."""
        return self.by_number.get(text) or self.by_number.get(text.lstrip("0"))


def _employees(machine: Machine, mapping: Mapping) -> _Employees:
    if mapping.by == "nip":
        return _Employees(dict(Person.objects.values_list("nip", "pk")))
    numbers = machine.enrolments.values_list("number", "person_id")
    return _Employees({number.lstrip("0") or number: person for number, person in numbers})


class _Locks:
    """Which months are locked, each asked for once."""

    def __init__(self) -> None:
        self._known: dict[date, bool] = {}

    def holds(self, day: date) -> bool:
        """Return whether the month of a day is locked."""
        month = day.replace(day=1)
        if month not in self._known:
            self._known[month] = is_locked(month)
        return self._known[month]


def is_locked(month: date) -> bool:
    """Return whether a month has a recap that was signed and locked."""
    recaps = Case.objects.filter(
        procedure="kehadiran-manual", data__bulan=month.isoformat(), data__terkunci=True
    )
    return recaps.exclude(state=Case.State.CANCELLED).exists()


@dataclass
class _OfDay:
    times: list[time] = field(default_factory=list)
    came: time | None = None
    left: time | None = None


def _by_day(
    rows: Iterable[Marks | Refused], employees: _Employees, locks: _Locks, report: Report
) -> dict[tuple[int, date], _OfDay]:
    found: dict[tuple[int, date], _OfDay] = defaultdict(_OfDay)
    edge = time(figure.whole("batas_hari_jam"))
    unknown: dict[str, int] = {}
    lines: set[int] = set()
    for row in rows:
        lines.add(row.line)
        if isinstance(row, Refused):
            report.refuse(row)
            continue
        person = employees.find(row.employee)
        if person is None:
            unknown[row.employee] = unknown.get(row.employee, 0) + 1
            report.refuse(Refused(row.line, row.employee, "tidak ada pegawai dengan nomor ini"))
            continue
        day = row.day - timedelta(days=1) if row.times and max(row.times) < edge else row.day
        if locks.holds(day):
            why = f"bulan {day:%m-%Y} sudah terkunci; ubah dengan koreksi"
            report.refuse(Refused(row.line, row.employee, why))
            continue
        of_day = found[person, day]
        of_day.times += row.times
        of_day.came, of_day.left = row.came or of_day.came, row.left or of_day.left
    report.read, report.unknown = len(lines), sorted(unknown)[:MOST_TOLD]
    report.months = sorted({f"{day:%Y-%m}" for _person, day in found})
    return found


def _came_and_left(of_day: _OfDay, before: Times) -> Times:
    """Return when somebody came and left: the first and the last scan, with what earlier files said of the day."""
    came, left = of_day.came, of_day.left
    if of_day.times:
        edge = time(figure.whole("batas_hari_jam"))
        # After midnight is late, not early: the night's last scan comes after the day's first.
        ordered = sorted([*of_day.times, *(each for each in before if each)], key=lambda at: (at < edge, at))
        first, last = ordered[0], ordered[-1]
        if _minutes(first, last) >= figure("jeda_pindai_menit"):
            return first, last
        came, left = (
            (first, None) if first.hour < figure("batas_masuk_jam") and first >= edge else (None, last)
        )
        return came or before[0], left or before[1]
    return came or before[0], left or before[1]


def _minutes(first: time, last: time) -> int:
    apart = (last.hour - first.hour) * 60 + last.minute - first.minute
    return apart if apart >= 0 else apart + 1440


def _write(marks: dict[tuple[int, date], _OfDay], upload: Upload, report: Report) -> None:
    before = _standing(marks)
    rows = []
    for (person, day), of_day in marks.items():
        stood = before.get((person, day), (None, None))
        came, left = _came_and_left(of_day, stood)
        if (came, left) == stood:
            report.same += 1
        elif came is not None or left is not None:
            rows.append(Day(person_id=person, day=day, came=came, left=left, upload=upload))
    report.days = len(rows)
    Day.objects.bulk_create(
        rows,
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["person", "day"],
        update_fields=["came", "left", "upload"],
    )


def _standing(marks: dict[tuple[int, date], _OfDay]) -> dict[tuple[int, date], Times]:
    if not marks:
        return {}
    days = [day for _person, day in marks]
    found = Day.objects.filter(day__range=(min(days), max(days)))
    return {
        (p, day): (came, left) for p, day, came, left in found.values_list("person", "day", "came", "left")
    }


@transaction.atomic
def enrol(machine: Machine, number: str, person: Person) -> None:
    """Say under which number an employee is known to a machine. Raises ValidationError for an empty number."""
    number = number.strip()
    if not number:
        raise ValidationError({"number": _("Fill this in.")})
    Enrolment.objects.update_or_create(machine=machine, number=number, defaults={"person": person})


@transaction.atomic
def correct_day(
    person: Person,
    day: date,
    times: Times,
    *,
    reason: str,
    document: str,
    at: datetime,
    by: Person,
) -> DayCorrection:
    """Change a day of a locked month, and keep what stood there, why and who.

    Raises ValidationError for the corrector's own day, an open month, a day without reason, document or mark.
    """
    list(Person.objects.select_for_update(no_key=True).filter(pk=person.pk).values_list("pk"))
    faults: dict[str, str] = {}
    if by == person:
        faults["person"] = _("Somebody else corrects your own attendance.")
    if not is_locked(day.replace(day=1)):
        faults["day"] = _("This month is still open: take a file of the machine in again.")
    if not reason.strip():
        faults["reason"] = _("Fill this in.")
    if not document.strip():
        faults["document"] = _("Fill this in.")
    if times == (None, None):
        faults["came"] = _("Say when he came or left.")
    stood = Day.objects.filter(person=person, day=day).first()
    upload = stood.upload if stood else Upload.objects.order_by("-at").first()
    if upload is None:
        faults["day"] = _("No file of a machine has been taken in yet.")
    if faults or upload is None:
        raise ValidationError(faults)
    kept = DayCorrection.objects.create(
        person=person, day=day, came_before=stood.came if stood else None, left_before=stood.left if stood else None,
        came=times[0], left=times[1], reason=reason.strip(), document=document.strip(), by=by, at=at,
    )  # fmt: skip
    Day.objects.update_or_create(
        person=person, day=day, defaults={"came": times[0], "left": times[1], "upload": upload}
    )
    return kept


def rows_of_month(month: date, calendar: WorkCalendar) -> Iterator[dict[str, Any]]:
    """Yield what the machines say of a month's working days, as the recap's entries of the source `elektronik`."""
    until = months_later(month, 1) - timedelta(days=1)
    days: Sequence[Day] = list(Day.objects.filter(day__range=(month, until)))
    for row in days:
        if calendar.is_workday(row.day):
            yield {
                "sumber": "elektronik",
                "pegawai": row.person_id,
                "tanggal": row.day,
                "kode": "H",
                "jam_masuk": row.came,
                "jam_pulang": row.left,
            }
