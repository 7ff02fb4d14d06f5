"""An employee's book of annual leave: for each year what he has a right to, and every change of it with what made it.

Requests reserve their days from the moment they are sent; a refusal, a withdrawal, a cancellation, a deferral gives them back,
a recall those that were not taken. Everything is read from the cases and the employee file: nothing is kept a second time.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

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


def used_days(person: Person, year: int, calendar: WorkCalendar, *, recorded_here: bool = True) -> int | None:
    """Return the working days of annual leave that a year has used, by the file and the cases; None where nothing is recorded.

    Without `recorded_here` only what lies before the cases: rows of the file that no case proves.
    """
    rows = [row for row in _rows(person) if row.data["jenis_cuti"] == "tahunan" and row.case_id is None]
    before = sum(_workdays(row, year, calendar) for row in rows)
    if not recorded_here:
        return before
    leaves = ledger.leave_of(person.pk, person.nip)
    if not any(row.since.year <= year for row in _rows(person)) and not any(
        leave.first.year <= year for leave in leaves
    ):
        return None
    return before + ledger.recorded(year, leaves, calendar)


def _workdays(row: FileRow, year: int, calendar: WorkCalendar) -> int:
    """Return the days of a row that fall in a year: as it says where it lies in one year, else its working days there."""
    last = row.until or row.since
    if row.since.year == last.year:
        return int(row.data["lama"]) if row.since.year == year else 0
    return ledger.workdays_of_year(row.since, last, year, calendar)


def _rows(person: Person) -> list[FileRow]:
    return list(standing("cuti").filter(person=person).select_related("case").order_by("since", "pk"))


def book_of(person: Person, at: datetime, calendar: WorkCalendar) -> list[Year]:
    """Return the years of an employee's book, the latest first: those with anything recorded or asked for, and this one."""
    today = local_day(at)
    changes = [*_from_file(person, calendar), *_from_cases(person, calendar)]
    years = (
        {change.day.year for change, _year in changes} | {year for _change, year in changes} | {today.year}
    )
    return [
        _year(person, year, [change for change, of in changes if of == year], calendar)
        for year in sorted(years, reverse=True)
    ]


def _year(person: Person, year: int, changes: list[_Change], calendar: WorkCalendar) -> Year:
    found = Year(year)
    right = _right(person, year, calendar)
    opening = date(year, 1, 1)
    found.right = sum(line.days or 0 for line in right)
    balance = 0
    for change in [*right, *sorted(changes, key=lambda each: (max(each.day, opening), each.day))]:
        balance += change.days or 0
        found.lines.append(Line(change.day, change.what, change.days, balance, change.source, change.number))
    found.taken = -sum(change.days or 0 for change in changes if change.kind == "taken")
    found.reserved = -sum(change.days or 0 for change in changes if change.kind == "reserved")
    return found


def _right(person: Person, year: int, calendar: WorkCalendar) -> list[_Change]:
    """Return the right of a year: its own days, and what the years before left (rule cuti.bawaan)."""
    opening, own = date(year, 1, 1), whole("cuti_hari_setahun")
    begun = _begun(person)
    entitled_from = months_later(begun, whole("cuti_masa_kerja_bulan")) if begun else opening
    if entitled_from.year > year:
        return [
            _Change(
                opening, f"Belum berhak: masa kerja setahun baru tercapai {entitled_from:%d-%m-%Y}", 0, _LAW
            )
        ]
    used = [used_days(person, year - back, calendar) for back in (1, 2)]
    since = [entitled_from.year <= year - back for back in (1, 2)]
    # A year that nobody recorded, or in which there was no right yet, leaves nothing.
    one, two = (
        days if days is not None and entitled else own for days, entitled in zip(used, since, strict=True)
    )
    deferred, worked = deferred_days(person, year - 1, calendar), _worked_on_leave_days(person, year)
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


def deferred_days(person: Person, year: int, calendar: WorkCalendar) -> int:
    """Return the working days of annual leave of a year that were deferred to the next one."""
    cases = ledger.cases_of(person.pk, person.nip).filter(
        data__keputusan="ditangguhkan", data__jenis_cuti="tahunan"
    )
    spans = [
        (date.fromisoformat(case.data["mulai"]), date.fromisoformat(case.data["selesai"])) for case in cases
    ]
    return sum(ledger.workdays_of_year(first, last, year, calendar) for first, last in spans)


def _worked_on_leave_days(person: Person, year: int) -> int:
    """Return the days of cuti bersama on which the person was on duty, as his requests of the year say."""
    cases = ledger.cases_of(person.pk, person.nip).filter(data__mulai__startswith=f"{year}-")
    return max((int(case.data.get("tambahan_cuti_bersama") or 0) for case in cases), default=0)


_LAW = "Peraturan BKN 24/2017 III.A"


def _begun(person: Person) -> date | None:
    try:
        nip = Nip.parse(person.nip)
    except NipError:
        return None
    if nip.appointed_month is not None:
        return date(nip.appointed_year, nip.appointed_month, 1)
    contract = standing("kontrak").filter(person=person).order_by("since").first()
    return contract.since if contract else None


def _from_file(person: Person, calendar: WorkCalendar) -> Iterator[tuple[_Change, int]]:
    """Yield the leave of the file that no case proves."""
    for row in _rows(person):
        if row.case_id is not None:
            continue
        last = row.until or row.since
        counts = row.data["jenis_cuti"] == "tahunan"
        what = f"Cuti {_words(row.data['jenis_cuti'])} {row.since:%d-%m-%Y} s.d. {last:%d-%m-%Y}"
        for year in range(row.since.year, last.year + 1):
            days = -_workdays(row, year, calendar) if counts else None
            yield _Change(row.since, what, days, row.document), year


def _from_cases(person: Person, calendar: WorkCalendar) -> Iterator[tuple[_Change, int]]:
    """Yield what each request reserved, took and gave back."""
    held = {leave.case: leave for leave in ledger.leave_of(person.pk, person.nip)}
    for case in ledger.cases_of(person.pk, person.nip).order_by("pk"):
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
            days = ledger.workdays_of_year(first, last, year, calendar)
            kind = "taken" if granted or leave is None else "reserved"
            label = f"{what} ({_standing(case, leave)})"
            yield _Change(asked, label, -days, case.number, case.number, kind), year
            kept = leave.workdays(year, calendar) if leave is not None else 0
            if kept < days:
                yield (
                    _Change(
                        _given_back(case, leave),
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


def _given_back(case: Case, leave: ledger.Leave | None) -> date:
    """Return the day on which days came back."""
    if leave is not None:
        return leave.last + DAY
    closing = WorkItem.objects.filter(case=case, step__in=ledger.CLOSING).order_by("opened_at").first()
    if closing is not None:
        return local_day(closing.opened_at)
    return local_day(case.ended_at or case.opened_at)
