"""An employee's book of annual leave: for each year what he has a right to, and every change of it with what made it.

Requests reserve their days from the moment they are sent; a refusal, a withdrawal, a cancellation, a deferral gives them back,
a recall those that were not taken. Everything is read from the cases and the employee file: nothing is kept a second time.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from laksana.cases.engine.values import OUTCOMES
from laksana.cases.models import Case, WorkItem
from laksana.library.kepegawaian.cuti import ledger
from laksana.library.kepegawaian.cuti.rules import DAY, entitlement
from laksana.library.kepegawaian.figures import whole
from laksana.library.kepegawaian.riwayat.models import FileRow
from laksana.library.kepegawaian.riwayat.services import standing
from laksana.people.models import Person
from laksana.sop.nip import Nip, NipError
from laksana.worktime.calendar import WorkCalendar, months_later
from laksana.worktime.zone import local_day


@dataclass(frozen=True)
class Line:
    """One change of a year's annual leave, in working days; `change` is None for what does not count on it (sick leave ...)."""

    day: date
    what: str
    change: int | None
    balance: int
    source: str
    number: str = ""
    """The case, where it is one's."""


@dataclass
class Year:
    """A year of the book."""

    year: int
    right: int = 0
    taken: int = 0
    reserved: int = 0
    lines: list[Line] = field(default_factory=list)

    @property
    def left(self) -> int:
        """Return the working days that can still be asked for."""
        return self.right - self.taken - self.reserved


@dataclass(frozen=True)
class _Change:
    day: date
    what: str
    days: int | None
    source: str
    number: str = ""
    kind: str = "taken"


@dataclass(frozen=True)
class Records:
    """Everything that is recorded of an employee's leave, read once: the rows of his file and his requests."""

    person: Person
    calendar: WorkCalendar
    rows: list[FileRow]
    cases: list[Case]

    @classmethod
    def of(cls, person: Person, calendar: WorkCalendar) -> "Records":
        """Read the records of an employee."""
        rows = standing("cuti").filter(person=person).select_related("case").order_by("since", "pk")
        cases = ledger.cases_of(person.pk, person.nip).order_by("pk")
        return cls(person, calendar, list(rows), list(cases))

    @cached_property
    def leaves(self) -> list[ledger.Leave]:
        """Return the leave that his requests hold."""
        return ledger.leave_among(self.cases)

    @cached_property
    def closed_on(self) -> dict[int, date]:
        """Return when requests without a letter were refused, deferred or withdrawn."""
        items = WorkItem.objects.filter(case__in=self.cases, step__in=ledger.CLOSING).order_by("-opened_at")
        return {case: local_day(at) for case, at in items.values_list("case_id", "opened_at")}

    @cached_property
    def begun(self) -> date | None:
        """Return the first of the month in which his service began; None where nothing tells."""
        try:
            nip = Nip.parse(self.person.nip)
        except NipError:
            return None
        if nip.appointed_month is not None:
            return date(nip.appointed_year, nip.appointed_month, 1)
        contract = standing("kontrak").filter(person=self.person).order_by("since").first()
        return contract.since if contract else None

    def used(self, year: int, *, recorded_here: bool = True) -> int | None:
        """Return the working days of annual leave that a year has used, by file and cases; None where nothing is recorded.

        Without `recorded_here` only what lies before the cases: rows of the file that no case proves.
        """
        rows = [row for row in self.rows if row.data["jenis_cuti"] == "tahunan" and row.case_id is None]
        before = sum(_workdays(row, year, self.calendar) for row in rows)
        if not recorded_here:
            return before
        if not any(row.since.year <= year for row in self.rows) and not any(
            leave.first.year <= year for leave in self.leaves
        ):
            return None
        return before + ledger.recorded(year, self.leaves, self.calendar)

    def deferred(self, year: int) -> int:
        """Return the working days of annual leave of a year that were deferred to the next one."""
        spans = [
            (date.fromisoformat(case.data["mulai"]), date.fromisoformat(case.data["selesai"]))
            for case in self.cases
            if case.data.get("keputusan") == "ditangguhkan" and case.data["jenis_cuti"] == "tahunan"
        ]
        return sum(ledger.workdays_of_year(first, last, year, self.calendar) for first, last in spans)

    def worked_on_leave_days(self, year: int) -> int:
        """Return the days of cuti bersama on which he was on duty, as his requests of the year say."""
        of_year = (case.data for case in self.cases if case.data["mulai"].startswith(f"{year}-"))
        return max((int(data.get("tambahan_cuti_bersama") or 0) for data in of_year), default=0)


def _workdays(row: FileRow, year: int, calendar: WorkCalendar) -> int:
    """Return the days of a row that fall in a year: as it says where it lies in one year, else its working days there."""
    last = row.until or row.since
    if row.since.year == last.year:
        return int(row.data["lama"]) if row.since.year == year else 0
    return ledger.workdays_of_year(row.since, last, year, calendar)


def book_of(person: Person, at: datetime, calendar: WorkCalendar) -> list[Year]:
    """Return the years of an employee's book, the latest first: those with anything recorded or asked for, and this one.

    It is read in four or five queries, however many years and requests there are.
    """
    today, records = local_day(at), Records.of(person, calendar)
    changes = [*_from_file(records), *_from_cases(records)]
    years = (
        {change.day.year for change, _year in changes} | {year for _change, year in changes} | {today.year}
    )
    return [
        _year(records, year, [change for change, of in changes if of == year])
        for year in sorted(years, reverse=True)
    ]


def _year(records: Records, year: int, changes: list[_Change]) -> Year:
    found = Year(year)
    right = _right(records, year)
    opening = date(year, 1, 1)
    found.right = sum(line.days or 0 for line in right)
    balance = 0
    for change in [*right, *sorted(changes, key=lambda each: (max(each.day, opening), each.day))]:
        balance += change.days or 0
        found.lines.append(Line(change.day, change.what, change.days, balance, change.source, change.number))
    found.taken = -sum(change.days or 0 for change in changes if change.kind == "taken")
    found.reserved = -sum(change.days or 0 for change in changes if change.kind == "reserved")
    return found


def _right(records: Records, year: int) -> list[_Change]:
    """Return the right of a year: its own days, and what the years before left (rule cuti.bawaan)."""
    opening, own = date(year, 1, 1), whole("cuti_hari_setahun")
    begun = records.begun
    entitled_from = months_later(begun, whole("cuti_masa_kerja_bulan")) if begun else opening
    if entitled_from.year > year:
        return [
            _Change(
                opening, f"Belum berhak: masa kerja setahun baru tercapai {entitled_from:%d-%m-%Y}", 0, _LAW
            )
        ]
    used = [records.used(year - back) for back in (1, 2)]
    since = [entitled_from.year <= year - back for back in (1, 2)]
    # A year that nobody recorded, or in which there was no right yet, leaves nothing.
    one, two = (
        days if days is not None and entitled else own for days, entitled in zip(used, since, strict=True)
    )
    deferred, worked = records.deferred(year - 1), records.worked_on_leave_days(year)
    total = entitlement(one, two, deferred, worked)
    lines = [_Change(max(opening, entitled_from), f"Hak cuti tahunan {year}", own, _LAW)]
    if worked:
        lines.append(
            _Change(opening, "Tambahan karena bertugas pada cuti bersama", worked, "permintaan cuti")
        )
    if total - worked > own:
        carried = f"Bawaan dari {year - 1}" + (
            f", {deferred} hari di antaranya ditangguhkan" if deferred else ""
        )
        lines.append(_Change(opening, carried, total - worked - own, _LAW))
    elif used[0] is None and since[0]:
        lines.append(
            _Change(
                opening,
                f"Tanpa bawaan: pemakaian {year - 1} tidak tercatat di berkas",
                0,
                "berkas kepegawaian",
            )
        )
    return lines


_LAW = "Peraturan BKN 24/2017 III.A"


def _from_file(records: Records) -> Iterator[tuple[_Change, int]]:
    """Yield the leave of the file that no case proves."""
    for row in records.rows:
        if row.case_id is not None:
            continue
        last = row.until or row.since
        counts = row.data["jenis_cuti"] == "tahunan"
        what = f"Cuti {_words(row.data['jenis_cuti'])} {row.since:%d-%m-%Y} s.d. {last:%d-%m-%Y}"
        for year in range(row.since.year, last.year + 1):
            days = -_workdays(row, year, records.calendar) if counts else None
            yield _Change(row.since, what, days, row.document), year


def _from_cases(records: Records) -> Iterator[tuple[_Change, int]]:
    """Yield what each request reserved, took and gave back."""
    held = {leave.case: leave for leave in records.leaves}
    for case in records.cases:
        data = case.data
        first, last = date.fromisoformat(data["mulai"]), date.fromisoformat(data["selesai"])
        what = f"Cuti {_words(data['jenis_cuti'])} {first:%d-%m-%Y} s.d. {last:%d-%m-%Y}"
        asked = local_day(case.opened_at)
        if data["jenis_cuti"] != "tahunan":
            yield (
                _Change(
                    asked, f"{what} ({_standing(case, held.get(case.pk))})", None, case.number, case.number
                ),
                first.year,
            )
            continue
        leave = held.get(case.pk)
        granted = bool(data.get("nomor_surat"))
        for year in range(first.year, last.year + 1):
            days = ledger.workdays_of_year(first, last, year, records.calendar)
            kind = "taken" if granted or leave is None else "reserved"
            label = f"{what} ({_standing(case, leave)})"
            yield _Change(asked, label, -days, case.number, case.number, kind), year
            kept = leave.workdays(year, records.calendar) if leave is not None else 0
            if kept < days:
                yield (
                    _Change(
                        _given_back(case, leave, records),
                        _why(case, leave),
                        days - kept,
                        case.number,
                        case.number,
                        kind,
                    ),
                    year,
                )


def _words(kind: str) -> str:
    return "di luar tanggungan negara" if kind == "cltn" else kind.replace("_", " ")


def _standing(case: Case, leave: ledger.Leave | None) -> str:
    if leave is None:
        return "tidak dijalankan"
    if case.data.get("nomor_surat"):
        return f"surat {case.data['nomor_surat']}"
    return "disetujui, menunggu surat" if leave.granted else "dipesan, menunggu keputusan"


def _why(case: Case, leave: ledger.Leave | None) -> str:
    """Return in words why days came back."""
    if leave is not None:
        return "Dikembalikan: cuti berakhir lebih awal"
    if case.state == Case.State.CANCELLED:
        return "Dikembalikan: permintaan dibatalkan"
    data = case.data
    if data.get("keputusan") == "ditangguhkan":
        return "Dikembalikan: cuti ditangguhkan"
    refused = (
        data.get("keputusan") == "tidak_disetujui"
        or data.get(OUTCOMES, {}).get("periksa-hak") == "Tidak berhak"
    )
    return "Dikembalikan: permintaan tidak disetujui" if refused else "Dikembalikan: permintaan ditarik"


def _given_back(case: Case, leave: ledger.Leave | None, records: Records) -> date:
    """Return the day on which days came back."""
    if leave is not None:
        return leave.last + DAY
    return records.closed_on.get(case.pk) or local_day(case.ended_at or case.opened_at)
